"""The whole database into one file, as it stood at one moment, and back: by SQLite, or by PostgreSQL's programs."""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from folkmoot.kernel.errors import NotReady, Tampered

_RELATIONS = "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"


def size() -> int:
    """Return about how many bytes the database has."""
    if connection.vendor == "sqlite":
        return Path(connection.settings_dict["NAME"]).stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        [found] = cursor.fetchone()
    return int(found)


def require_programs() -> None:
    """Raise `NotReady` where a program of PostgreSQL is wanted and not there."""
    if connection.vendor != "sqlite":
        _program("pg_dump")


def write_database(to: Path) -> None:
    """Write the database to the file `to` as it stands for this connection, inside `casefile.moment.one_moment`.

    Others go on writing meanwhile. Raises `NotReady` where PostgreSQL's program fails, and `Tampered` where SQLite's
    file is damaged.
    """
    if connection.vendor == "sqlite":
        _copy_sqlite(to)
    else:
        _dump(to)


def require_empty_database(url: str) -> None:
    """Raise `NotReady` unless the PostgreSQL database at `url` can be reached and holds nothing."""
    with _connected(url) as line:
        [tables] = line.execute(_RELATIONS).fetchone() or (0,)
    if tables:
        raise NotReady(
            "The database that DATABASE_URL names is not empty. A backup is only brought back into an empty one: make "
            "one with createdb, and let DATABASE_URL name it."
        )


def load_database(file: Path, url: str) -> None:
    """Load what `pg_dump` wrote into the empty database at `url`: all of it, or nothing."""
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _call("pg_restore", [*options, "--dbname", _without_password(url), str(file)], url)


@contextmanager
def database_for_a_while(url: str) -> Iterator[str]:
    """Make an empty PostgreSQL database beside the one at `url`, give its url, and drop it afterwards."""
    name = f"folkmoot_rehearsal_{secrets.token_hex(4)}"
    with _connected(url) as line:
        try:
            line.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except psycopg.Error as error:
            raise NotReady(
                f"A rehearsal needs a database of its own for a while, and none could be made: {_said(error)}"
            ) from None
    try:
        yield _beside(url, name)
    finally:
        with _connected(url) as line:
            line.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def require_sound() -> None:
    """Raise `Tampered` where SQLite finds its own file damaged. PostgreSQL has found its file whole by loading it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(1)")
            [said] = cursor.fetchone()
        if said != "ok":
            raise Tampered(f"The database in the backup is damaged: {said}")


def _copy_sqlite(to: Path) -> None:
    sqlite3: Any = sys.modules["sqlite3"]  # the one that config.embedded has put there
    target = sqlite3.connect(to)
    try:
        connection.ensure_connection()
        connection.connection.backup(target)  # what this connection's transaction sees
        target.execute("PRAGMA journal_mode=DELETE")  # one file, and nothing beside it
        [said] = target.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise NotReady(f"The database cannot be copied: {error}.") from None
    finally:
        target.close()
    if said != "ok":
        raise Tampered(f"The database is damaged, and so a backup of it would be: {said}. Keep your older backups.")
    to.chmod(0o600)


def _dump(to: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone()
    url = os.environ["DATABASE_URL"]
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    _call("pg_dump", [*options, f"--file={to}", "--dbname", _without_password(url)], url)
    to.chmod(0o600)


def _call(program: str, arguments: Sequence[str], url: str) -> None:
    password = _parts(url).get("password") or ""
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    done = subprocess.run(
        [_program(program), *arguments], env=environment, capture_output=True, text=True, check=False, errors="replace"
    )
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if line.strip()), f"status {done.returncode}")
        raise NotReady(f"PostgreSQL’s {program} did not succeed: {said.strip()}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NotReady(
            f"The data are in PostgreSQL, and its program {name} is not on this machine. Install the client programs "
            "of your server’s version (on Debian and Ubuntu: postgresql-client)."
        )
    return found


@contextmanager
def _connected(url: str) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    try:
        line = psycopg.connect(_libpq(url), autocommit=True, connect_timeout=10)
    except psycopg.Error as error:
        raise NotReady(f"DATABASE_URL names a database that cannot be opened: {_said(error)}") from None
    with line:
        yield line


def _said(error: psycopg.Error) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _libpq(url: str) -> str:
    """Return `url` as PostgreSQL's own library knows it: under its name, without options that only Django knows."""
    where, _, options = url.partition("://")[2].partition("?")
    known = {one.keyword.decode() for one in psycopg.pq.Conninfo.get_defaults()}
    kept = "&".join(one for one in options.split("&") if one.partition("=")[0] in known)
    return f"postgresql://{where}{'?' + kept if kept else ''}"


def _parts(url: str) -> dict[str, Any]:
    return psycopg.conninfo.conninfo_to_dict(_libpq(url))


def _without_password(url: str) -> str:
    """Return `url` as other people of this machine may see it, in the list of processes."""
    return psycopg.conninfo.make_conninfo("", **{k: v for k, v in _parts(url).items() if k != "password"})


def _beside(url: str, name: str) -> str:
    """Return the url of the database `name` at the same server."""
    where, _, rest = url.partition("://")[2].partition("/")
    return f"postgres://{where}/{name}{'?' + rest.partition('?')[2] if '?' in rest else ''}"
