"""Time limits and meetings in one's own calendar, by a private address that can be ended."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from folkmoot.casefile.models import Case, Duty, Paper
from folkmoot.kernel.errors import OpensNothing
from folkmoot.members.models import Person
from folkmoot.pinboard.calendar import calendar_of, end_calendar, new_calendar, secret_of, whose_calendar
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Role, Stage
from folkmoot.steps.convene import meeting_of
from folkmoot.steps.many import Standings, written_by
from folkmoot.web.access import OfficerRequest, OrgRequest, officer, token_page
from folkmoot.web.calendars import Entry, calendar_file
from folkmoot.web.desk.going import READERS, go
from folkmoot.web.limits import few_wrong

MOST = 200  # time limits, and as many meetings
_LASTS = timedelta(hours=1)
_LATE = time(23)  # what is due later in the day is due on that day


@officer(*READERS)
def calendar(request: OfficerRequest) -> HttpResponse:
    """Show the private address; make a new one, or end it."""
    if request.method == "POST" and "end" in request.POST:
        end_calendar(request.person, at=request.now)
        return go(request, "calendar", say=_("The address opens nothing any more."))
    if request.method == "POST":
        new_calendar(request.person, at=request.now)
        return go(request, "calendar", say=_("Here is your address. Please keep it to yourself."))
    link = calendar_of(request.person)
    path = reverse("public:calendar", kwargs={"org": request.org.slug, "calendar": secret_of(link)}) if link else ""
    context = {"link": link, "address": f"{settings.FOLKMOOT_URL}{path}" if path else ""}
    return render(request, "desk/calendar.html", context)


@token_page
@require_safe
def subscribed(request: OrgRequest, calendar: str) -> HttpResponse:
    """Return the calendar that the address opens; it names cases by their numbers only."""
    try:
        with few_wrong(request, "calendar", count_limit=settings.LOOKUPS_PER_HOUR):
            person = whose_calendar(request.org, calendar)
            if person is None or not person.offices(at=request.now) & set(READERS):
                raise OpensNothing(_("This address opens no calendar."))
    except OpensNothing:
        raise Http404 from None
    name = _("%(org)s: time limits") % {"org": request.org.name}
    text = calendar_file([*_limits(person, request.now), *_meetings(person, request.now)], now=request.now, name=name)
    answer = HttpResponse(text, content_type="text/calendar")
    answer["Content-Disposition"] = 'inline; filename="folkmoot.ics"'
    return answer


def _limits(person: Person, now: datetime) -> Iterator[Entry]:
    """Yield by when this person may have to answer: not what is closed to them, or what somebody else has in time."""
    offices = sorted(person.offices(at=now) & set(READERS))
    owed = Duty.objects.within(person.org).filter(met_at=None, lapsed_at=None, holder__in=offices)
    owed = owed.exclude(owed=Owed.SUBMISSION).exclude(case__stage=Stage.FINAL)
    owed = owed.filter(Q(case__claimed_by=None) | Q(case__claimed_by=person) | Q(due_at__lt=now))
    told: set[int] = set()
    for duties in _in_parts(owed.select_related("case__post", "case__org")):
        standings = Standings(list({duty.case_id: duty.case for duty in duties}.values()), [person])
        for duty in duties:
            if duty.case_id in told or standings.is_involved(duty.case, person):
                continue
            told.add(duty.case_id)
            yield _limit(duty.case, duty.due_at)
            if len(told) == MOST:
                return


def _in_parts(owed: QuerySet[Duty]) -> Iterator[list[Duty]]:
    """Yield the duties in their order, so many at a time: what is closed to somebody takes nobody's place."""
    ordered, after = owed.order_by("due_at", "pk"), Q()
    while duties := list(ordered.filter(after)[:MOST]):
        yield duties
        last = duties[-1]
        after = Q(due_at__gte=last.due_at) & (Q(due_at__gt=last.due_at) | Q(pk__gt=last.pk))


def _limit(case: Case, due_at: datetime) -> Entry:
    local = due_at.astimezone(ZoneInfo(case.org.zone))
    summary = _("Case %(number)s: an answer is due") % {"number": case.pk}
    address = _address(case, "desk:case")
    uid = f"limit-{case.uid}"
    if local.time() >= _LATE:
        return Entry(uid, summary, local.date(), url=address)
    return Entry(uid, summary, due_at - timedelta(minutes=30), due_at, url=address)


def _meetings(person: Person, now: datetime) -> Iterator[Entry]:
    if not person.offices(at=now) & {Role.SECRETARY, Role.EXECUTIVE}:
        return
    waiting = Case.objects.within(person.org).filter(stage=Stage.BEFORE_EXECUTIVE).select_related("post", "org")
    convened = Paper.objects.filter(case=OuterRef("pk"), kind=Paper.Kind.CONVENING)  # few of those that wait
    cases = list(waiting.filter(Exists(convened)).exclude(pk__in=written_by(person.org, person)).order_by("pk"))
    standings = Standings(cases, [person])
    heard = ((case, meeting_of(case)) for case in cases if not standings.is_involved(case, person))
    for case, said in islice(((case, said) for case, said in heard if said), MOST):
        starts = datetime.fromisoformat(said.facts["meets_at"])
        summary = _("The Executive hears case %(number)s") % {"number": case.pk}
        yield Entry(f"hearing-{case.uid}", summary, starts, starts + _LASTS, url=_address(case, "panel:case"))


def _address(case: Case, view: str) -> str:
    path = reverse(view, kwargs={"org": case.org.slug, "case": case.pk})
    return f"{settings.FOLKMOOT_URL}{path}"  # never of a `Host` that whoever asked has written
