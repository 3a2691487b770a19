"""An officer says on the record that the author's account is not theirs, though their address was written down for it.

Any moderator may write an address down: without this, one who means harm could bar an officer by typing theirs.
Where it is known from more than an address, `claim_account` says so, and that holds until it is ended there.
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
from folkmoot.steps.standing import address_written, claimed, disowned_account


@transaction.atomic
def disown_account(case_id: int, *, by: Person, at: datetime) -> Paper:
    """File their word. No letter to the author goes to their address any more; their interests are asked as ever."""
    case = locked(case_id)
    if by.org_id != case.org_id:
        raise NotPermitted(gettext("This case belongs to another organisation."))
    role = weightiest_office(by, at=at)
    if role is None:
        raise NotPermitted(gettext("Only people with a role in this organisation are asked about this."))
    if claimed(case, by):
        raise NotPermitted(
            gettext("It is known that the account is yours. If that is wrong, an administrator can end it.")
        )
    if not address_written(case, by):
        raise NotPermitted(gettext("Nobody has written your address down for the author."))
    if disowned_account(case, by):
        raise NotPermitted(gettext("You have said so already."))
    paper = file_paper(case, Paper.Kind.INTEREST, by=by, at=at, facts={"disowned_account": True})
    advance(case, Step.DECLARE_INTEREST, by=by, role=role, at=at, papers=[paper])
    return paper
