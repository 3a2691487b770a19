"""Counts that stay cheap however much waits: nobody needs to know how many more than a thousand there are."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from folkmoot.web.context import ENOUGH

Statement = tuple[str, tuple[Any, ...]]  # with its parameters


def counts_of(wanted: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Return how many rows each of `wanted` finds, `ENOUGH` standing for that many or more; in one statement."""
    return counted({name: statement(rows.order_by()) for name, rows in wanted.items()})


def counted(wanted: Mapping[str, Statement | None]) -> dict[str, int]:
    """Return the same for statements that were put together before; `None` finds nothing."""
    asked = {name: one for name, one in wanted.items() if one is not None}
    if not asked:
        return dict.fromkeys(wanted, 0)
    counts = (f"(SELECT COUNT(*) FROM ({sql} LIMIT {ENOUGH}) counted)" for sql, _ in asked.values())  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", [one for _, given in asked.values() for one in given])
        found = dict(zip(asked, cursor.fetchone(), strict=True))
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
