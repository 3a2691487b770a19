"""Undo: what somebody has just decided is taken back, from the case or for many at once, while nothing has left."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from folkmoot.casefile.models import Case, Event, Paper
from folkmoot.casefile.record import label
from folkmoot.kernel.errors import FolkmootError, NotPermitted
from folkmoot.kernel.text import whole_number
from folkmoot.members.models import Person
from folkmoot.members.prepared import prepared
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import CAN_BE_UNDONE, TAKES_AWAY
from folkmoot.steps.issue import read_decision
from folkmoot.steps.undo import undo, undoable
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.going import READERS, SeeOther, address, go, the_case
from folkmoot.web.desk.measure_fields import until_name

MOST = 50  # cases at once


@dataclass(frozen=True)
class Offer:
    """What can be taken back, and for how long."""

    cases: list[int]
    paper: int  # the number of the paper, where it is one case
    until: datetime
    seconds: int
    along: int = 0  # how many posts that went with it are taken back too


@require_POST
@officer(*READERS)
def take_back(request: OfficerRequest, case: int) -> HttpResponse:
    """Take back what was just decided in one case."""
    found = the_case(request, case)
    read = whole_number(request.POST.get("paper", ""), digits=9)
    try:
        along = undoable(found, request.person, at=request.now).along
        undo(found.pk, by=request.person, at=request.now, read=read)
    except FolkmootError as error:
        messages.error(request, str(error))
        return SeeOther(address(request, "case", case=found.pk))
    return go(request, "case", say=_done(found, along=len(along)), case=found.pk)


@require_POST
@officer(*READERS)
def take_back_many(request: OfficerRequest) -> HttpResponse:
    """Take back what was just decided in several cases; each goes by itself, and what stays says why."""
    numbers = [number for one in request.POST.getlist("case") if (number := whole_number(one)) is not None]
    undone = 0
    for case in Case.objects.within(request.org).filter(pk__in=numbers[:MOST]).order_by("pk"):
        if case.papers.filter(kind=Paper.Kind.UNDO, by=label(request.person), at=request.now).exists():
            undone += 1  # it went with one before, and is taken back with that
            continue
        try:
            undo(case.pk, by=request.person, at=request.now)
        except FolkmootError as error:
            messages.error(request, _("Case %(number)d: %(why)s") % {"number": case.pk, "why": error})
        else:
            undone += 1
    if undone:
        said = ngettext(
            "%(n)d case is as it was before. No letter about it has left.",
            "%(n)d cases are as they were before. No letter about them has left.",
            undone,
        )
        messages.success(request, said % {"n": undone})
    return go(request, "queue")


def offer(request: OfficerRequest, case: Case) -> Offer | None:
    """Return what the reader can still take back in the case, or `None`."""
    try:
        found = undoable(case, request.person, at=request.now)
    except NotPermitted:
        return None
    seconds = _seconds(found.until, request.now)
    return Offer([case.pk], found.paper.number, found.until, seconds, along=len(found.along))


def offer_of_many(request: OfficerRequest) -> Offer | None:
    """Return what the reader decided in the last minute, whatever the case, while it can be taken back."""
    since = request.now - timedelta(seconds=settings.UNDO_SECONDS)
    # a person is of one organisation; asked for that as well, SQLite would go through all of its events
    mine = {number for number in _lately(since, label(request.person)) if number}
    numbers, until = [], []
    for case in Case.objects.filter(pk__in=mine).order_by("pk")[:MOST] if mine else ():
        found = offer(request, case)
        if found:
            numbers.append(case.pk)
            until.append(found.until)
    return Offer(numbers, 0, min(until), _seconds(min(until), request.now)) if numbers else None


@prepared
def _lately(since: datetime, by: str) -> QuerySet[Event, int | None]:
    lately = Event.objects.filter(at__gt=since, by=by, step__in=CAN_BE_UNDONE)
    return lately.order_by("-at").values_list("case", flat=True)


def written_before(case: Case, person: Person) -> dict[str, Any]:
    """Return what `person` had written in a decision that they took back, as the form's first values.

    Nobody types twice what they only wanted to mend.
    """
    last = case.papers.filter(kind=Paper.Kind.UNDO).select_related("answers").order_by("number").last()
    if last is None or last.by != label(person) or last.answers is None:
        return {}
    if last.answers.kind not in (Paper.Kind.DECISION, Paper.Kind.PROPOSAL):
        return {}
    said = read_decision(last.answers)
    first: dict[str, Any] = {
        "outcome": said.outcome,
        "reasons": said.reasons,
        "passage": said.passage,
        "codes": list(said.codes),
        "aimed_at": said.aimed_at,
        "clarity": said.clarity,
        "severity": said.severity,
        "intent": said.intent,
        "correction": said.correction,
        "route": said.route or "",
        "measures": [one.kind for one in said.measures],
    }
    return first | {until_name(one.kind): one.until for one in said.measures}


def _done(case: Case, *, along: int) -> str:
    said = _("Taken back. No letter has left, and the case is as it was.")
    if along:
        with_it = ngettext("So is %(n)d post that went with it.", "So are %(n)d posts that went with it.", along)
        said = f"{said} {with_it % {'n': along}}"
    if case.tasks.filter(op=Task.Op.LOOK, state=Task.State.OPEN).exists():
        return f"{said} {_('Somebody had opened the task: please look whether the post is still there.')}"
    undone = case.papers.filter(answered_by__kind=Paper.Kind.UNDO).order_by("number").last()
    if undone and undone.kind == Paper.Kind.DECISION and undone.facts["outcome"] in TAKES_AWAY:
        return f"{said} {_('If you had taken the post down already, please put it back.')}"
    return said


def _seconds(until: datetime, now: datetime) -> int:
    return max(1, int((until - now).total_seconds()))
