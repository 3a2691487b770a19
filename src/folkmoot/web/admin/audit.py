"""The register, and the events of a case: who did what when, and whether all of it is as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST, require_safe

from folkmoot.casefile.access import note_access
from folkmoot.casefile.models import Case, Event
from folkmoot.members.models import Person
from folkmoot.procedure.words import Role
from folkmoot.steps.note_check import last_check, note_check
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.case_events import closed, lines_of
from folkmoot.web.admin.checking import check
from folkmoot.web.admin.going import go, people_named
from folkmoot.web.admin.register_said import GROUPS, SAYINGS, names_in, said, steps_of
from folkmoot.web.admin.tables import table_response
from folkmoot.web.forms import PlainForm, attempt

PAGE = 50
READERS = (Role.ADMINISTRATOR, Role.SECRETARY)
BATCH = 500


@dataclass(frozen=True)
class Line:
    """One entry: who did what."""

    event: Event
    who: str
    what: str


class FilterForm(PlainForm):
    """Whose entries, of what kind, from when until when."""

    who = forms.ChoiceField(required=False, label=later("Who?"))
    what = forms.ChoiceField(required=False, label=later("What about?"), choices=[("", later("Everything"))])
    first = forms.DateField(
        required=False, label=later("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        required=False, label=later("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = [(f"person:{person.pk}", person.name) for person in people]
        cast(forms.ChoiceField, self.fields["who"]).choices = [
            ("", _("Everybody")),
            *who,
            ("system", _("whoever runs this server")),
        ]
        cast(forms.ChoiceField, self.fields["what"]).choices = [("", _("Everything")), *GROUPS.items()]


class CheckForm(PlainForm):
    """From which case on; 0 is the whole record from its beginning."""

    after = forms.IntegerField(min_value=0, max_value=2**31, widget=forms.HiddenInput)


@officer(*READERS)
@require_safe
def audit(request: OfficerRequest) -> HttpResponse:
    """Show the register, the newest entry first; or lead to the events of the case that was typed."""
    number = request.GET.get("case", "").strip()
    if not number:
        return _page(request)
    found = _case_of(request, number)
    return go(request, "audit_case", case=found.pk) if found else _page(request, no_case=number)


@officer(*READERS)
@require_safe
def register_csv(request: OfficerRequest) -> HttpResponse:
    """Give the entries that the filter leaves as a table in a file, the oldest first."""
    note_access(request.org, "register, as a file", by=request.person, at=request.now)
    rows = _rows(request, _filtered(request, _form(request)).order_by("seq"))
    head = [_("number"), _("when (UTC)"), _("who"), _("step"), _("what"), _("hash")]
    return table_response(f"{request.org.slug}-register.csv", head, rows)


@officer(*READERS)
@require_POST
def checks(request: OfficerRequest) -> HttpResponse:
    """Verify a stretch of the record, write down what came of it, and show it."""
    form = CheckForm(request.POST)
    if not form.is_valid():
        return _page(request, refused=form)
    checked, faults = check(request.org, after=form.cleaned_data["after"])
    done = attempt(form, lambda: note_check(request.org, checked, by=request.person, at=request.now))
    if done is None:
        return _page(request, refused=form)
    if faults:
        return _page(request, faults=[f"{one.where}: {one.what}" for one in faults])
    messages.success(request, _("What was looked at is as it was written."))
    return go(request, "audit")


@officer(*READERS)
@require_safe
def case(request: OfficerRequest, case: int) -> HttpResponse:
    """Show the events of one case: who, when and what, without anybody's words."""
    found = _the_case(request, case)
    before = _number(request)
    events = found.events.order_by("-seq")
    lines = lines_of(found, events.filter(seq__lt=before)[: PAGE + 1] if before else events[: PAGE + 1])
    note_access(request.org, "events", by=request.person, at=request.now, case=found)
    context = {"case": found, "lines": lines[:PAGE], "more": lines[PAGE - 1].seq if len(lines) > PAGE else 0}
    return render(request, "administration/audit_case.html", context)


@officer(*READERS)
@require_safe
def case_csv(request: OfficerRequest, case: int) -> HttpResponse:
    """Give the events of one case as a table in a file, the oldest first."""
    found = _the_case(request, case)
    note_access(request.org, "events, as a file", by=request.person, at=request.now, case=found)
    head = [_("number"), _("when (UTC)"), _("who"), _("step"), _("what"), _("hash")]
    lines = lines_of(found, found.events.order_by("seq"))
    rows = ([str(one.seq), _utc(one.at), one.who, one.step, one.what, one.hash] for one in lines)
    return table_response(f"case-{found.pk}-events.csv", head, rows)


def _page(
    request: OfficerRequest, *, refused: PlainForm | None = None, faults: list[str] | None = None, no_case: str = ""
) -> HttpResponse:
    form = _form(request)
    before = _number(request)
    entries = _filtered(request, form).order_by("-seq")
    found = list((entries.filter(seq__lt=before) if before else entries)[: PAGE + 1])
    shown, last = found[:PAGE], last_check(request.org)
    names, people = names_in(request.org, shown), people_named([event.by for event in shown])
    chosen = {name: value for name, value in request.GET.items() if name in form.fields and value}
    context = {
        "lines": [Line(event, people[event.by], said(event, names)) for event in shown],
        "form": form,
        "chosen": urlencode(chosen),
        "more": shown[-1].seq if len(found) > PAGE else 0,
        "is_later": bool(before),
        "last_check": last,
        "last_by": people_named([last.by])[last.by] if last else "",
        "refused": refused,
        "faults": faults,
        "no_case": no_case[:20],
    }
    return render(request, "administration/audit.html", context, status=422 if refused else 200)


def _form(request: OfficerRequest) -> FilterForm:
    return FilterForm(request.GET or None, people=Person.objects.within(request.org).order_by("name"))


def _filtered(request: OfficerRequest, form: FilterForm) -> QuerySet[Event]:
    entries = Event.objects.within(request.org).filter(case=None)
    if not form.is_bound or not form.is_valid():
        return entries
    asked = form.cleaned_data
    if asked["who"]:
        entries = entries.filter(by=asked["who"])
    if asked["what"]:
        entries = entries.filter(step__in=steps_of(asked["what"]))
    zone = ZoneInfo(request.org.zone)
    if asked["first"]:
        entries = entries.filter(at__gte=datetime.combine(asked["first"], time(), zone))
    if asked["last"]:
        entries = entries.filter(at__lt=datetime.combine(asked["last"] + timedelta(days=1), time(), zone))
    return entries


def _rows(request: OfficerRequest, entries: QuerySet[Event]) -> Iterator[list[str]]:
    seen = 0
    while batch := list(entries.filter(seq__gt=seen)[:BATCH]):
        names, people = names_in(request.org, batch), people_named([event.by for event in batch])
        for event in batch:
            what = said(event, names) if event.step in SAYINGS else event.step
            yield [str(event.seq), _utc(event.at), people[event.by], event.step, what, event.hash]
        seen = batch[-1].seq


def _the_case(request: OfficerRequest, number: int) -> Case:
    found = _case_of(request, str(number))
    if found is None:
        raise Http404
    return found


def _case_of(request: OfficerRequest, typed: str) -> Case | None:
    """Return the case with the number that was typed, unless there is none, or it is closed to whoever asks."""
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        return None
    found = Case.objects.within(request.org).select_related("org").filter(pk=int(typed)).first()
    return None if found is None or closed(found, request.person) else found


def _number(request: OfficerRequest) -> int:
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
