"""What a case's page offers about single reports: an answer of their own, a fresh look (Sh)."""

from typing import Any

from folkmoot.casefile.models import Case
from folkmoot.procedure.words import Step
from folkmoot.steps.answer_report import answerable
from folkmoot.steps.look_again import nothing_to_look_at
from folkmoot.web.access import OfficerRequest
from folkmoot.web.desk.next_step import refusal


def reports_open(request: OfficerRequest, case: Case) -> dict[str, Any]:
    """Return what the case's page offers about single reports: which can be answered, whether to look again."""
    may_answer = not refusal(case, request, Step.ANSWER_REPORT)
    may_look = not refusal(case, request, Step.LOOK_AGAIN) and not nothing_to_look_at(case)
    return {
        "answerable": {report.number for report in answerable(case)} if may_answer else set(),
        "may_look_again": may_look,
    }
