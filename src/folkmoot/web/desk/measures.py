"""What holds for a time, and when each ends: all of it, and in one case, where it can be ended sooner."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case, Measure, Paper
from folkmoot.kernel.errors import NotPermitted
from folkmoot.kernel.text import whole_number
from folkmoot.procedure.words import MeasureKind
from folkmoot.steps.end_measure import end_measure, who_may_end
from folkmoot.steps.seen import caught_up
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.by_hand import MEASURES
from folkmoot.web.desk.going import READERS, go, is_open_to, note_reading, the_case
from folkmoot.web.desk.measure_fields import in_words
from folkmoot.web.desk.news import done_already
from folkmoot.web.forms import StepForm, Words, attempt
from folkmoot.web.look.widgets import ChoiceCards


class EndForm(StepForm):
    """Which measure ends now, and why."""

    measure = forms.ChoiceField(label=later("What ends now?"), widget=ChoiceCards())
    reasons = Words(
        limit=10_000,
        label=later("Why?"),
        help_text=later("The author reads it as you write it."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, case: Case, running: list[Measure], **kwargs: Any) -> None:
        super().__init__(*args, seen=case.seq, **kwargs)
        field = self.fields["measure"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(one.pk), MEASURES[MeasureKind(one.kind)]) for one in running]
        if len(running) == 1:
            self.initial.setdefault("measure", str(running[0].pk))


@officer()
def measures(request: OfficerRequest) -> HttpResponse:
    """List all that holds now, what ends first on top."""
    running = _running(Measure.objects.within(request.org))
    context = {
        "running": [in_words(measure) for measure in running],
        "reads_cases": bool(request.offices & set(READERS)),
    }
    return render(request, "desk/measures.html", context)


@officer(*READERS)
def of_case(request: OfficerRequest, case: int) -> HttpResponse:
    """Show what a case imposed; end one of it sooner."""
    found = the_case(request, case)
    if not is_open_to(found, request):
        return go(request, "case", case=found.pk)
    if request.method == "POST" and _has_ended(found, request.POST.get("measure", "")):
        return go(request, "case", say=done_already(), case=found.pk)
    running = list(_running(Measure.objects.filter(case=found)))
    form = EndForm(request.POST or None, case=found, running=running)
    if request.method == "POST" and form.is_valid():
        paper = attempt(form, lambda: _end(request, found, form))
        if paper:
            return go(request, "case", say=_("It ends now. Somebody has to lift it by hand."), case=found.pk)
    note_reading(request, "measures", found)
    ended = Measure.objects.filter(case=found).exclude(ended_at=None).order_by("-ended_at", "-pk")
    over = ended.select_related("account", "platform").prefetch_related("tasks")
    context = {
        "case": found,
        "form": form,
        "running": [in_words(measure) for measure in running],
        "ended": [(in_words(one), one.ended_at) for one in over],
        "why_not": _why_not(found, request) if running else "",
    }
    return render(request, "desk/measures_of_case.html", context, status=422 if form.errors else 200)


def _has_ended(case: Case, chosen: str) -> bool:
    """Say whether what was chosen is over already: the button was pressed twice, or somebody was quicker."""
    return Measure.objects.filter(case=case, pk=whole_number(chosen) or 0).exclude(ended_at=None).exists()


def _end(request: OfficerRequest, case: Case, form: EndForm) -> Paper:
    return end_measure(
        int(form.cleaned_data["measure"]),
        reasons=form.cleaned_data["reasons"],
        by=request.person,
        at=request.now,
        seen=caught_up(case, form.cleaned_data["seen"]),
    )


def _why_not(case: Case, request: OfficerRequest) -> str:
    try:
        who_may_end(case, request.person, at=request.now)
    except NotPermitted as error:
        return str(error)
    return ""


def _running(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    found = measures.filter(ended_at=None).select_related("account", "platform").prefetch_related("tasks")
    return found.order_by("until", "pk")
