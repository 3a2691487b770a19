"""After sign-in: what waits for me? Three lists at most, each with its one action."""

from collections.abc import Sequence
from datetime import date
from itertools import islice

from django.db.models import Count, Max, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from folkmoot.casefile.models import Case, Duty, Paper
from folkmoot.members.models import Cover, Person
from folkmoot.outbox.models import Task
from folkmoot.outbox.to_do import to_do
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Role, Stage
from folkmoot.steps.find_later import found_later
from folkmoot.steps.looking_after import places_of
from folkmoot.steps.many import written_by
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.counting import counts_of
from folkmoot.web.covers import lines
from folkmoot.web.desk.by_hand import sentence
from folkmoot.web.desk.fitting import open_to
from folkmoot.web.desk.for_whom import for_others_than, theirs
from folkmoot.web.desk.going import READERS
from folkmoot.web.desk.keyed import in_order, most_urgent_first
from folkmoot.web.desk.reviews_open import reviews_waiting, to_decide_afresh
from folkmoot.web.desk.rows import TO_ANSWER, Row, full, new_copies, rows
from folkmoot.web.desk.stakes import closed_to
from folkmoot.web.look.moments import local_day

SHOWN = 5
LOOKED_AT = 40  # cases that are looked through for those this reader may take


@officer()
def home(request: OfficerRequest) -> HttpResponse:
    """Show the cases, the tasks and the minutes that wait for this person."""
    todo = to_do(request.org).select_related("platform", "post__account", "paper", "measure__account")
    # first what everybody can see, then letters: each in the order of an index
    others, letters = todo.exclude(op=Task.Op.HAND_OVER_NOTICE), todo.filter(op=Task.Op.HAND_OVER_NOTICE)
    tasks = [one for some in (others, letters) for one in some.order_by("made_at", "pk")[: SHOWN + 1]][: SHOWN + 1]
    cases = _cases(request)
    minutes, before, calls = _minutes(request), _before_executive(request), Role.SECRETARY in request.offices
    first_time = not Case.objects.within(request.org).exists()
    context = {
        "cases": cases,
        "tasks": [(task, sentence(task)) for task in tasks[:SHOWN]],
        "more_tasks": len(tasks) > SHOWN,
        "acting": lines(Cover.objects.running(at=request.now).filter(covering=request.person), now=request.now),
        "minutes": minutes,
        "to_convene": before if calls else [],
        "before": [] if calls else before,
        "reviews": reviews_waiting(request),
        "afresh": to_decide_afresh(request),
        "copies": _copies(request),
        "reads_cases": bool(request.offices & set(READERS)),
        "first_time": first_time,
        "late": _late(request),
    }
    return render(request, "desk/home.html", context)


def _cases(request: OfficerRequest) -> list[Row]:
    """Return the reader's own cases first, then those nobody has: urgent, due first, of places they look after."""
    if not request.offices & set(READERS):
        return []
    every = Case.objects.within(request.org)
    looks = Duty.objects.filter(owed=Owed.LOOK_AFTER, met_at=None)  # few: the organisation's are picked by their cases
    looked_at = every.filter(pk__in=looks.filter(holder__in=sorted(request.offices)).values("case"))
    looked_at = looked_at.exclude(stage__in=TO_ANSWER)
    nobodys = theirs(request, every.filter(claimed_by=None))
    mine = _first(request, every.filter(claimed_by=request.person), TO_ANSWER, SHOWN)
    free = _first(request, nobodys, TO_ANSWER, LOOKED_AT)
    if looks.exists():
        mine += _first(request, looked_at.filter(claimed_by=request.person), (), SHOWN)
        free += _first(request, theirs(request, looked_at.filter(claimed_by=None)), (), LOOKED_AT)
    places = places_of(request.person, at=request.now)
    free.sort(key=lambda case: (not case.urgent, _day_due(case), case.platform_id not in places))
    found = rows(request, [*mine[:SHOWN], *free[:LOOKED_AT]])
    others = for_others_than([row.case for row in found], request)
    own = (row for row in found if not row.stake.barred and row.case.pk not in others)
    return list(islice(own, SHOWN))


def _late(request: OfficerRequest) -> int:
    """Return how many answers are late in the whole organisation: the Secretary's question."""
    if Role.SECRETARY not in request.offices:
        return 0
    waiting = open_to(request).filter(stage__in=TO_ANSWER, urgent__in=[True, False], due_at__lt=request.now)
    return counts_of({"late": waiting})["late"]


def _first(request: OfficerRequest, cases: QuerySet[Case], stages: Sequence[Stage], most: int) -> list[Case]:
    """Return the most urgent `most` of `cases`, with all that a row is made of."""
    numbers = [place.number for place in most_urgent_first(cases, stages, most=most)]
    return in_order(full(request.org.pk, numbers), numbers)


def _day_due(case: Case) -> date:
    return local_day(case.due_at) if case.due_at else date.max


def _copies(request: OfficerRequest) -> list[tuple[int, str]]:
    """Return the cases, by number, with what has come since and hangs together with what was removed there (Md)."""
    if not request.offices & set(READERS):
        return []
    counts = found_later(request.org).values("root").annotate(n=Count("pk"), newest=Max("found_at"))
    newest, closed = list(counts.order_by("-newest")[:LOOKED_AT]), closed_to(request.person)
    barred = closed.among(row["root"] for row in newest)
    return [(row["root"], new_copies(row["n"])) for row in newest if row["root"] not in barred][:SHOWN]


def _minutes(request: OfficerRequest) -> list[Case]:
    if Role.EXECUTIVE not in request.offices:
        return []
    minuted = Case.objects.within(request.org).filter(stage=Stage.MINUTED).order_by("settles_at")
    papers = Paper.objects.filter(case__in=minuted.values("pk"), kind=Paper.Kind.MINUTE).order_by("number")
    newest = {paper.case_id: paper for paper in papers.prefetch_related("answered_by")}
    return [case for case in minuted if _asks(newest[case.pk], request.person)]


def _asks(minute: Paper, person: Person) -> bool:
    """Say whether `person` sat and has not confirmed yet; the minute comes with what answers it."""
    answers = [one for one in minute.answered_by.all() if one.kind == Paper.Kind.CONFIRMATION]
    confirmed = {*minute.facts["confirmed"], *(one.facts["person"] for one in answers)}
    return str(person.pk) in minute.facts["votes"] and person.pk not in confirmed


def _before_executive(request: OfficerRequest) -> list[Case]:
    """Return the cases that the Executive owes its word on, for those who sit and those who call it together."""
    if not request.offices & {Role.SECRETARY, Role.EXECUTIVE}:
        return []
    waiting = Case.objects.within(request.org).filter(stage=Stage.BEFORE_EXECUTIVE)
    return list(waiting.exclude(pk__in=written_by(request.org, request.person)).order_by("due_at")[:SHOWN])
