"""What is before the Executive, and what it has decided lately."""

from django.db.models import Max, Q
from django.http import HttpResponse
from django.shortcuts import render

from folkmoot.casefile.models import Case, Paper
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Role, Stage
from folkmoot.web.access import OfficerRequest, officer

SITS = (Role.SECRETARY, Role.EXECUTIVE)
SHOWN = 20
_PUT = Max("duties__since", filter=Q(duties__owed=Owed.SUBMISSION))  # when it came before the Executive


@officer(*SITS)
def home(request: OfficerRequest) -> HttpResponse:
    """List the cases that wait for the Executive, those whose minute is to be confirmed, and the latest final ones."""
    cases = Case.objects.within(request.org).select_related("platform")
    decided = Paper.objects.within(request.org).filter(kind=Paper.Kind.MINUTE).values("case")
    context = {
        "before": cases.filter(stage=Stage.BEFORE_EXECUTIVE).annotate(since=_PUT).order_by("due_at"),
        "minuted": cases.filter(stage=Stage.MINUTED).order_by("settles_at"),
        "final": cases.filter(stage=Stage.FINAL, pk__in=decided).order_by("-pk")[:SHOWN],
    }
    return render(request, "panel/home.html", context)
