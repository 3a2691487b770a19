"""The queue as a table: the page's piles, order and rows, without anybody's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from folkmoot.cli.desk.acting import acting
from folkmoot.cli.tables import table
from folkmoot.cli.target import find_place
from folkmoot.cli.words import answer, remark
from folkmoot.kernel.errors import BadInput
from folkmoot.web.access import OfficerRequest
from folkmoot.web.counting import counts_of
from folkmoot.web.desk.asked import PILES, Asked, asked_by
from folkmoot.web.desk.fitting import fits, open_to
from folkmoot.web.desk.keyed import in_order, page_by_key
from folkmoot.web.desk.rows import Row, full, rows
from folkmoot.web.look.moments import time_left

_COLUMNS = ("Case", "Due", "What", "Place", "Author", "Reports", "Who has it", "Stage")


@dataclass(frozen=True)
class Wanted:
    """Which cases: a pile, narrowed by what; how many of them, after which key."""

    pile: str = ""
    only: Sequence[str] = ()
    place: str = ""
    kind: str = ""
    lane: str = ""
    search: str = ""
    limit: int = 25
    after: str = ""


def show(org: str | None, email: str, wanted: Wanted) -> None:
    """List the cases. Raises `BadInput` for a pile or a place that is not there."""
    request = acting(org, email)
    asked = _asked(request, wanted)
    every = open_to(request)
    found = every.filter(fits(request, asked))
    stages = () if asked.words else asked.pile.stages
    page = page_by_key(found, stages, closed=asked.pile.closed, size=wanted.limit, after=wanted.after)
    shown = rows(request, in_order(full(request.org.pk, page.numbers), page.numbers))
    table(_COLUMNS, [_cells(request, row) for row in shown])
    if not shown:
        remark("No case is here.")
    if page.after:
        remark(f"More follow: --after {page.after}")
    answer(pile=asked.pile.name, cases=[_facts(row) for row in shown], after=page.after or None)


def show_piles(org: str | None, email: str) -> None:
    """List the piles, with how many cases lie in each; a thousand stands for that many or more."""
    request = acting(org, email)
    every = open_to(request)
    counts = counts_of({pile.name: every.filter(pile.at & pile.where) for pile in PILES})
    table(("Pile", "Cases", "What is in it"), [(one.name, str(counts[one.name]), str(one.label)) for one in PILES])
    answer(piles=[{"pile": one.name, "label": str(one.label), "cases": counts[one.name]} for one in PILES])


def _asked(request: OfficerRequest, wanted: Wanted) -> Asked:
    """Return the question as the page's address would ask it."""
    names = [pile.name for pile in PILES]
    if wanted.pile and wanted.pile not in names:
        raise BadInput(f"There is no pile {wanted.pile!r}. There are: {', '.join(names)}.", field="show")
    named = QueryDict(mutable=True)
    named["show"], named["kind"], named["lane"], named["q"] = wanted.pile, wanted.kind, wanted.lane, wanted.search
    named["place"] = str(find_place(request.org, wanted.place).pk) if wanted.place else ""
    named.setlist("only", list(wanted.only))
    return asked_by(named)


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
