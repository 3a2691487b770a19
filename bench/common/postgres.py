"""A PostgreSQL of our own for measuring: the tests' private server, but one that forgets nothing."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts" / "checking"))

from needs import postgresql_folder  # the checks' own scripts are no package
from postgres import private_server, server_on

_DURABLE = {"fsync": "on", "synchronous_commit": "on"}


@contextmanager
def durable_postgresql() -> Iterator[str | None]:
    """Yield the DATABASE_URL of a server that syncs every commit to disk; `None` where there is no PostgreSQL."""
    programs = postgresql_folder()
    if programs is None:
        yield None
        return
    with private_server(programs, **_DURABLE) as url:
        yield url


@contextmanager
def kept_postgresql(folder: Path) -> Iterator[str | None]:
    """As `durable_postgresql`, on data that are kept in `folder`, which is there."""
    programs = postgresql_folder()
    if programs is None:
        yield None
        return
    with server_on(folder, programs, **_DURABLE) as url:
        yield url
