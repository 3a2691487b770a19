"""The Executive answers a reporter who was not satisfied: nothing is decided afresh, and why (Sh)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Duty, Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Person
from folkmoot.procedure.words import Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.finding import REASONS_AT_LEAST
from folkmoot.steps.reviews import open_review
from folkmoot.steps.tell import tell_reporter
from folkmoot.steps.vote import Motion, recorder, require_vote


@transaction.atomic
def answer_review(
    case_id: int, *, review: int, motion: Motion, reasons: str, by: Person, at: datetime, seen: int | None = None
) -> Paper:
    """File the vote and its reasons, which the reporter reads. The motion was to have it decided afresh, and fell."""
    case = locked(case_id, seen=seen)
    role = recorder(case, by, at=at)
    request = open_review(case, review)
    voted = require_vote(case, motion, at=at)
    if motion.carried:
        raise BadInput(gettext("More than half voted to have it decided afresh. Please send it back."), field="votes")
    require_reasons(reasons)
    paper = file_paper(
        case,
        Paper.Kind.REVIEW,
        by=by,
        at=at,
        facts={"afresh": False, **voted.facts},
        texts={"reasons": reasons, **voted.texts},
        answers=request,
    )
    advance(
        case,
        Step.ANSWER_REVIEW,
        by=by,
        role=role,
        at=at,
        papers=[paper, *tell_reporter(case, report_of(request), about=paper, at=at)],
        met=Duty.objects.filter(paper=request, met_at=None).select_related("paper"),
    )
    return paper


def require_reasons(reasons: str) -> None:
    """Raise `BadInput` for reasons that are none."""
    if len(reasons.strip()) < REASONS_AT_LEAST:
        raise BadInput(
            gettext("Please write the reasons in a sentence or two: whoever asked will read them."), field="reasons"
        )


def report_of(request: Paper) -> Paper:
    """Return the report of the reporter who asked for this review."""
    grant = request.case.grants.select_related("paper").get(pk=int(request.by.removeprefix("grant:")))
    return grant.paper
