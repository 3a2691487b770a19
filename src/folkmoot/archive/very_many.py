"""How the database is set while very many posts come at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from folkmoot.archive.models import Account, Post

_SETTINGS = {
    # What a transaction wrote need not be on the disk before the next begins, and the journal is tidied less often.
    "sqlite": (
        ("PRAGMA synchronous=NORMAL", "PRAGMA synchronous=FULL"),
        ("PRAGMA wal_autocheckpoint=10000", "PRAGMA wal_autocheckpoint=1000"),
    ),
    # The same; and words go into their index in larger portions.
    "postgresql": (
        ("SET synchronous_commit TO off", "RESET synchronous_commit"),
        ("SET gin_pending_list_limit TO '16MB'", "RESET gin_pending_list_limit"),
        ("SET random_page_cost TO 1.1", "RESET random_page_cost"),
        ("SET work_mem TO '64MB'", "RESET work_mem"),
    ),
}


@contextmanager
def in_a_stream() -> Iterator[None]:
    """Let transactions follow each other faster until the block ends.

    If the power fails, the last of them may be lost, each of them whole: call it only where it is written with each
    how far it is. The first transaction after the block is on the disk when it ends, and everything before it.
    """
    settings = () if connection.in_atomic_block else _SETTINGS[connection.vendor]
    with connection.cursor() as cursor:
        for there, _ in settings:
            cursor.execute(there)
        try:
            yield
        finally:
            for _, back in settings:
                cursor.execute(back)


def learn_sizes() -> None:
    """Let PostgreSQL know what is in the tables of posts: where it thinks there is little, it reads all of it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {Post._meta.db_table}, {Account._meta.db_table}")
