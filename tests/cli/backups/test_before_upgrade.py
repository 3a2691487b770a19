"""A newer version changes an older database only after a backup of it, which can be brought back."""

import gzip
import os
import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.servers import Server, clean_environment, folkmoot, free_port

# An older version of Folkmoot wrote it: one branch, one case that was appealed.
OLDER = Path(__file__).parent / "older.sqlite3.gz"
NAME = "before-upgrade-{}.backup"
SINCE = ("archive.0003", "casefile.0003")  # what it does not know yet

pytestmark = pytest.mark.slow


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Server]:
    """Return a server that is not yet started, on the data of an older version."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "folkmoot.sqlite3").write_bytes(gzip.decompress(OLDER.read_bytes()))
    server = Server(tmp_path)
    yield server
    server.stop()


def backups(server: Server) -> list[str]:
    return sorted(path.name for path in (server.folder / "data" / "backups").iterdir())


def knows(server: Server) -> set[str]:
    """Return those of the newer migrations that its database has."""
    line = sqlite3.connect(server.folder / "data" / "folkmoot.sqlite3")
    rows = line.execute("SELECT app || '.' || substr(name, 1, 4) FROM django_migrations").fetchall()
    line.close()
    return {name for (name,) in rows} & set(SINCE)


@pytest.mark.kill
def test_an_older_database_is_changed_only_after_a_backup_of_it_and_the_last_three_are_kept(older: Server) -> None:
    folder = older.folder / "data" / "backups"
    folder.write_text("in the way")
    refused = older.folkmoot("serve", "--port", str(older.port))
    assert refused.returncode == 1
    assert "Nothing was changed." in refused.stderr
    assert "--upgrade-without-backup" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert knows(older) == set()

    folder.unlink()
    folder.mkdir()
    kept = ["mine.backup", *(NAME.format(f"2025010{day}-030000") for day in (1, 2, 3))]
    for name in kept:
        (folder / name).touch()
    older.start()
    assert knows(older) == set(SINCE)
    assert "First a backup is made" in older.said
    [new] = set(backups(older)) - set(kept)
    assert set(backups(older)) == {"mine.backup", kept[2], kept[3], new}
    assert (folder / new).stat().st_mode & 0o777 == 0o600
    rehearsed = older.folkmoot("restore", str(folder / new), "--rehearse", "--keys", str(folder.parent / "keys"))
    assert rehearsed.returncode == 0, rehearsed.stderr
    assert "1 organisation, 1 case" in rehearsed.stdout


@pytest.mark.kill
@pytest.mark.soak
def test_whoever_says_so_goes_without(older: Server) -> None:
    older.restart(FOLKMOOT_UPGRADE_WITHOUT_BACKUP="1")
    assert knows(older) == set(SINCE)
    assert "no backup is made before" in older.said
    assert not (older.folder / "data" / "backups").exists()


@pytest.fixture
def on_postgresql(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Return an environment with a PostgreSQL database that has the tables of an older version, and one branch."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        pytest.skip("this run is on SQLite: ./test runs it on PostgreSQL as well")
    name = f"older_{secrets.token_hex(4)}"
    there = {"DATABASE_URL": f"{url.rpartition('/')[0]}/{name}"}
    with psycopg.connect(url, autocommit=True) as line:
        line.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        server = Server(tmp_path, **there)
        server.python("tests.cli.backups.older_tables")
        yield there
        line.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


@pytest.mark.kill
@pytest.mark.soak
@pytest.mark.postgresql
@pytest.mark.database
def test_on_postgresql_as_well(on_postgresql: dict[str, str], tmp_path: Path) -> None:
    bare = clean_environment(FOLKMOOT_DATA=str(tmp_path / "data"), PATH="/nowhere", **on_postgresql)
    refused = folkmoot("serve", "--port", str(free_port()), environment=bare)
    assert (refused.returncode, "its program pg_dump is not on this machine" in refused.stderr) == (1, True)
    server = Server(tmp_path, **on_postgresql)
    try:
        server.start()
        [made] = backups(server)
        data = tmp_path / "data"
        rehearsed = server.folkmoot("restore", str(data / "backups" / made), "--rehearse", "--keys", str(data / "keys"))
    finally:
        server.stop()
    assert rehearsed.returncode == 0, rehearsed.stderr
    assert "1 organisation" in rehearsed.stdout
