"""What the database writes down before it writes it: where words are destroyed, they are not to stay in there."""

from django.db import connection


def cut_journal() -> None:
    """Let nothing be left in SQLite's journal, which is used again from its beginning but never cut by itself (DP20).

    Call it outside a transaction. PostgreSQL does away with its own by itself.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
