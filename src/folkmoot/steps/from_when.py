"""From which day a new edition of the policy may hold: the same rule in the browser and on the command line."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext

from folkmoot.editions.current import today
from folkmoot.editions.models import PolicyEdition
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation

FURTHEST = 366  # days: what is announced for later than that is a slip of the pen


def first_day(org: Organisation, *, at: datetime) -> date:
    """Return the earliest day from which something new can hold: tomorrow, or today where nothing is in force yet."""
    now = today(org, at=at)
    return now + timedelta(days=1) if _held(org, until=now).exists() else now


def may_keep(org: Organisation, own: date | None, *, at: datetime) -> bool:
    """Say whether rules may hold from the date that their pack bears: `own`, where it bears one."""
    return own is not None and (own >= first_day(org, at=at) or may_be_past(org, at=at))


def may_be_past(org: Organisation, *, at: datetime) -> bool:
    """Say whether rules may date themselves back: only while what has held so far is a summary of them, or nothing.

    Members have lived by the real text already. Once it is here, nobody writes new rules for posts of the past (D1).
    """
    return not _held(org, until=today(org, at=at)).filter(paraphrase=False).exists()


def require_day(org: Organisation, day: date, *, own: date | None, at: datetime) -> None:
    """Raise `BadInput` (field "day") when nothing new can hold from `day`; the pack's `own` date by `may_keep`."""
    if day == own and may_keep(org, own, at=at):
        return
    first = first_day(org, at=at)
    if day < first:
        # D1: a post is judged by the rules of its day, so those of a day that has begun stay as they are.
        raise BadInput(
            gettext("Rules begin to hold tomorrow at the earliest: a post is judged by those of its day."), field="day"
        )
    if day > first + timedelta(days=FURTHEST):
        raise BadInput(gettext("This is more than a year away. Please choose a nearer day."), field="day")


def _held(org: Organisation, *, until: date) -> QuerySet[PolicyEdition]:
    """Return the organisation's own editions that held or hold by then."""
    return PolicyEdition.objects.within(org).filter(is_parent=False, in_force_from__lte=until)
