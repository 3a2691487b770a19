"""The index of words on PostgreSQL: a tsvector of our tokens under GIN, walked from the newest backwards.

GIN gives what it finds in no order, so a common word would have to be sorted whole. Therefore the newest texts are
looked through one by one first: a common word is among them often enough. A rare one is asked for in no order, and
sorted here. What is neither is looked for by the index month after month, each of which is a token.
"""
# ruff: noqa: S608  nothing is put into statements but the name of the index, which is ours

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from folkmoot.archive.index import Entry, Wanted, mark, month_begins, month_of
from folkmoot.archive.words import GAP

if TYPE_CHECKING:  # whoever only writes tokens, ahead of an import, needs no database
    from django.db.backends.base.base import BaseDatabaseWrapper

LOOKED_THROUGH = 1000  # texts, one by one, before the index is asked
RARE = 500  # texts, all of which are fetched and sorted
MOST_MONTHS = 8  # at once


Given = Sequence[str | int | list[int]]


def written(tokens: list[str]) -> str:
    """Return tokens and their places as PostgreSQL reads a tsvector; they have only letters, digits and `_` in them."""
    at: dict[str, list[str]] = {}
    for place, token in enumerate(tokens, start=1):
        if token != GAP:
            at.setdefault(token, []).append(str(place))
    return " ".join([f"{token}:{','.join(places)}" for token, places in at.items()])


class PostgresIndex:
    """A table of its own, with one row for each text."""

    def __init__(self, connection: "BaseDatabaseWrapper", name: str) -> None:
        self._connection, self._name = connection, name

    def make(self) -> None:
        """See `Index`."""
        with self._connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {self._name} "
                "(org_id bigint NOT NULL, key bigint NOT NULL, tokens tsvector NOT NULL, PRIMARY KEY (org_id, key))"
            )
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {self._name}_tokens ON {self._name} USING gin (tokens)")

    def empty(self) -> None:
        """See `Index`."""
        with self._connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {self._name}")

    def enter(self, entries: Iterable[Entry]) -> None:
        """See `Index`."""
        into = f"COPY {self._name} (org_id, key, tokens) FROM STDIN"
        with self._connection.cursor() as cursor, cursor.copy(into) as copy:
            for one in entries:
                copy.write_row((one.org_id, one.key, _with_marks(one)))

    def forget(self, keys: Iterable[tuple[int, int]]) -> None:
        """See `Index`."""
        with self._connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {self._name} WHERE org_id = %s AND key = %s", list(keys))

    def find(self, wanted: Wanted, *, most: int) -> list[int]:
        """See `Index`."""
        match = " & ".join([*map(_phrase, wanted.phrases), *map(_either, wanted.marks)])
        if wanted.among is not None:
            return self._among(wanted, match, most=most)
        found, newest = self._one_by_one(wanted, match, most=most)
        if newest is None:
            return found
        everywhere = _all_of(match, mark("o", wanted.org_id))
        rare = self._rows(f"SELECT key FROM {{name}} WHERE tokens @@ %s::tsquery LIMIT {RARE + 1}", [everywhere])
        if len(rare) <= RARE:
            older = sorted((key for key in rare if wanted.first <= key <= newest), reverse=True)
            return (found + older)[:most]
        return found + self._by_months(wanted, match, newest, most=most - len(found))

    def settle(self) -> None:
        """See `Index`; until the server comes round by itself, it goes through what came last at every search."""
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [f"{self._name}_tokens"])
            cursor.execute(f"ANALYZE {self._name}")

    def words_kept(self) -> set[str]:
        """See `Index`."""
        return {row[0] for row in self._all(f"SELECT DISTINCT unnest(tsvector_to_array(tokens)) FROM {self._name}", [])}

    def _among(self, wanted: Wanted, match: str, *, most: int) -> list[int]:
        return self._rows(
            "SELECT key FROM {name} WHERE org_id = %s AND key = ANY(%s) AND key BETWEEN %s AND %s"
            + (" AND tokens @@ %s::tsquery" if match else "")
            + " ORDER BY key DESC LIMIT %s",
            [wanted.org_id, list(wanted.among or ()), wanted.first, wanted.last, *([match] if match else []), most],
        )

    def _one_by_one(self, wanted: Wanted, match: str, *, most: int) -> tuple[list[int], int | None]:
        """Return what is found among the newest, and the key below which nothing was looked at; None: all was."""
        bounds = [wanted.org_id, wanted.first, wanted.last]
        newest = "SELECT key, tokens FROM {name} WHERE org_id = %s AND key BETWEEN %s AND %s ORDER BY key DESC"
        if not match:
            return self._rows(f"SELECT key FROM ({newest} LIMIT %s) AS newest", [*bounds, most]), None
        found = self._rows(
            f"SELECT key FROM ({newest} LIMIT {LOOKED_THROUGH}) AS newest WHERE tokens @@ %s::tsquery LIMIT %s",
            [*bounds, match, most],
        )
        if len(found) >= most:
            return found, None
        next_one = self._rows(f"SELECT key FROM ({newest} LIMIT 1 OFFSET {LOOKED_THROUGH}) AS next_one", bounds)
        return found, next_one[0] if next_one else None

    def _by_months(self, wanted: Wanted, match: str, newest: int, *, most: int) -> list[int]:
        found: list[int] = []
        for first, last, months in self._months(wanted, newest):
            if len(found) >= most:
                break
            found += self._rows(
                "SELECT key FROM {name} WHERE tokens @@ %s::tsquery AND org_id = %s AND key BETWEEN %s AND %s "
                "ORDER BY key DESC LIMIT %s",
                [_all_of(match, _either(months)), wanted.org_id, first, last, most - len(found)],
            )
        return found

    def _months(self, wanted: Wanted, newest: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Yield bounds and tokens of a few months at a time, from `newest` backwards: one, two, four, eight, eight."""
        oldest = self._rows(
            "SELECT key FROM {name} WHERE org_id = %s AND key >= %s ORDER BY key LIMIT 1", [wanted.org_id, wanted.first]
        )
        if not oldest:
            return
        last, month, width, end = newest, month_of(newest), 1, month_of(oldest[0])
        while month >= end:
            tokens = tuple(_month(wanted.org_id, one) for one in range(max(end, month - width + 1), month + 1))
            month -= width
            first = month_begins(month + 1) if month >= end else oldest[0]
            yield first, last, tokens
            last, width = first - 1, min(2 * width, MOST_MONTHS)

    def _rows(self, sql: str, given: Given) -> list[int]:
        return [row[0] for row in self._all(sql.format(name=self._name), given)]

    def _all(self, sql: str, given: Given) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            cursor.execute(sql, given)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows


def _with_marks(entry: Entry) -> str:
    month = _month(entry.org_id, month_of(entry.key))
    return " ".join([entry.tokens, mark("o", entry.org_id), month, *entry.marks])


def _month(org_id: int, month: int) -> str:
    return f"{mark('m', org_id)}x{month}"


def _phrase(phrase: tuple[str, ...]) -> str:
    return f"({' <-> '.join(phrase)})"


def _either(marks: tuple[str, ...]) -> str:
    return f"({' | '.join(marks)})"


def _all_of(*parts: str) -> str:
    return " & ".join(filter(None, parts))
