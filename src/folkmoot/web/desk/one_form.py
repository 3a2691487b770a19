"""A page of the desk with one form, which is one step on the case: shown, checked, taken, and gone on from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from folkmoot.casefile.models import Case
from folkmoot.procedure.words import Step
from folkmoot.steps.seen import caught_up, took_already
from folkmoot.web.access import OfficerRequest
from folkmoot.web.desk.going import SeeOther, address, go, is_open_to, note_reading
from folkmoot.web.desk.news import done_already, require_current, seen_by
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
    about: dict[str, Any] = field(default_factory=dict)  # of several such papers, which: see `took_already`


def one_form(
    request: OfficerRequest,
    case: Case,
    step: Step,
    page: OneForm,
    form: StepForm,
    take: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Answer a request to the page; `take` gets the cleaned data and takes the step, or refuses in its own words.

    Who may not take the step at all is led back to the case, with the reason. `seen` in the data is up to date: on a
    page that is not, what is new is shown first, with all that was typed.
    """
    if not is_open_to(case, request):
        return go(request, "case", case=case.pk)
    if request.method == "POST" and took_already(case, step, request.person, seen_by(request), **page.about):
        return go(request, "case", say=done_already(), case=case.pk)
    why = refusal(case, request, step)
    if why:
        messages.error(request, why)
        return SeeOther(address(request, "case", case=case.pk))
    sent = request.method == "POST" and form.is_valid()
    if sent and attempt(form, lambda: _on_a_fresh_page(case, form, take)) is not None:
        return go(request, "case", say=page.done, case=case.pk)
    if request.method == "POST" and not sent:
        _notice_news(case, form, seen_by(request))
    if request.method != "POST":
        note_reading(request, step.value, case)
    context = {
        "case": case,
        "form": form,
        "draft": "-".join([step.value, *(str(number) for number in _numbers(request))]),
        "title": page.title,
        "lead": page.lead,
        "button": page.button,
        "harm": page.harm,
        **page.more,
    }
    return render(request, page.template, context, status=422 if form.errors else 200)


def _on_a_fresh_page(case: Case, form: StepForm, take: Callable[[dict[str, Any]], object]) -> object:
    given = form.cleaned_data
    require_current(case, given["seen"])
    return take({**given, "seen": caught_up(case, given["seen"])})


def _notice_news(case: Case, form: StepForm, seen: int) -> None:
    """Let a form that is wrong say what is new, too: what is new may be why it is wrong."""
    if caught_up(case, seen) != case.seq:
        form.stale_since = seen
        form.catch_up()


def _numbers(request: OfficerRequest) -> list[int]:
    """Return the numbers in the page's address: each has a draft of its own."""
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    return [value for value in kwargs.values() if isinstance(value, int)]
