"""The queue as a table: the page's lanes, order and rows, without anybody's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from folkmoot.casefile.models import Case, Paper
from folkmoot.cli.desk.acting import acting
from folkmoot.cli.tables import table
from folkmoot.cli.target import find_place
from folkmoot.cli.words import answer, say
from folkmoot.kernel.errors import BadInput
from folkmoot.steps.many import written_by
from folkmoot.web.access import OfficerRequest
from folkmoot.web.desk.queue import LANES, Lane, Row, most_urgent_first, rows
from folkmoot.web.look.moments import time_left

_COLUMNS = ("Case", "Due", "What", "Place", "Author", "Reports", "Who has it", "Stage")


@dataclass(frozen=True)
class Wanted:
    """Which cases, by lane, place and kind, and how many of them."""

    lane: str = ""
    place: str = ""
    kind: str = ""
    urgent: bool = False
    limit: int = 25


def show(org: str | None, email: str, wanted: Wanted) -> None:
    """List the cases. Raises `BadInput` for a lane or a place that is not there."""
    request = acting(org, email)
    lane = _lane(wanted.lane)
    found = _narrowed(request, _every(request).filter(lane.where(request)), wanted)
    ordered = found.order_by("-opened_at", "-pk") if lane.closed else most_urgent_first(found)
    cases = list(ordered.select_related("platform", "post__account", "claimed_by")[: wanted.limit])
    shown, total = rows(request, cases), found.count()
    table(_COLUMNS, [_cells(request, row) for row in shown])
    said = f"{total} {'case' if total == 1 else 'cases'} in “{lane.label}” ({lane.name})"
    say(f"{said}; these are the first {len(shown)}." if total > len(shown) else f"{said}.")
    answer(lane=lane.name, total=total, cases=[_facts(row) for row in shown])


def show_lanes(org: str | None, email: str) -> None:
    """List the lanes, with how many cases are in each."""
    request = acting(org, email)
    counts = _every(request).aggregate(**{one.name: Count("pk", filter=one.where(request)) for one in LANES})
    table(("Lane", "Cases", "What is in it"), [(one.name, str(counts[one.name]), str(one.label)) for one in LANES])
    answer(lanes=[{"lane": one.name, "label": str(one.label), "cases": counts[one.name]} for one in LANES])


def _lane(name: str) -> Lane:
    for lane in LANES:
        if lane.name == (name or LANES[0].name):
            return lane
    raise BadInput(f"There is no lane {name!r}. There are: {', '.join(one.name for one in LANES)}.", field="lane")


def _every(request: OfficerRequest) -> QuerySet[Case]:
    # D9: a list tells when something was reported, as what and how often: nobody reads that of their own post
    return Case.objects.within(request.org).exclude(pk__in=written_by(request.org, request.person))


def _narrowed(request: OfficerRequest, cases: QuerySet[Case], wanted: Wanted) -> QuerySet[Case]:
    if wanted.place:
        cases = cases.filter(platform=find_place(request.org, wanted.place))
    if wanted.urgent:
        cases = cases.filter(urgent=True)
    if wanted.kind:
        reports = Paper.objects.filter(case__in=cases, kind=Paper.Kind.REPORT).only("case_id", "body")
        named = {paper.case_id for paper in reports.iterator() if paper.facts["kind"] == wanted.kind}
        cases = Case.objects.within(request.org).filter(pk__in=named)
    return cases


def _cells(request: OfficerRequest, row: Row) -> Sequence[str]:
    due = row.case.due_at
    return (
        str(row.case.pk),
        time_left(due, request.now, row.since).words if due else "",
        row.urgent or row.title,
        row.place,
        row.author,
        str(row.case.reports),
        row.holder,
        row.stage,
    )


def _facts(row: Row) -> dict[str, Any]:
    case = row.case
    return {
        "case": case.pk,
        "stage": case.stage,
        "lane": case.lane,
        "urgent": case.urgent,
        "due_at": case.due_at,
        "opened_at": case.opened_at,
        "what": row.title,
        "place": row.place,
        "author": row.author,
        "reports": case.reports,
        "held_by": case.claimed_by.email if case.claimed_by else None,
        "added": row.added,
        "interest": {None: "not_asked", True: "declared", False: "none"}[row.stake.declared],
        "closed": row.stake.barred,
    }
