"""Saying when and where the Executive hears a case, and the meeting as an entry for a calendar."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_safe

from folkmoot.casefile.models import Case, Paper
from folkmoot.procedure.words import Stage, Step
from folkmoot.steps.convene import Meeting, convene, meeting_of, why_not_convene
from folkmoot.steps.seen import caught_up, took_already
from folkmoot.steps.sitting import bench
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.calendars import Entry, calendar_file
from folkmoot.web.desk.going import SeeOther, is_open_to, note_reading
from folkmoot.web.drafts import arrived
from folkmoot.web.forms import Line, StepForm, attempt
from folkmoot.web.look.widgets import ChoiceCards
from folkmoot.web.panel.bundle import executive_case
from folkmoot.web.panel.home import SITS

WHERE_LIMIT = 300
LASTS = timedelta(hours=1)  # in a calendar: nobody says beforehand how long a hearing takes


class HearingForm(StepForm):
    """As a panel or at the ordinary meeting; when, and where."""

    how = forms.ChoiceField(
        label=later("How is it heard?"),
        choices=[("panel", later("By a panel")), ("ordinary", later("At the Executive’s ordinary meeting"))],
        initial="panel",
        widget=ChoiceCards(
            hints={
                "panel": str(later("Members meet for this case alone.")),
                "ordinary": str(later("It is one item of a meeting that takes place anyway, and minuted there.")),
            }
        ),
    )
    day = forms.DateField(
        label=later("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": later("Please give the date as day, month and year.")},
    )
    time = forms.TimeField(
        label=later("At what time?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": later("Please give the time as hours and minutes, such as 19:30.")},
    )
    where = Line(
        limit=WHERE_LIMIT,
        label=later("Where?"),
        help_text=later("A room and its address, or how to call in. Only those who are called read it."),
    )

    def meeting(self, zone: str) -> Meeting:
        """Return what was said, once the form is valid."""
        given = self.cleaned_data
        meets_at = datetime.combine(given["day"], given["time"], tzinfo=ZoneInfo(zone))
        return Meeting(meets_at.astimezone(UTC), given["where"], ordinary=given["how"] == "ordinary")


@officer(*SITS)
def hearing(request: OfficerRequest, case: int) -> HttpResponse:
    """Show the form; then convene."""
    found = executive_case(request, case)
    back = SeeOther(reverse("panel:case", kwargs={"org": request.org.slug, "case": found.pk}))
    if not is_open_to(found, request):
        return back
    form = HearingForm(request.POST if request.method == "POST" else None, seen=found.seq)
    if request.method == "POST" and form.is_valid():
        if took_already(found, Step.CONVENE, request.person, form.cleaned_data["seen"]):
            return back
        if attempt(form, lambda: _convene(request, found, form)):
            arrived(request, _("Said. Everybody who may sit is told when and where."))
            return back
    why = why_not_convene(found, request.person, at=request.now)
    if why and not form.is_bound:
        messages.error(request, why)
        return back
    note_reading(request, "hearing", found)
    context = {
        "case": found,
        "form": form,
        "members": bench(found, at=request.now).members,
        "before": meeting_of(found),
    }
    return render(request, "panel/hearing.html", context, status=422 if form.errors else 200)


@require_safe
@officer(*SITS)
def calendar(request: OfficerRequest, case: int) -> HttpResponse:
    """Return the meeting for a calendar; it names the case by its number only."""
    found = executive_case(request, case)
    said = meeting_of(found)
    if said is None or found.stage != Stage.BEFORE_EXECUTIVE or not is_open_to(found, request):
        raise Http404
    path = reverse("panel:case", kwargs={"org": request.org.slug, "case": found.pk})
    address = f"{settings.FOLKMOOT_URL}{path}"  # never of a `Host` that whoever asked has written
    answer = HttpResponse(entry(found, said, address=address, now=request.now), content_type="text/calendar")
    answer["Content-Disposition"] = f'attachment; filename="case-{found.pk}.ics"'
    return answer


def entry(case: Case, said: Paper, *, address: str, now: datetime) -> str:
    """Return the meeting as a file for a calendar."""
    starts = datetime.fromisoformat(said.facts["meets_at"])
    summary = _("The Executive hears case %(number)s") % {"number": case.pk}
    where = said.words.get("where", "")
    meeting = Entry(said.hash[:32], summary, starts, starts + LASTS, url=address, location=where)
    return calendar_file([meeting], now=now)


def _convene(request: OfficerRequest, case: Case, form: HearingForm) -> Paper:
    seen = caught_up(case, form.cleaned_data["seen"])
    return convene(case.pk, form.meeting(case.org.zone), by=request.person, at=request.now, seen=seen)
