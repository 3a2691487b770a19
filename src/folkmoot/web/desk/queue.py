"""The queue: what must I do next, and why."""

import statistics
from datetime import timedelta
from functools import lru_cache, partial
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from folkmoot.archive.models import Platform
from folkmoot.casefile.models import Case, Duty
from folkmoot.members.prepared import prepared
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Lane, ReportKind, Role, Stage
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.counting import Statement, counted, counts_of, newest_first, statement
from folkmoot.web.desk import words
from folkmoot.web.desk.asked import PILES, TOGGLES, Asked, Pile, asked_by
from folkmoot.web.desk.fitting import fits, open_to, own_cases, own_places, turned_on
from folkmoot.web.desk.going import READERS
from folkmoot.web.desk.keyed import PAGE, in_order, page_by_key, sliced, worst_first
from folkmoot.web.desk.lanes import LANES
from folkmoot.web.desk.live import news_address
from folkmoot.web.desk.many import done_with_many
from folkmoot.web.desk.rows import full, rows
from folkmoot.web.desk.taken_back import offer_of_many
from folkmoot.web.desk.views import views_of


@officer(*READERS)
def queue(request: OfficerRequest) -> HttpResponse:
    """Show one page of the cases that are asked for."""
    asked = asked_by(request.GET)
    every = open_to(request)
    found = every.filter(fits(request, asked))
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    # a search goes through everything, wherever it lies
    stages = () if asked.words else asked.pile.stages
    closed, due = asked.pile.closed, asked.overdue
    if asked.worst and not closed:
        page = sliced(partial(worst_first, found, stages), size=PAGE, after=after, before=before)
    else:
        page = page_by_key(found, stages, closed=closed, size=PAGE, after=after, before=before, due=due)
    shown = rows(request, in_order(full(request.org.pk, page.numbers), page.numbers))
    views = views_of(request, asked)
    return render(
        request,
        "desk/queue.html",
        {
            "asked": asked,
            "chips": _chips(request, asked, every),
            "fitting": counts_of({"found": found})["found"] if asked.words else 0,
            "menus": _menus(request, asked),
            "order": "" if closed else asked.but(worst=not asked.worst),
            "without_words": asked.but(words=""),
            "without_narrowing": f"?{Asked(asked.pile, worst=asked.worst).query}",
            "rows": shown,
            "spam_here": any(row.spam for row in shown),
            "page": page,
            "median": None if shown or asked.narrowed else median_answer(request),
            "undo": offer_of_many(request),
            "views": views,
            "shown_view": any(on for _name, _to, on in views),
            "news": news_address(request, asked, page.numbers),
            "back": done_with_many(request),
        },
    )


def median_answer(request: OfficerRequest) -> timedelta | None:
    """Return how long reports of the last 90 days waited for their answer, or `None` when none was answered."""
    since = request.now - timedelta(days=90)
    met = Duty.objects.within(request.org).filter(owed=Owed.REPORT, holder=Role.MODERATOR, met_at__gt=since)
    own = own_cases(request)
    met = met.exclude(case__in=own) if own else met
    spans = [(ended - asked).total_seconds() for asked, ended in met.values_list("since", "met_at")[:1000] if ended]
    return timedelta(seconds=statistics.median(spans)) if spans else None


def _chips(request: OfficerRequest, asked: Asked, every: QuerySet[Case]) -> dict[str, list[dict[str, Any]]]:
    """Return the piles and what narrows the one that is shown, each with how many lie there; in one question."""
    offered = [name for name in TOGGLES if name != "places" or own_places(request)]
    late = every.filter(asked.pile.at & asked.pile.where, due_at__lt=request.now)
    # in an index both are found by when they are due
    late_ones = {urgent: late.filter(urgent__in=[urgent]).order_by("due_at") for urgent in (True, False)}
    own, places = frozenset(own_cases(request)), frozenset(own_places(request))
    found = counted(
        {
            **_of_piles(connection.vendor, request.org.pk, own),
            **_of_toggles(connection.vendor, request.org.pk, own, asked.pile, request.person.pk, places),
            **{f"overdue {urgent}": statement(rows) for urgent, rows in late_ones.items()},
        }
    )
    counts = {**found, "overdue": found["overdue True"] + found["overdue False"]}
    for pile in PILES:
        counts[pile.name] = sum(found[stage] for stage in pile.stages) if pile.stages else found[pile.name]
    return {
        "piles": [
            {"to": asked.but(pile=pile, words=""), "label": pile.label, "on": on, "count": counts[pile.name]}
            for pile in PILES
            if (on := pile is asked.pile and not asked.words) or pile.always or counts[pile.name]
        ],
        "toggles": [
            {"to": asked.but(**_toggled(asked, name)), "label": TOGGLES[name], "on": on, "count": counts[name]}
            for name in offered
            if (on := getattr(asked, name)) or counts[name]
        ],
    }


@lru_cache(maxsize=64)  # put together once, not for each page
def _of_piles(_vendor: str, org: int, own: frozenset[int]) -> dict[str, Statement | None]:
    """Return what counts the cases at each stage, and in each pile that lies across the stages."""
    every = Case.objects.filter(org=org).exclude(pk__in=own) if own else Case.objects.filter(org=org)
    stages = {str(stage): statement(every.filter(stage=stage).order_by("-pk")) for stage in Stage}
    return stages | {pile.name: statement(every.filter(pile.where)) for pile in PILES if not pile.stages}


@lru_cache(maxsize=1024)
def _of_toggles(
    _vendor: str, org: int, own: frozenset[int], pile: Pile, person: int, places: frozenset[int]
) -> dict[str, Statement | None]:
    """Return what counts the cases of a pile that are the reader's, nobody's and of their places."""
    every = Case.objects.filter(org=org).exclude(pk__in=own) if own else Case.objects.filter(org=org)
    here = every.filter(pile.at & pile.where)
    fewer = {name: here.filter(turned_on(name, person=person, places=places)) for name in ("mine", "free", "places")}
    return {name: statement(newest_first(rows)) for name, rows in fewer.items()}


@prepared
def _places(org: int) -> QuerySet[Platform, tuple[int, str]]:
    return Platform.objects.filter(org=org).order_by("name").values_list("pk", "name")


def _toggled(asked: Asked, name: str) -> dict[str, bool]:
    against = {"mine": "free", "free": "mine"}
    turned = {name: not getattr(asked, name)}
    return turned | ({against[name]: False} if name in against else {})


def _menus(request: OfficerRequest, asked: Asked) -> list[dict[str, Any]]:
    """Return the longer lists of what the pile can be narrowed by."""
    places = dict(_places(request.org.pk))
    menus: tuple[tuple[str, Any, Any, dict[Any, Any]], ...] = (
        ("place", words.MENUS["place"], asked.place, places),
        ("kind", words.MENUS["kind"], asked.kind, {kind: words.KINDS[kind] for kind in ReportKind}),
        ("lane", words.MENUS["lane"], asked.lane, {lane: LANES[lane] for lane in Lane}),
    )
    found = []
    for name, label, chosen, choices in menus:
        without = asked.but(**{name: None})
        begun = without if without == "?" else f"{without}&"
        if len(choices) > 1 or chosen:
            to = [(f"{begun}{name}={key}", said) for key, said in choices.items()]
            found.append({"label": label, "chosen": choices.get(chosen), "without": without, "choices": to})
    return found
