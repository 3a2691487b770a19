"""A reasoned written answer to one reporter, or to several: it ends their clocks and nobody else's (Sh)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Duty, Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.procedure.words import Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.finding import REASONS_AT_LEAST
from folkmoot.steps.reporting import UNDECIDED, reports_since, reviews_by, unanswered
from folkmoot.steps.standing import capacity, declared
from folkmoot.steps.tell import tell_reporter


@transaction.atomic
def answer_report(
    case_id: int, *, reports: Collection[int], words: str, by: Person, at: datetime, seen: int | None = None
) -> list[Paper]:
    """File the answer to the reports with these numbers in the case; each reporter reads it on their page.

    Once the case is decided it is for those who reported later: the others have the decision as their answer.
    """
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.ANSWER_REPORT, at=at)
    if declared(case, by) is None:
        raise NotPermitted(gettext("Please say first whether you have an interest in this matter."))
    chosen = [one for one in answerable(case) if one.number in reports]
    if not reports or {one.number for one in chosen} != set(reports):
        raise NotPermitted(gettext("This report has its answer already, or was withdrawn."))
    if len(words.strip()) < REASONS_AT_LEAST:
        raise BadInput(
            gettext("Please answer in a sentence or two, with your reasons: the reporter reads them."), field="words"
        )
    # whoever wrote that nobody answers has their answer too
    asked = [one for report in chosen for one in reviews_by(report) if one.facts["unanswered"]]
    owed = Duty.objects.filter(paper__in=[*chosen, *asked], met_at=None).select_related("paper")
    if case.hidden and not Duty.objects.filter(case=case, met_at=None).exclude(pk__in=owed.values("pk")).exists():
        raise NotPermitted(
            gettext("The post is hidden meanwhile, and its author waits too. Please decide, or show it again.")
        )
    answers, notices = [], []
    for report in chosen:
        answer = file_paper(case, Paper.Kind.ANSWER, by=by, at=at, texts={"words": words}, answers=report)
        answers.append(answer)
        notices += tell_reporter(case, report, about=answer, at=at)
    advance(case, Step.ANSWER_REPORT, by=by, role=role, at=at, papers=[*answers, *notices], met=owed)
    return answers


def answerable(case: Case) -> list[Paper]:
    """Return the reports that can have an answer of their own now, in order."""
    if case.stage in UNDECIDED:
        return unanswered(case)
    return reports_since(case)
