"""The indexes of words of one database: made where they are missing, and anew when words are cut in another way."""

from collections.abc import Callable

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from folkmoot.archive import index_postgresql, index_sqlite
from folkmoot.archive.index import Index
from folkmoot.archive.index_postgresql import PostgresIndex
from folkmoot.archive.index_sqlite import SqliteIndex
from folkmoot.archive.words import VERSION
from folkmoot.archive.worked_out import TokenWriter

_VERSIONS = "folkmoot_index_version"


def index_on(connection: BaseDatabaseWrapper, name: str) -> Index:
    """Return the index `name`, a name of ours, as this database keeps it."""
    if connection.vendor == "postgresql":
        return PostgresIndex(connection, name)
    return SqliteIndex(connection, name)


def writing_on(connection: BaseDatabaseWrapper) -> TokenWriter:
    """Return how the indexes of this database write tokens."""
    return index_postgresql.written if connection.vendor == "postgresql" else index_sqlite.written


def is_current(connection: BaseDatabaseWrapper, name: str) -> bool:
    """Say whether the index is there and holds words as they are cut today."""
    with connection.cursor() as cursor:
        if not {name, _VERSIONS} <= set(connection.introspection.table_names(cursor)):
            return False
        cursor.execute(f"SELECT version FROM {_VERSIONS} WHERE name = %s", [name])  # noqa: S608
        return bool(cursor.fetchone() == (VERSION,))


def has_any(connection: BaseDatabaseWrapper, name: str) -> bool:
    """Say whether any text is in the index, which is there."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {name} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is not None


def make_anew(connection: BaseDatabaseWrapper, name: str, fill: Callable[[Index], None]) -> None:
    """Make the index, empty, let `fill` put everything in, and write down how words were cut; all of it or nothing."""
    index = index_on(connection, name)
    with transaction.atomic(using=connection.alias):
        index.make()
        index.empty()
        fill(index)
        index.settle()
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {_VERSIONS} (name varchar(60) PRIMARY KEY, version varchar(60) NOT NULL)"
            )
            cursor.execute(f"DELETE FROM {_VERSIONS} WHERE name = %s", [name])  # noqa: S608
            cursor.execute(f"INSERT INTO {_VERSIONS} (name, version) VALUES (%s, %s)", [name, VERSION])  # noqa: S608
