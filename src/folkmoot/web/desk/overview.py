"""Where is the branch late? What is overdue or due soon, what to convene, who is there, and how it goes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncWeek
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from folkmoot.casefile.models import Case, Duty, Paper
from folkmoot.members.models import Cover, Person
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Role, Stage
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.counting import counts_of
from folkmoot.web.covers import lines
from folkmoot.web.desk.asked import asked_by
from folkmoot.web.desk.fitting import fits, open_to, own_cases
from folkmoot.web.desk.going import READERS
from folkmoot.web.desk.keyed import in_order, most_urgent_first
from folkmoot.web.desk.plots import Values, plots
from folkmoot.web.desk.rows import TO_ANSWER, full, rows

SHOWN = 5
WEEKS = 12
_AGES = (1, 3, 6, 11, 31)  # days: younger than the first, then up to each, then older


@require_safe
@officer(*READERS)
def overview(request: OfficerRequest) -> HttpResponse:
    """Show how things stand in the whole organisation."""
    every = open_to(request)
    week = request.now + timedelta(days=7)
    due = every.filter(stage__in=TO_ANSWER, urgent__in=[True, False])
    lists = {
        "overdue": due.filter(due_at__lt=request.now),
        "soon": due.filter(due_at__gte=request.now, due_at__lt=week),
        "free": every.filter(stage__in=TO_ANSWER, claimed_by=None),
        "added": _added(request, every),
        "convene": _to_convene(every),
    }
    waiting, answered = plots(ages(every, now=request.now, zone=request.org.zone), answers(request))
    context = {
        "counts": counts_of(lists),
        "overdue": _first(request, every.filter(fits(request, asked_by(QueryDict("only=overdue"))))),
        "soon": _first(request, every.filter(due_at__gte=request.now, due_at__lt=week)),
        "added": list(_added(request, every).order_by("due_at", "pk")[:SHOWN]),
        "convene": list(_to_convene(every).order_by("due_at", "pk")[:SHOWN]),
        "people": _people(request),
        "covers": lines(Cover.objects.running(at=request.now).filter(org=request.org), now=request.now),
        "ages": waiting,
        "answers": answered,
        "alike": waiting.most == answered.most,
    }
    return render(request, "desk/overview.html", context)


def ages(every: QuerySet[Case], *, now: datetime, zone: str) -> Values:
    """Return how long the cases that wait have waited.

    Cases are numbered as they come, so it is counted between numbers, in an index that holds nothing else.
    """
    today = now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    starts = [today - timedelta(days=days - 1) for days in _AGES]
    firsts = [_first_number(every, start) for start in starts]
    waiting = every.filter(stage__in=TO_ANSWER)
    younger = [waiting.filter(pk__gte=first).count() if first else 0 for first in firsts]
    younger.append(waiting.count())
    words = [
        (_("today"), _("Opened today")),
        (_("1–2 d"), _("1 to 2 days")),
        (_("3–5 d"), _("3 to 5 days")),
        (_("6–10 d"), _("6 to 10 days")),
        (_("11–30 d"), _("11 to 30 days")),
        (_("older"), _("Longer than 30 days")),
    ]
    counts = [many - fewer for many, fewer in zip(younger, [0, *younger], strict=False)]
    return [(short, named, count, 0) for (short, named), count in zip(words, counts, strict=True)]


def answers(request: OfficerRequest) -> Values:
    """Return how many answers were given in each of the last weeks, on time and late."""
    zone = ZoneInfo(request.org.zone)
    monday = request.now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    monday -= timedelta(days=monday.weekday())
    weeks = [monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    met = Duty.objects.within(request.org).filter(met_at__gte=weeks[0]).exclude(owed=Owed.SUBMISSION)
    met = met.exclude(case__in=own_cases(request))  # D9: how many reported it is no author's to know
    by_week = met.annotate(week=TruncWeek("met_at", tzinfo=zone)).values("week")
    # somebody else was added where the first who was asked had let their time pass
    late = Count("paper", distinct=True, filter=Q(lapsed_at__isnull=False))
    found = {row["week"].date(): (row["n"], row["late"]) for row in by_week.annotate(n=_PAPERS, late=late)}
    drawn = []
    for week in weeks:
        given, not_in_time = found.get(week.date(), (0, 0))
        said = date_format(week, "j F")
        drawn.append((date_format(week, "j M"), _("Week of %(day)s") % {"day": said}, given - not_in_time, not_in_time))
    return drawn


_PAPERS = Count("paper", distinct=True)


def _first_number(every: QuerySet[Case], start: datetime) -> int:
    """Return the number of the first case that was opened from `start` on; 0 for none."""
    return every.filter(opened_at__gte=start).order_by("opened_at", "pk").values_list("pk", flat=True).first() or 0


def _first(request: OfficerRequest, cases: QuerySet[Case]) -> Sequence[Any]:
    numbers = [place.number for place in most_urgent_first(cases, TO_ANSWER, most=SHOWN)]
    return rows(request, in_order(full(request.org.pk, numbers), numbers))


def _added(request: OfficerRequest, every: QuerySet[Case]) -> QuerySet[Case]:
    """Return the cases in which somebody let the time pass, so that another was added, and nobody has answered yet."""
    passed = Duty.objects.within(request.org).filter(met_at=None, lapsed_at__isnull=False)
    return every.filter(pk__in=passed.values("case"), stage__in=TO_ANSWER)


def _to_convene(every: QuerySet[Case]) -> QuerySet[Case]:
    """Return the cases before the Executive for which no meeting was called."""
    called = Paper.objects.filter(case=OuterRef("pk"), kind=Paper.Kind.CONVENING)
    return every.filter(~Exists(called), stage=Stage.BEFORE_EXECUTIVE)


def _people(request: OfficerRequest) -> list[tuple[Person, int]]:
    """Return the moderators, and how many cases each has."""
    moderators = Person.objects.holding(request.org, Role.MODERATOR, at=request.now).order_by("name", "pk")
    held = (
        Case.objects.within(request.org)
        .filter(claimed_by__in=moderators, stage__in=TO_ANSWER)
        .exclude(pk__in=own_cases(request))
    )
    counts = dict(held.values("claimed_by").annotate(n=Count("pk")).values_list("claimed_by", "n"))
    return [(person, counts.get(person.pk, 0)) for person in moderators]
