"""Somebody else has looked and does not agree (Mc), or whoever proposed it takes it back: it is undecided again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Paper
from folkmoot.casefile.record import file_paper, label, locked
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Person
from folkmoot.procedure.words import Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.confirm_proposal import tell_proposer, the_proposal
from folkmoot.steps.finding import REASONS_AT_LEAST
from folkmoot.steps.standing import capacity


@transaction.atomic
def decline_proposal(
    case_id: int, *, reasons: str, by: Person, at: datetime, seen: int | None = None, necessity: str = ""
) -> Paper:
    """Send the case back to be decided afresh, with reasons for whoever proposed it; the clocks have run on.

    By `necessity` it is the way on where nobody is left who may look at the proposal.
    """
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.DECLINE_PROPOSAL, at=at, necessity=necessity)
    if len(reasons.strip()) < REASONS_AT_LEAST:
        raise BadInput(
            gettext("Please write your reasons in a sentence or two: whoever proposed it reads them."), field="reasons"
        )
    proposal = the_proposal(case)
    own = proposal.by == label(by)
    paper = file_paper(
        case,
        Paper.Kind.SECOND_LOOK,
        by=by,
        at=at,
        facts={"agreed": False, "taken_back": own, **({"necessity": True} if necessity else {})},
        texts={"reasons": reasons, **({"necessity": necessity} if necessity else {})},
        answers=proposal,
    )
    case.claimed_by = None
    told = [] if own else tell_proposer(case, proposal, agreed=False, about=paper, at=at)
    advance(case, Step.DECLINE_PROPOSAL, by=by, role=role, at=at, papers=[paper, *told])
    return paper
