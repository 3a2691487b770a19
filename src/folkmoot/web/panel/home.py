"""What is before the Executive, and what it has decided lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Max, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from folkmoot.casefile.models import Case, Paper
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Answer, Role, Stage
from folkmoot.steps.many import written_by
from folkmoot.steps.necessities import necessities
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.reviews_open import reviews_waiting, to_decide_afresh

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SITS = (Role.SECRETARY, Role.EXECUTIVE)
SHOWN = 20
A_YEAR = timedelta(days=365)
_PUT = Max("duties__since", filter=Q(duties__owed=Owed.SUBMISSION))  # when it came before the Executive, the last time


@dataclass(frozen=True)
class Waiting:
    """A case to be decided, and when it is heard, once somebody has said so."""

    case: Case
    since: datetime | None
    meets_at: datetime | None


@officer(*SITS)
def home(request: OfficerRequest) -> HttpResponse:
    """List the cases that wait for the Executive, those whose minute is to be confirmed, and the latest final ones."""
    own = written_by(request.org, request.person)  # D9: what is before the Executive tells when it was opened
    cases = Case.objects.within(request.org).exclude(pk__in=own).select_related("platform")
    decided = Paper.objects.within(request.org).filter(kind=Paper.Kind.MINUTE).values("case")
    used = necessities(request.org, since=request.now - A_YEAR)
    context = {
        "before": _waiting(cases.filter(stage=Stage.BEFORE_EXECUTIVE).annotate(since=_PUT).order_by("due_at")),
        "minuted": cases.filter(stage=Stage.MINUTED).order_by("settles_at"),
        "final": _decided(cases.filter(stage=Stage.FINAL, pk__in=decided).order_by("-pk")[:SHOWN]),
        "necessities": sum(used.values()),
        "reviews": reviews_waiting(request),
        "afresh": to_decide_afresh(request),
    }
    return render(request, "panel/home.html", context)


def _waiting(cases: QuerySet[Case]) -> list[Waiting]:
    """Return the cases with the newest meeting that was said since they came here: two queries for all of them."""
    found = list(cases)
    said = Paper.objects.filter(case__in=[case.pk for case in found], kind=Paper.Kind.CONVENING).order_by("number")
    meetings = {paper.case_id: paper for paper in said}
    rows = []
    for case in found:
        since: datetime | None = getattr(case, "since", None)
        paper = meetings.get(case.pk)
        heard = paper and (since is None or paper.at >= since)
        rows.append(Waiting(case, since, datetime.fromisoformat(paper.facts["meets_at"]) if paper and heard else None))
    return rows


def _decided(cases: QuerySet[Case]) -> "list[tuple[Case, StrOrPromise]]":
    """Return the cases with what the Executive said of each last."""
    found = list(cases)
    minutes = Paper.objects.filter(case__in=[case.pk for case in found], kind=Paper.Kind.MINUTE).order_by("number")
    said = {paper.case_id: SAID[Answer(paper.facts["answer"])] for paper in minutes}
    return [(case, said[case.pk]) for case in found]


SAID: "dict[Answer, StrOrPromise]" = {
    Answer.STANDS: _("Stands"),
    Answer.VARIED: _("Varied"),
    Answer.OVERTURNED: _("Overturned"),
}
