"""Counts that stay cheap however much waits: nobody needs to know how many more than a thousand there are."""

import time
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

ENOUGH = 1000  # shown as "999+": more are not counted
Statement = tuple[str, tuple[Any, ...]]  # with its parameters

_MANY = 300  # and above it a count is remembered for a moment: nobody misses the one that came since
_REMEMBERED = 5.0  # seconds
_MOST_REMEMBERED = 2000  # counts
_many: dict[Statement, tuple[float, int]] = {}  # until when the count of what had many is taken as true


def counts_of(wanted: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Return how many rows each of `wanted` finds, `ENOUGH` standing for that many or more; in one statement."""
    return counted({name: statement(rows.order_by()) for name, rows in wanted.items()})


def counted(wanted: Mapping[str, Statement | None]) -> dict[str, int]:
    """Return the same for statements that were put together before; `None` finds nothing.

    What had very many a moment ago has hardly more or less now: that is remembered for the very same question, with
    the same parameters, so that nobody gets an answer to anything but what they asked (D9). Few are always counted.
    """
    now = time.monotonic()
    known = {name: _many.get(one, (0.0, 0)) for name, one in wanted.items() if one is not None}
    found = {name: count for name, (until, count) in known.items() if until > now}
    asked = {name: one for name, one in wanted.items() if one is not None and name not in found}
    if asked:
        found |= _counted(asked, now)
    return {name: found.get(name, 0) for name in wanted}


def newest_first(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return `rows` in the order in which as many as are counted are found soonest.

    PostgreSQL would go through the oldest first, which are final; SQLite would sort them all.
    """
    return rows.order_by("-pk") if connection.vendor == "postgresql" else rows.order_by()


def statement(rows: QuerySet[Any]) -> Statement | None:
    """Return what finds `rows` in their order, or `None` where nothing can be found."""
    try:
        return rows.values("pk").query.sql_with_params()
    except EmptyResultSet:
        return None


def _counted(asked: Mapping[str, Statement], now: float) -> dict[str, int]:
    counts = (f"(SELECT COUNT(*) FROM ({sql} LIMIT {ENOUGH}) counted)" for sql, _ in asked.values())  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", [one for _, given in asked.values() for one in given])
        found = dict(zip(asked, cursor.fetchone(), strict=True))
    if len(_many) > _MOST_REMEMBERED:
        _many.clear()
    _many.update({asked[name]: (now + _REMEMBERED, count) for name, count in found.items() if count >= _MANY})
    return found
