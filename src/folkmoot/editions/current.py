"""Which editions are in force for an organisation now."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from folkmoot.editions.models import LetterEdition, PolicyDraft, PolicyEdition, ProcedureEdition
from folkmoot.kernel.errors import NotReady
from folkmoot.members.models import Organisation
from folkmoot.members.rows import newest


def newest_policy(org: Organisation) -> PolicyEdition:
    """Return the newest edition of the organisation's own policy, in force or still to come; raises `NotReady`."""
    edition = newest(PolicyEdition, "org_id = %s AND NOT is_parent", org.pk, by="number")
    if edition is None:
        raise NotReady(gettext("%(name)s has no policy yet. An administrator can load one.") % {"name": org.name})
    return edition


def current_policy(org: Organisation, *, at: datetime) -> PolicyEdition:
    """Return the edition of the organisation's own policy that is in force at `at`; raises `NotReady` without any."""
    return policy_of(org, today(org, at=at))


def policy_of(org: Organisation, day: date) -> PolicyEdition:
    """Return the edition that was in force on `day`: posts are judged by the rules of their time (D1).

    It is the newest of those that held by then: one published later takes the place of one that was announced for
    that day. Where none held yet, it is the one that was first to hold, and nothing can be cited from it.
    """
    held = "org_id = %s AND NOT is_parent AND in_force_from <= %s"
    edition = newest(PolicyEdition, held, org.pk, day.isoformat(), by="number")
    if edition is None:
        own = PolicyEdition.objects.within(org).filter(is_parent=False)
        edition = own.order_by("in_force_from", "number").first()
    return edition or newest_policy(org)


def coming_policies(org: Organisation, *, at: datetime) -> list[PolicyEdition]:
    """Return the editions that are announced and do not hold yet, by the day from which they will."""
    ahead = PolicyEdition.objects.within(org).filter(is_parent=False, in_force_from__gt=today(org, at=at))
    found: list[PolicyEdition] = []
    for edition in ahead.order_by("-number"):  # one that was published later and holds sooner takes its place
        if not found or edition.in_force_from < found[-1].in_force_from:
            found.append(edition)
    now = policy_of(org, today(org, at=at)).number
    return [edition for edition in reversed(found) if edition.number > now]


def newer_parent(edition: PolicyEdition) -> PolicyEdition | None:
    """Return the newest edition of what `edition` rests on, where it rests on an older one."""
    found, following = None, edition.parent
    while following is not None:
        following = following.followers.order_by("-number").first()
        found = following or found
    return found


def open_draft(org: Organisation) -> PolicyDraft | None:
    """Return the draft on which administrators are working, if there is one."""
    return PolicyDraft.objects.within(org).select_related("parent").filter(state=PolicyDraft.State.OPEN).first()


def today(org: Organisation, *, at: datetime) -> date:
    """Return the day that it is for the organisation at `at`."""
    return at.astimezone(ZoneInfo(org.zone)).date()


def current_procedure(org: Organisation) -> ProcedureEdition:
    """Return the newest edition of the organisation's procedure; raises `NotReady` without one."""
    edition = newest(ProcedureEdition, "org_id = %s", org.pk, by="number")
    if edition is None:
        raise NotReady(gettext("%(name)s has no procedure yet. An administrator can load one.") % {"name": org.name})
    return edition


def current_letter(org: Organisation, kind: str) -> LetterEdition | None:
    """Return the newest edition of the organisation's own words for a letter, or `None` where it never had any."""
    return newest(LetterEdition, "org_id = %s AND kind = %s", org.pk, kind, by="number")
