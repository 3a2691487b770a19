"""From which day a new edition of the policy may hold: the same rule in the browser and on the command line."""

from datetime import date, datetime, timedelta

from folkmoot.editions.current import today
from folkmoot.editions.models import PolicyEdition
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation

FURTHEST = 366  # days: what is announced for later than that is a slip of the pen


def first_day(org: Organisation, *, at: datetime) -> date:
    """Return the earliest day from which something new can hold: tomorrow, or today where nothing is in force yet."""
    now = today(org, at=at)
    held = PolicyEdition.objects.within(org).filter(is_parent=False, in_force_from__lte=now)
    return now + timedelta(days=1) if held.exists() else now


def require_day(org: Organisation, day: date, *, own: date | None, at: datetime) -> None:
    """Raise `BadInput` (field "day") when nothing new can hold from `day`. The pack's `own` date may be kept."""
    if day == own:
        return
    first = first_day(org, at=at)
    if day < first:
        # D1: a post is judged by the rules of its day, so those of a day that has begun stay as they are.
        raise BadInput(
            "Rules begin to hold tomorrow at the earliest: a post is judged by those of its day.", field="day"
        )
    if day > first + timedelta(days=FURTHEST):
        raise BadInput("This is more than a year away. Please choose a nearer day.", field="day")
