"""Somebody who may decide moves a case into another lane: emergency, legal, or back (D10, Se)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Paper
from folkmoot.casefile.record import NewDuty, file_paper, locked, procedure_of
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.procedure.duties import first_turn, owed_to_report
from folkmoot.procedure.words import Lane, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.alarm import tell_of_lane
from folkmoot.steps.standing import capacity


@transaction.atomic
def set_lane(case_id: int, lane: Lane, *, reason: str, by: Person, at: datetime, seen: int | None = None) -> Paper:
    """Move the case and start the lane's own clock; no clock that runs already is stopped by it."""
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.SET_LANE, at=at)
    if lane == case.lane:
        raise NotPermitted(gettext("The case is in this lane already."))
    if not reason:
        raise BadInput(gettext("Please write in a few words why."), field="reason")
    paper = file_paper(
        case, Paper.Kind.LANE, by=by, at=at, facts={"lane": lane, "was": case.lane}, texts={"reason": reason}
    )
    case.lane, case.urgent = lane, lane is Lane.EMERGENCY
    papers, duties = [paper], []
    if lane is not Lane.ORDINARY:
        owed = owed_to_report(lane)
        turn = first_turn(owed, procedure_of(case).limits, at=at, zone=case.org.zone)
        duties.append(NewDuty(paper, owed, turn))
        papers += tell_of_lane(case, about=paper, due=turn.due_at, at=at)
    advance(case, Step.SET_LANE, by=by, role=role, at=at, papers=papers, new_duties=duties)
    return paper
