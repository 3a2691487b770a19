"""The embedded database: a SQLite without the WAL-reset corruption race (fixed in 3.51.3)."""

import sqlite3
import sys
from typing import Any

from folkmoot.kernel.errors import NotReady

SAFE = (3, 51, 3)


def use_safe_sqlite() -> None:
    """Swap the bundled `pysqlite3` in for the standard library's module where it is installed."""
    if sqlite3.sqlite_version_info >= SAFE:
        return
    try:
        import pysqlite3  # noqa: PLC0415  it stands in for a module of the standard library
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def require_safe_sqlite() -> None:
    """Raise `NotReady` when the SQLite in use could corrupt its write-ahead log."""
    module: Any = sys.modules["sqlite3"]
    if tuple(module.sqlite_version_info) < SAFE:
        raise NotReady(
            f"This Python brings SQLite {module.sqlite_version}, which can damage its data under load. "
            "Install the package pysqlite3 (it needs a C compiler where no wheel exists), "
            "or use PostgreSQL by DATABASE_URL."
        )
