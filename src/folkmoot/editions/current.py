"""Which editions are in force for an organisation now."""

from datetime import date

from folkmoot.editions.models import LetterEdition, PolicyEdition, ProcedureEdition
from folkmoot.kernel.errors import NotReady
from folkmoot.members.models import Organisation
from folkmoot.members.rows import newest


def current_policy(org: Organisation) -> PolicyEdition:
    """Return the newest edition of the organisation's own policy; raises `NotReady` without one."""
    edition = newest(PolicyEdition, "org_id = %s AND NOT is_parent", org.pk, by="number")
    if edition is None:
        raise NotReady(f"{org.name} has no policy yet. An administrator can load one.")
    return edition


def policy_of(org: Organisation, day: date) -> PolicyEdition:
    """Return the edition that was in force on `day`: posts are judged by the rules of their time (D1).

    Where none was, the newest; it cannot be cited then. Raises `NotReady` without any.
    """
    own = PolicyEdition.objects.within(org).filter(is_parent=False, in_force_from__lte=day)
    return own.order_by("-in_force_from", "-number").first() or current_policy(org)


def current_procedure(org: Organisation) -> ProcedureEdition:
    """Return the newest edition of the organisation's procedure; raises `NotReady` without one."""
    edition = newest(ProcedureEdition, "org_id = %s", org.pk, by="number")
    if edition is None:
        raise NotReady(f"{org.name} has no procedure yet. An administrator can load one.")
    return edition


def current_letter(org: Organisation, kind: str) -> LetterEdition | None:
    """Return the newest edition of the organisation's own words for a letter, or `None` where it never had any."""
    return newest(LetterEdition, "org_id = %s AND kind = %s", org.pk, kind, by="number")
