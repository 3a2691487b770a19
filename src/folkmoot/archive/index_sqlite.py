"""The index of words on SQLite: FTS5, in which a text's number is its key, so it is walked newest first as it is."""
# ruff: noqa: S608  nothing is put into statements but the name of the index, which is ours

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from folkmoot.archive.index import Entry, Wanted, mark

if TYPE_CHECKING:  # whoever only writes tokens, ahead of an import, needs no database
    from django.db.backends.base.base import BaseDatabaseWrapper


def written(tokens: list[str]) -> str:
    """Return tokens as FTS5 cuts them again."""
    return " ".join(tokens)


class SqliteIndex:
    """An FTS5 table of tokens. What is taken out is overwritten: `secure-delete` here, the same of the database."""

    def __init__(self, connection: "BaseDatabaseWrapper", name: str) -> None:
        self._connection, self._name = connection, name

    def make(self) -> None:
        """See `Index`."""
        with self._connection.cursor() as cursor:
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {self._name} "
                "USING fts5(tokens, tokenize = \"ascii tokenchars '_'\", columnsize = 0)"
            )
            cursor.execute(f"INSERT INTO {self._name}({self._name}, rank) VALUES ('secure-delete', 1)")

    def empty(self) -> None:
        """See `Index`."""
        with self._connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {self._name}")
        self.make()

    def enter(self, entries: Iterable[Entry]) -> None:
        """See `Index`."""
        # In the order of keys: FTS5 writes out what it has gathered whenever a key is lower than the one before.
        rows = sorted((one.key, " ".join([one.tokens, "_", mark("o", one.org_id), *one.marks])) for one in entries)
        with self._connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {self._name} (rowid, tokens) VALUES (%s, %s)", rows)

    def forget(self, keys: Iterable[tuple[int, int]]) -> None:
        """See `Index`."""
        with self._connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {self._name} WHERE rowid = %s", [(key,) for _org, key in keys])

    def find(self, wanted: Wanted, *, most: int) -> list[int]:
        """See `Index`."""
        alike = [" OR ".join(f'"{one}"' for one in marks) for marks in ((mark("o", wanted.org_id),), *wanted.marks)]
        phrases = [f'"{" ".join(phrase)}"' for phrase in wanted.phrases]
        match = " AND ".join([*phrases, *(f"({one})" for one in alike)])
        sql = f"SELECT rowid FROM {self._name} WHERE {self._name} MATCH %s AND rowid BETWEEN %s AND %s"
        given: list[str | int] = [match, wanted.first, wanted.last]
        if wanted.among is not None:
            if not wanted.among:
                return []
            given[1:] = [max(wanted.first, min(wanted.among)), min(wanted.last, max(wanted.among))]
            # the plus keeps SQLite from asking the index anew for each of them: it is walked once
            sql += " AND +rowid IN (SELECT value FROM json_each(%s))"
            given.append(json.dumps(list(wanted.among)))
        with self._connection.cursor() as cursor:
            cursor.execute(f"{sql} ORDER BY rowid DESC LIMIT %s", [*given, most])
            return [row[0] for row in cursor.fetchall()]

    def settle(self) -> None:
        """See `Index`; FTS5 has one way only, which needs no knowledge."""

    def words_kept(self) -> set[str]:
        """See `Index`."""
        with self._connection.cursor() as cursor:
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{self._name}_kept USING fts5vocab(main, {self._name}, row)"
            )
            cursor.execute(f"SELECT term FROM temp.{self._name}_kept")
            return {row[0] for row in cursor.fetchall()}
