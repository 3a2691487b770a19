"""Somebody else has looked and agrees (Mc): exactly what was proposed is decided."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import locked
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.notices.letters import second_look_answered
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.finding import require_sound
from folkmoot.steps.issue import issue, read_decision
from folkmoot.steps.measures import require_measures
from folkmoot.steps.second_look import LOOKED_TWICE, proposal_in_force
from folkmoot.steps.standing import capacity
from folkmoot.steps.tell import tell_people


@transaction.atomic
def confirm_proposal(case_id: int, *, by: Person, at: datetime, seen: int | None = None) -> Paper:
    """Issue the proposed decision; its paper names both. Raises `NotPermitted` or `StalePage`."""
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.CONFIRM_PROPOSAL, at=at)
    proposal = the_proposal(case)
    decision = read_decision(proposal)
    try:
        clauses = require_sound(case, decision)
        require_measures(case, decision.measures, at=at)
    except BadInput as error:  # the post was let through meanwhile, or a day has passed
        raise NotPermitted(
            gettext("It can no longer be decided as proposed. %(error)s Please do not agree, and say so.")
            % {"error": error}
        ) from error
    return issue(
        case,
        decision,
        clauses,
        step=Step.CONFIRM_PROPOSAL,
        by=by,
        role=role,
        at=at,
        answers=proposal,
        facts={"proposed_by": _number(proposal.by), "looked": by.pk},
        also_told=lambda paper: tell_proposer(case, proposal, agreed=True, about=paper, at=at),
        context=LOOKED_TWICE,
        necessity=proposal.words.get("necessity", ""),
    )


def the_proposal(case: Case) -> Paper:
    """Return the proposal that waits, or raise `NotPermitted`."""
    proposal = proposal_in_force(case)
    if proposal is None:
        raise NotPermitted(gettext("Nothing has been proposed in this case."))
    return proposal


def tell_proposer(case: Case, proposal: Paper, *, agreed: bool, about: Paper, at: datetime) -> Sequence[Paper]:
    """File and promise the letter that tells whoever proposed it what came of the second look."""
    proposer = Person.objects.get(pk=_number(proposal.by))
    if not proposer.offices(at=at):
        return []
    letter = second_look_answered(case.org, case=case.pk, name=proposer.name, agreed=agreed, marker=new_marker())
    return tell_people(case, [(proposer, letter)], role=Role(proposal.facts["role"]), about=about, at=at)


def _number(label: str) -> int:
    return int(label.removeprefix("person:"))
