"""A moderator decides (Ma-Me): finding, reasons, what has to be done, and the author's letter, all at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import locked, procedure_of
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.notices.letters import look_afterwards
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.duties import Owed, turn_of
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.finding import Decision, require_sound
from folkmoot.steps.issue import issue
from folkmoot.steps.second_look import ALONE, asks_second_look, free_to_look, knows_looks, who_looks_afterwards
from folkmoot.steps.standing import capacity
from folkmoot.steps.tell import tell_nobody_free, tell_people


@transaction.atomic
def decide(
    case_id: int, decision: Decision, *, by: Person, at: datetime, seen: int | None = None, necessity: str = ""
) -> Paper:
    """Decide the case: a restriction is never written without its statement of reasons (Me, D24).

    Raises `BadInput` for what is missing, `NotPermitted`, or `StalePage`.
    """
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.DECIDE, at=at, necessity=necessity)
    clauses = require_sound(case, decision)
    if not (asks_second_look(decision) and knows_looks(case)):
        return issue(case, decision, clauses, step=Step.DECIDE, by=by, role=role, at=at, necessity=necessity)
    if free_to_look(case, but=by, at=at)[1]:
        raise NotPermitted(gettext("This is unclear, and somebody else is free to look at it first. Please ask them."))
    # Mc: one who is alone may err on caution; somebody else looks at it afterwards.
    holder, people = who_looks_afterwards(case, but=by, at=at)
    turn = turn_of(Owed.LOOK_AFTER, holder, procedure_of(case).limits, at=at, zone=case.org.zone)
    return issue(
        case,
        decision,
        clauses,
        step=Step.DECIDE,
        by=by,
        role=role,
        at=at,
        facts={"alone": True},
        owed_after=[(Owed.LOOK_AFTER, turn)],
        also_told=lambda paper: _ask_to_look(case, holder, people, about=paper, due=turn.due_at, at=at),
        context=ALONE,
        necessity=necessity,
    )


def _ask_to_look(
    case: Case, holder: Role, people: Sequence[Person], *, about: Paper, due: datetime, at: datetime
) -> list[Paper]:
    told = [(p, look_afterwards(case.org, case=case.pk, name=p.name, marker=new_marker())) for p in people]
    asked = tell_people(case, told, role=holder, about=about, at=at)
    return asked or tell_nobody_free(case, holder, due=due, about=about, at=at)
