"""Pages of the queue by key: each goes on after the last row of the one before, so it stays right while cases arrive.

The order is walked in pieces that an index holds as they are, stage by stage, so that no page sorts all open cases.
"""

import base64
import binascii
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from heapq import merge
from itertools import islice
from typing import NamedTuple

from django.db.models import Q, QuerySet

from folkmoot.casefile.models import Case
from folkmoot.procedure.words import Stage
from folkmoot.web.desk.rows import TO_ANSWER

PAGE = 20  # cases
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONGEST = 80  # characters of a key in an address


class Place(NamedTuple):
    """Where in the order a case stands, or a task: `urgent` ones first, then by their time, then by their number."""

    urgent: bool
    due_at: datetime | None
    number: int
    weight: int = 0  # where the order is by that, and not by time


@dataclass(frozen=True)
class Slice:
    """The numbers of one page's cases in order, and the keys of the pages around it (empty where there are none)."""

    numbers: list[int]
    before: str
    after: str


def page_by_key(
    cases: QuerySet[Case],
    stages: Sequence[Stage],
    *,
    closed: bool,
    size: int,
    after: str = "",
    before: str = "",
    due: bool = False,
) -> Slice:
    """Return one page of `cases` that stand at `stages` (any, when none is named).

    Most urgent first, or with `closed` newest first. `due` says that all of `cases` have a time limit, so that nobody
    looks for others.
    """
    walk = partial(newest_first, cases, stages) if closed else partial(most_urgent_first, cases, stages, due=due)
    return sliced(walk, size=size, after=after, before=before)


def sliced(walk: Callable[..., list[Place]], *, size: int, after: str = "", before: str = "") -> Slice:
    """Return one page of what `walk` finds in order.

    It is told at `most` how many, `beyond` which place, and whether to go `back` from there. `after` or `before` is a
    key of an earlier `Slice`; one that nobody made counts as none.
    """
    back = _read(before)
    start = back or _read(after)
    found = walk(beyond=start, back=back is not None, most=size + 1)
    more, found = len(found) > size, found[:size]
    if back is not None:
        if not more:  # the first page is whole, whatever has come since
            return sliced(walk, size=size)
        found.reverse()
    has_before, has_after = (more, True) if back is not None else (start is not None, more)
    return Slice(
        [place.number for place in found],
        before=_written(found[0]) if found and has_before else "",
        after=_written(found[-1]) if found and has_after else "",
    )


def most_urgent_first(
    cases: QuerySet[Case],
    stages: Sequence[Stage],
    *,
    most: int,
    beyond: Place | None = None,
    back: bool = False,
    due: bool = False,
) -> list[Place]:
    """Return the places of at most `most` cases: urgent ones, then by what is due first, then by number.

    `due` says that all of them have a time limit.
    """
    pieces = [(True, True), (True, False), (False, True), (False, False)]  # urgent, with a time limit
    if back:
        pieces.reverse()
    if beyond:
        pieces = pieces[pieces.index((beyond.urgent, beyond.due_at is not None)) :]
    if due:
        pieces = [(urgent, dated) for urgent, dated in pieces if dated]
    found: list[Place] = []
    for urgent, dated in pieces:
        where = Q(urgent__in=[urgent], due_at__isnull=not dated)  # SQLite enters no index by a bare truth
        if beyond and (urgent, dated) == (beyond.urgent, beyond.due_at is not None):
            where &= past(beyond, "due_at", back=back)
        columns = ["due_at", "pk"] if dated else ["pk"]
        ordered = cases.order_by(*(f"-{column}" if back else column for column in columns))
        streams = (_places(ordered.filter(where & at), most - len(found)) for at in _streams(stages, dated=dated))
        found += islice(merge(*streams, key=_in_piece, reverse=back), most - len(found))
        if len(found) == most:
            break
    return found


def newest_first(
    cases: QuerySet[Case], stages: Sequence[Stage], *, most: int, beyond: Place | None = None, back: bool = False
) -> list[Place]:
    """Return the places of at most `most` cases, those opened last first."""
    ordered = cases.order_by("pk" if back else "-pk")
    if beyond:
        ordered = ordered.filter(pk__gt=beyond.number) if back else ordered.filter(pk__lt=beyond.number)
    streams = (_places(ordered.filter(at), most) for at in _by_stage(stages))
    return list(islice(merge(*streams, key=lambda place: place.number, reverse=not back), most))


def worst_first(
    cases: QuerySet[Case], stages: Sequence[Stage], *, most: int, beyond: Place | None = None, back: bool = False
) -> list[Place]:
    """Return the places of at most `most` cases: urgent ones, then by what triage made of them, then by number."""
    pieces = [False, True] if back else [True, False]
    if beyond:
        pieces = pieces[pieces.index(beyond.urgent) :]
    ordered = cases.order_by(*(("weight", "-pk") if back else ("-weight", "pk")))
    found: list[Place] = []
    for urgent in pieces:
        where = Q(urgent__in=[urgent])  # SQLite enters no index by a bare truth
        if beyond and urgent == beyond.urgent:
            where &= _lighter(beyond, back=back)
        left = most - len(found)
        streams = (_weighed(ordered.filter(where & at), left) for at in _by_stage(stages))
        found += islice(merge(*streams, key=lambda place: (-place.weight, place.number), reverse=back), left)
        if len(found) == most:
            break
    return found


def past(start: Place, column: str, *, back: bool) -> Q:
    """Return what is true of rows that come after `start`, or before it, by the time in `column` and then by number."""
    number = Q(pk__lt=start.number) if back else Q(pk__gt=start.number)
    if start.due_at is None:
        return number
    at, sooner, later = start.due_at, f"{column}__lt", f"{column}__gt"
    # the first bound is what an index is entered by
    return (
        Q((f"{sooner}e", at)) & (Q((sooner, at)) | number) if back else Q((f"{later}e", at)) & (Q((later, at)) | number)
    )


def in_order(cases: Iterable[Case], numbers: Sequence[int]) -> list[Case]:
    """Return those of `cases` that have `numbers`, in their order."""
    found = {case.pk: case for case in cases}
    return [found[number] for number in numbers if number in found]


def _streams(stages: Sequence[Stage], *, dated: bool) -> list[Q]:
    """Return conditions each of which an index holds in order, and that together say `stages`."""
    if set(stages) != set(TO_ANSWER):
        return _by_stage(stages)
    if dated:  # almost all that has a time limit waits for us: the others are passed by
        return [~Q(stage__in=[stage for stage in Stage if stage not in stages])]
    return [Q(stage__in=stages)]  # without one they are few


def _by_stage(stages: Sequence[Stage]) -> list[Q]:
    return [Q(stage=stage) for stage in stages] or [Q()]


def _places(rows: QuerySet[Case], most: int) -> list[Place]:
    return [Place(*row) for row in rows.values_list("urgent", "due_at", "pk")[:most]]


def _weighed(rows: QuerySet[Case], most: int) -> list[Place]:
    return [
        Place(urgent, None, number, weight)
        for urgent, number, weight in rows.values_list("urgent", "pk", "weight")[:most]
    ]


def _lighter(start: Place, *, back: bool) -> Q:
    """Return what is true of rows that come after `start` by weight and then by number, or before it."""
    if back:
        return Q(weight__gte=start.weight) & (Q(weight__gt=start.weight) | Q(pk__lt=start.number))
    return Q(weight__lte=start.weight) & (Q(weight__lt=start.weight) | Q(pk__gt=start.number))


def _in_piece(place: Place) -> tuple[datetime, int]:
    return place.due_at or _EPOCH, place.number


def _written(place: Place) -> str:
    due = "" if place.due_at is None else str((place.due_at - _EPOCH) // _MICROSECOND)
    return (
        base64.urlsafe_b64encode(f"{int(place.urgent)}.{due}.{place.number}.{place.weight}".encode())
        .decode()
        .rstrip("=")
    )


def _read(key: str) -> Place | None:
    """Return the place that a key names; `None` for none, and for what nobody made."""
    if not key or len(key) > _LONGEST:
        return None
    try:
        parts = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)).decode("ascii").split(".")
        urgent, due, number, weight = parts if len(parts) == 4 else [*parts, "0"]  # a key of old has no weight
        due_at = _EPOCH + int(due) * _MICROSECOND if due else None
        place = Place(bool(int(urgent)), due_at, int(number), int(weight))
    except (ValueError, OverflowError, binascii.Error):
        return None
    return place if 0 < place.number < 2**63 and 0 <= place.weight < 2**15 else None
