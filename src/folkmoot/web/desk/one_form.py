"""A page of the desk with one form, which is one step on the case: shown, checked, taken, and gone on from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from folkmoot.casefile.models import Case
from folkmoot.procedure.words import Step
from folkmoot.web.access import OfficerRequest
from folkmoot.web.desk.going import SeeOther, address, go, is_open_to, note_reading
from folkmoot.web.desk.next_step import refusal
from folkmoot.web.forms import StepForm, attempt


@dataclass(frozen=True)
class OneForm:
    """What such a page says, and what is said once it is done."""

    title: str
    lead: str
    button: str
    done: str
    harm: bool = False  # the button takes something away
    template: str = "desk/one_form.html"
    more: dict[str, Any] = field(default_factory=dict)


def one_form(
    request: OfficerRequest,
    case: Case,
    step: Step,
    page: OneForm,
    form: StepForm,
    take: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Answer a request to the page; `take` gets the cleaned data and takes the step, or refuses in its own words.

    Who may not take the step at all is led back to the case, with the reason.
    """
    if not is_open_to(case, request):
        return go(request, "case", case=case.pk)
    why = refusal(case, request, step)
    if why:
        messages.error(request, why)
        return SeeOther(address(request, "case", case=case.pk))
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: take(form.cleaned_data)) is not None:
        return go(request, "case", say=page.done, case=case.pk)
    if request.method != "POST":
        note_reading(request, step.value, case)
    context = {
        "case": case,
        "form": form,
        "title": page.title,
        "lead": page.lead,
        "button": page.button,
        "harm": page.harm,
        **page.more,
    }
    return render(request, page.template, context, status=422 if form.errors else 200)
