"""A time limit passes: the next in turn is added, once, and told (Sh). Silence never decides."""

from datetime import datetime

from django.db import transaction

from folkmoot.casefile.models import Duty
from folkmoot.casefile.record import SYSTEM, NewDuty, advance, locked, procedure_of
from folkmoot.members.models import Person
from folkmoot.notices.letters import handed_over
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.duties import Owed, next_turn
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.reviews import is_accused
from folkmoot.steps.standing import involvement
from folkmoot.steps.tell import tell_nobody_free, tell_people


@transaction.atomic
def hand_over(duty_id: int, *, at: datetime) -> bool:
    """Let the duty lapse if it is still owed and overdue; says whether it did.

    Re-checks under the case's lock, so that two sweepers, or a decision in the same moment, cannot
    hand over twice. Works with mail down and with nobody left to hold the duty (D13):
    then the administrators are told.
    """
    case = locked(Duty.objects.values_list("case", flat=True).get(pk=duty_id))
    duty = Duty.objects.select_related("paper").get(pk=duty_id)
    if duty.met_at or duty.lapsed_at or duty.due_at >= at:
        return False
    turn = next_turn(Owed(duty.owed), Role(duty.holder), procedure_of(case).limits, at=at, zone=case.org.zone)
    papers = []
    if turn:
        holding = Person.objects.holding(case.org, turn.holder, at=at)
        people = [p for p in holding if not involvement(case, p) and not is_accused(case, p)]
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
        papers = tell_people(case, told, role=turn.holder, about=duty.paper, at=at) or tell_nobody_free(
            case, turn.holder, due=turn.due_at, about=duty.paper, at=at
        )
    advance(
        case,
        Step.HAND_OVER,
        by=SYSTEM,
        role=Role.SYSTEM,
        at=at,
        papers=papers,
        facts={"from": duty.holder, "to": turn.holder if turn else None},
        new_duties=[NewDuty(duty.paper, Owed(duty.owed), turn)] if turn else [],
        lapsed=[duty],
    )
    return True
