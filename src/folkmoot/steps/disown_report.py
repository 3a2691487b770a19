"""An officer says on the record that a report which gives their address is not theirs.

A typed address is unproven: without this, anybody could bar a whole branch by typing its addresses.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.procedure.words import Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.office import weightiest_office
from folkmoot.steps.standing import address_typed, disowned


@transaction.atomic
def disown_report(case_id: int, *, by: Person, at: datetime) -> Paper:
    """File their word. It answers only for the address; their interests are asked as ever."""
    case = locked(case_id)
    if by.org_id != case.org_id:
        raise NotPermitted(gettext("This case belongs to another organisation."))
    role = weightiest_office(by, at=at)
    if role is None:
        raise NotPermitted(gettext("Only people with a role in this organisation are asked about this."))
    if not address_typed(case, by):
        raise NotPermitted(gettext("No report in this case gives your address."))
    if disowned(case, by):
        raise NotPermitted(gettext("You have said so already."))
    paper = file_paper(case, Paper.Kind.INTEREST, by=by, at=at, facts={"disowned": True})
    advance(case, Step.DECLARE_INTEREST, by=by, role=role, at=at, papers=[paper])
    return paper
