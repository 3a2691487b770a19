"""Whoever reported says how much they want to hear (D44): whom it is about is warned before something comes back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Grant, Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.offer_support import Hears

CHOICES = (Hears.EVERYTHING, Hears.WHAT_MATTERS, Hears.NOTHING)


@transaction.atomic
def choose_news(case_id: int, *, hears: Hears, by: Grant, at: datetime) -> Paper:
    """File the choice; the newest counts. What happened always stands on their page, whatever they choose."""
    case = locked(case_id)
    if by.case_id != case.pk or by.party != Role.REPORTER:
        raise NotPermitted(gettext("Only the person who made the report can choose this."))
    if hears not in CHOICES:
        raise BadInput(gettext("Please choose how much you want to hear."), field="hears")
    before = chosen(by.paper)
    if before and before.facts["hears"] == hears:
        return before
    paper = file_paper(case, Paper.Kind.SUPPORT, by=by, at=at, facts={"hears": hears}, answers=by.paper)
    advance(case, Step.CHOOSE_NEWS, by=by, role=Role.REPORTER, at=at, papers=[paper])
    return paper


def chosen(report: Paper) -> Paper | None:
    """Return the paper by which the reporter chose last how much to hear, or `None`."""
    return report.answered_by.filter(kind=Paper.Kind.SUPPORT).order_by("-number").first()


def hears_of(report: Paper) -> Hears:
    """Return how much the reporter wants to hear: everything, unless they have chosen."""
    paper = chosen(report)
    return Hears(paper.facts["hears"]) if paper else Hears.EVERYTHING
