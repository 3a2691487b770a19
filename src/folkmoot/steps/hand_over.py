"""A time limit passes: the next in turn is added, once, and told (Sh). Silence never decides."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from folkmoot.casefile.models import Case, Duty, Paper
from folkmoot.casefile.record import SYSTEM, NewDuty, locked
from folkmoot.members.models import Person
from folkmoot.notices.letters import handed_over
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.duties import Owed, Turn
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.remind_overdue import remind
from folkmoot.steps.tell import tell_nobody_free, tell_people
from folkmoot.steps.turns import next_to_answer


@transaction.atomic
def hand_over(duty_id: int, *, at: datetime) -> bool:
    """Let the duty lapse if it is still owed and overdue; says whether it did.

    Re-checks under the case's lock, so that two sweepers, or a decision in the same moment, cannot
    hand over twice. Works with mail down and with nobody left to hold the duty (D13): then the administrators
    are told. When nobody is left to add, the case stays overdue and everybody who could mend it hears so.
    """
    case = locked(Duty.objects.values_list("case", flat=True).get(pk=duty_id))
    duty = Duty.objects.select_related("paper").get(pk=duty_id)
    if duty.met_at or duty.lapsed_at or duty.due_at >= at:
        return False
    turn, people, passed_by = next_to_answer(case, duty, at=at)
    papers = _told(case, duty, turn, people, at=at)
    advance(
        case,
        Step.HAND_OVER,
        by=SYSTEM,
        role=Role.SYSTEM,
        at=at,
        papers=papers,
        facts={"from": duty.holder, "to": turn.holder if turn else None, "passed_by": passed_by},
        new_duties=[NewDuty(duty.paper, Owed(duty.owed), turn)] if turn else [],
        lapsed=[duty],
    )
    return True


def _told(case: Case, duty: Duty, turn: Turn | None, people: Sequence[Person], *, at: datetime) -> list[Paper]:
    if turn is None:
        return remind(case, since=duty.due_at, about=duty.paper, at=at)
    told = [
        (
            person,
            handed_over(
                case.org,
                case=case.pk,
                name=person.name,
                role=turn.holder,
                owed=duty.owed,
                due=turn.due_at,
                marker=new_marker(),
            ),
        )
        for person in people
    ]
    return tell_people(case, told, role=turn.holder, about=duty.paper, at=at) or tell_nobody_free(
        case, turn.holder, due=turn.due_at, about=duty.paper, at=at
    )
