"""Sealing what may show a child being abused, and destroying it on advice (DP20)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case, Paper
from folkmoot.steps.destroy import Adviser, destroy
from folkmoot.steps.seal import seal as seal_case
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.going import READERS, go, is_open_to, note_reading, the_case
from folkmoot.web.desk.news import require_current
from folkmoot.web.forms import Line, StepForm, attempt
from folkmoot.web.look.widgets import ChoiceCards


class DestroyForm(StepForm):
    """On whose advice, under which number, and that it is meant."""

    adviser = forms.ChoiceField(
        label=later("Who advised it?"),
        choices=[(Adviser.IWF, later("The Internet Watch Foundation")), (Adviser.POLICE, later("The police"))],
        widget=ChoiceCards(),
    )
    reference = Line(limit=120, label=later("The number of their advice or report"))
    sure = forms.BooleanField(
        label=later("Destroy it. I know that nobody can bring it back."),
        error_messages={"required": later("Please tick this: nobody can bring it back.")},
    )


@officer(*READERS)
def seal(request: OfficerRequest, case: int) -> HttpResponse:
    """Say what sealing does, seal, and once it is sealed destroy on advice.

    Open also to who has an interest in the matter: the page shows nothing of it.
    """
    found = the_case(request, case)
    form = DestroyForm(request.POST if found.sealed and request.method == "POST" else None, seen=found.seq)
    if request.method == "POST" and not found.sealed:
        seal_case(found.pk, by=request.person, at=request.now)
        return go(request, "seal", say=_("It is sealed. Nobody sees it any more."), case=found.pk)
    if request.method == "POST" and form.is_valid():
        gone = attempt(form, lambda: _destroy(request, found, form))
        if gone is not None:
            done = _("It is destroyed. The record says that, and nothing of what it was.")
            return go(request, "seal", say=done, case=found.pk)
    note_reading(request, "seal", found)
    context = {"case": found, "form": form, "gone": _gone(found), "inside": is_open_to(found, request)}
    return render(request, "desk/seal.html", context, status=422 if form.errors else 200)


def _destroy(request: OfficerRequest, case: Case, form: DestroyForm) -> Paper:
    given: dict[str, Any] = form.cleaned_data
    adviser = Adviser(given["adviser"])
    require_current(case, given["seen"])
    return destroy(case.pk, adviser=adviser, reference=given["reference"], by=request.person, at=request.now)


def _gone(case: Case) -> Paper | None:
    return case.papers.filter(kind=Paper.Kind.DESTRUCTION).order_by("-number").first()
