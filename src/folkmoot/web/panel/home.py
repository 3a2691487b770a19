"""What is before the Executive, and what it has decided lately."""

from django.http import HttpResponse
from django.shortcuts import render

from folkmoot.casefile.models import Case, Paper
from folkmoot.procedure.words import Role, Stage
from folkmoot.web.access import OfficerRequest, officer

SITS = (Role.SECRETARY, Role.EXECUTIVE)
SHOWN = 20


@officer(*SITS)
def home(request: OfficerRequest) -> HttpResponse:
    """List the cases that wait for the Executive, those whose minute is to be confirmed, and the latest final ones."""
    cases = Case.objects.within(request.org).select_related("platform")
    decided = Paper.objects.within(request.org).filter(kind=Paper.Kind.MINUTE).values("case")
    context = {
        "before": cases.filter(stage=Stage.BEFORE_EXECUTIVE).order_by("due_at"),
        "minuted": cases.filter(stage=Stage.MINUTED).order_by("settles_at"),
        "final": cases.filter(stage=Stage.FINAL, pk__in=decided).order_by("-pk")[:SHOWN],
    }
    return render(request, "panel/home.html", context)
