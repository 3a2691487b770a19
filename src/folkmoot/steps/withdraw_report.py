"""A reporter withdraws their report: their own clock ends, and what others reported goes on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Duty, Grant, Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import NotPermitted
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.reporting import reviews_by, withdrawal


@transaction.atomic
def withdraw_report(case_id: int, *, by: Grant, at: datetime) -> Paper:
    """File the withdrawal. The case stays, and a moderator may still decide it; a replayed form changes nothing.

    While the post is hidden the clock runs on: its author waits for the decision too (Me).
    """
    case = locked(case_id)
    if by.case_id != case.pk or by.party != Role.REPORTER:
        raise NotPermitted(gettext("Only the person who made the report can withdraw it."))
    first = withdrawal(by.paper)
    if first:
        return first
    paper = file_paper(case, Paper.Kind.WITHDRAWAL, by=by, at=at, answers=by.paper)
    theirs = [by.paper, *reviews_by(by.paper)]
    owed = Duty.objects.filter(paper__in=theirs, met_at=None).select_related("paper")
    owed = owed.none() if case.hidden else owed
    advance(case, Step.WITHDRAW_REPORT, by=by, role=Role.REPORTER, at=at, papers=[paper], met=owed)
    return paper
