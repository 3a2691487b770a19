"""A later report says something new: a decided case is taken up again (Sh). Nothing is changed by that yet."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Duty, Paper
from folkmoot.casefile.record import NewDuty, file_paper, locked, procedure_of
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.procedure.duties import first_turn, owed_to_report
from folkmoot.procedure.words import TAKES_AWAY, ReportKind, Step, lane_of
from folkmoot.steps.advancing import advance
from folkmoot.steps.finding import REASONS_AT_LEAST
from folkmoot.steps.reporting import reports_since
from folkmoot.steps.standing import capacity, declared
from folkmoot.steps.tell import tell_reporters


@transaction.atomic
def look_again(case_id: int, *, reasons: str, by: Person, at: datetime, seen: int | None = None) -> Paper:
    """Put the case back to before its decision; the clock of each later report starts now.

    Only while a later report waits, nobody has appealed, and the post was not taken away. The author hears nothing
    until something is decided against them.
    """
    case = locked(case_id, seen=seen)
    capacity(case, by, Step.LOOK_AGAIN, at=at)
    if declared(case, by) is None:
        raise NotPermitted(gettext("Please say first whether you have an interest in this matter."))
    why = nothing_to_look_at(case)
    if why:
        raise NotPermitted(why)
    if len(reasons.strip()) < REASONS_AT_LEAST:
        raise BadInput(gettext("Please write in a sentence what is new in the later report."), field="reasons")
    return take_up(case, reasons=reasons, later=reports_since(case), by=by, at=at)


def take_up(case: Case, *, reasons: str, later: Sequence[Paper] = (), by: Person, at: datetime) -> Paper:
    """Put a locked case back to before its decision, as part of another step; `later` are the reports that say why."""
    role = capacity(case, by, Step.LOOK_AGAIN, at=at)
    answered = later[-1] if later else None
    paper = file_paper(case, Paper.Kind.FRESH_LOOK, by=by, at=at, texts={"reasons": reasons}, answers=answered)
    case.outcome, case.standing, case.settles_at, case.claimed_by = "", True, None, None
    waiting = Duty.objects.filter(case=case, met_at=None).select_related("paper")
    advance(
        case,
        Step.LOOK_AGAIN,
        by=by,
        role=role,
        at=at,
        papers=[paper, *tell_reporters(case, about=paper, at=at)],
        new_duties=[_owed(case, report, at=at) for report in later],
        met=waiting,
    )
    return paper


def nothing_to_look_at(case: Case) -> str:
    """Return why there is nothing to take up again, as a sentence; empty when there is."""
    if not reports_since(case):
        return "No report has come since the decision that still waits for an answer."
    if case.outcome in TAKES_AWAY and case.standing:
        return "The post has been taken away already. Please answer whoever reported it again."
    return ""


def _owed(case: Case, report: Paper, *, at: datetime) -> NewDuty:
    owed = owed_to_report(lane_of(ReportKind(report.facts["kind"])))
    return NewDuty(report, owed, first_turn(owed, procedure_of(case).limits, at=at, zone=case.org.zone))
