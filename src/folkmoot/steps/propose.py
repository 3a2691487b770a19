"""A moderator is not sure (Mc): the decision is written down whole, and somebody else looks before anything happens."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.notices.letters import second_look_asked
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.words import Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.finding import Decision, require_sound
from folkmoot.steps.issue import decision_facts, decision_texts
from folkmoot.steps.measures import require_measures
from folkmoot.steps.second_look import asks_second_look, free_to_look
from folkmoot.steps.standing import capacity
from folkmoot.steps.tell import tell_people


@transaction.atomic
def propose(
    case_id: int, decision: Decision, *, by: Person, at: datetime, seen: int | None = None, necessity: str = ""
) -> Paper:
    """File the whole decision as a proposal; the clocks run on.

    Raises `BadInput` for what is missing, `NotPermitted` where it is clear or nobody else is free, or `StalePage`.
    """
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.PROPOSE, at=at, necessity=necessity)
    clauses = require_sound(case, decision)
    require_measures(case, decision.measures, at=at)
    if not asks_second_look(decision):
        raise NotPermitted(
            gettext("A second look is for what is unclear and takes something away. Please decide this one.")
        )
    looks_as, free = free_to_look(case, but=by, at=at)
    if not free:
        raise NotPermitted(
            gettext("Nobody else is free to look first. Please decide: somebody looks at it afterwards.")
        )
    paper = file_paper(
        case,
        Paper.Kind.PROPOSAL,
        by=by,
        at=at,
        facts={
            **decision_facts(case, decision, clauses),
            "role": role,
            **({"necessity": True} if necessity else {}),
        },
        texts={**decision_texts(decision), **({"necessity": necessity} if necessity else {})},
    )
    case.claimed_by = None
    told = [
        (
            person,
            second_look_asked(case.org, case=case.pk, name=person.name, due=case.due_at, marker=new_marker()),
        )
        for person in free
    ]
    papers = [paper, *tell_people(case, told, role=looks_as, about=paper, at=at)]
    advance(case, Step.PROPOSE, by=by, role=role, at=at, papers=papers)
    return paper
