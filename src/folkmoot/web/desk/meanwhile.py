"""Two were at it at once, and the other was first: what they decided, beside what one had typed oneself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from folkmoot.casefile.models import Case, Event, Paper
from folkmoot.casefile.record import label
from folkmoot.procedure.words import Step
from folkmoot.web.access import OfficerRequest
from folkmoot.web.desk import casework
from folkmoot.web.desk.next_step import refusal
from folkmoot.web.desk.timeline import timeline

_ANSWERS = (
    Step.DECIDE,
    Step.DECIDE_AS_PANEL,
    Step.PROPOSE,
    Step.CONFIRM_PROPOSAL,
    Step.DECLINE_PROPOSAL,
    Step.LOOK_AFTERWARDS,
    Step.RECONSIDER,
)


@dataclass(frozen=True)
class Typed:
    """Words that somebody had typed, by the label of their field."""

    label: str
    text: str


def came_second(request: OfficerRequest, case: Case, step: Step, form: forms.Form, *, seen: int) -> HttpResponse | None:
    """Return the page for somebody whose `step` another has made needless since `seen`; `None` when nobody has.

    It says who was first and what they decided, and keeps all that was typed in `form` in sight.
    """
    others = case.events.filter(seq__gt=seen, step__in=_ANSWERS).exclude(by=label(request.person))
    first = others.order_by("-seq").first()
    if first is None or not refusal(case, request, step):
        return None
    papers = casework.papers_of(case)
    context = {
        "case": case,
        "moment": timeline(case, papers)[-first.seq],  # newest first, and numbered from 1
        "typed": _typed(form),
        **_said(case, papers, first),
    }
    return render(request, "desk/meanwhile.html", context, status=422)


def _said(case: Case, papers: Sequence[Paper], event: Event) -> dict[str, Any]:
    match Step(event.step):
        case Step.RECONSIDER:
            return {"reconsideration": casework.reconsideration(papers)}
        case Step.PROPOSE:
            return {"decision": casework.proposal(case, papers)}
        case Step.DECIDE | Step.DECIDE_AS_PANEL | Step.CONFIRM_PROPOSAL:
            return {"decision": casework.decision(case, papers)}
    return {}  # then the moment itself holds the words


def _typed(form: forms.Form) -> list[Typed]:
    """Return what was typed in words, right or wrong; what was only ticked is quickly ticked again."""
    data: Mapping[str, Any] = form.data
    prose = {name: field for name, field in form.fields.items() if isinstance(field.widget, forms.Textarea)}
    found = [Typed(str(field.label), str(data.get(form.add_prefix(name), ""))) for name, field in prose.items()]
    return [one for one in found if one.text.strip()]
