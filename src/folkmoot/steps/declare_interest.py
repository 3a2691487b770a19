"""Somebody says whether they have an interest in a matter, before they open it (D30)."""

from datetime import datetime

from django.db import transaction

from folkmoot.casefile.models import Paper
from folkmoot.casefile.record import advance, file_paper, locked
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.procedure.words import OFFICES, Step


@transaction.atomic
def declare_interest(case_id: int, *, interested: bool, nature: str = "", by: Person, at: datetime) -> Paper:
    """File the declaration. `nature` stays sealed: parties never learn it (D42)."""
    case = locked(case_id)
    if by.org_id != case.org_id:
        raise NotPermitted("This case belongs to another organisation.")
    held = by.offices(at=at)
    roles = [role for role in reversed(OFFICES) if role in held]
    if not roles:
        raise NotPermitted("Only people with a role in this organisation are asked for their interests.")
    if interested and case.claimed_by_id == by.pk:
        case.claimed_by = None
    paper = file_paper(
        case,
        Paper.Kind.INTEREST,
        by=by,
        at=at,
        facts={"interested": interested},
        texts={"nature": nature} if nature else {},
    )
    advance(case, Step.DECLARE_INTEREST, by=by, role=roles[0], at=at, papers=[paper])
    return paper
