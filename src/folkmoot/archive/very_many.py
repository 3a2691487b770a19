"""How the database is set while very many posts come at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from folkmoot.archive.journal import cut_journal
from folkmoot.archive.models import Account, Post

_SETTINGS = {
    "sqlite": {
        "synchronous": "1",  # NORMAL: a transaction need not be on the disk before the next begins
        "wal_autocheckpoint": "40000",  # 160 MB: the journal is tidied less often, and what changes often written less
    },
    "postgresql": {
        "synchronous_commit": "off",  # as above
        # Words go into their index in larger portions, in one go. A search reads what waits for that: up to four times
        # as much as usual, while an import runs.
        "gin_pending_list_limit": "16MB",
        "work_mem": "64MB",
        # What was just written is in memory: two thousand ids are looked up one by one, not by reading all posts.
        "random_page_cost": "1.1",
    },
}
_LOOKED_AT = 400  # rows of each index, from which SQLite estimates the others
_ASK = {"sqlite": "PRAGMA", "postgresql": "SHOW"}
_SET = {"sqlite": "PRAGMA", "postgresql": "SET"}


@contextmanager
def in_a_stream() -> Iterator[None]:
    """Let transactions follow each other faster until the block ends.

    If the power fails, the last of them may be lost, each of them whole: call it only where it is written with each
    how far it is. The first transaction after the block that writes is on the disk when it ends, and everything
    before it. Within a transaction nothing changes.
    """
    settings = {} if connection.in_atomic_block else _SETTINGS[connection.vendor]
    before = {name: _asked(f"{_ASK[connection.vendor]} {name}") for name in settings}
    try:
        for name, value in settings.items():
            _asked(f"{_SET[connection.vendor]} {name} = {value!r}")
        yield
    finally:
        if settings and connection.is_usable():  # a connection that was lost took its settings along
            for name, was in before.items():
                _asked(f"{_SET[connection.vendor]} {name} = {was!r}")
            cut_journal()  # it has grown


def _asked(sql: str) -> str:
    """Return the first value of the answer; "" where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone() if cursor.description else None
        return str(row[0]) if row else ""


def learn_sizes() -> None:
    """Let the database know what is in its tables: where it thinks there is little, it reads all of it.

    PostgreSQL does so by itself now and then; after an import that is too late for the tables of posts. SQLite never
    does: it then takes an index by organisation, in which everything lies, before one in which there is one row.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ANALYZE {Post._meta.db_table}, {Account._meta.db_table}")
        else:
            cursor.execute(f"PRAGMA analysis_limit = {_LOOKED_AT}")
            cursor.execute("ANALYZE")
