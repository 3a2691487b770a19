"""The database file is exchanged for an older copy of itself: found by checkpoints, unless it is declared."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers import folkmoot, with_tables

pytestmark = pytest.mark.slow


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Return how to run a command on the data; what comes back is its exit status and all that it said."""
    environment = with_tables(tmp_path / "data")

    def run(*arguments: str) -> tuple[int, str]:
        done = folkmoot(*arguments, environment=environment)
        return done.returncode, done.stdout + done.stderr

    return run


def test_a_database_rolled_back_is_found_and_signed_no_more_until_it_is_declared(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    database, kept = tmp_path / "data" / "folkmoot.sqlite3", tmp_path / "kept.jsonl"
    assert run("org", "add", "Hartfield Branch")[0] == 0
    status, said = run("audit", "checkpoint")
    assert status == 0
    assert "hartfield-branch: checkpoint 1 signed." in said
    fingerprint = said.rpartition("fingerprint: ")[2].strip()
    copy_of(database, tmp_path / "older.sqlite3")
    assert run("place", "add", "Our page")[0] == 0
    assert "checkpoint 2 signed" in run("audit", "checkpoint")[1]
    shutil.copy(tmp_path / "data" / "checkpoints" / "organisation-1.jsonl", kept)

    put_in_place(tmp_path / "older.sqlite3", database)
    status, said = run("audit", "verify", "--checkpoint", str(kept), "--key", fingerprint)
    assert status == 1
    assert "the register: it has" in said
    assert "brought back from an older copy" in said
    status, said = run("audit", "checkpoint")
    assert status == 1
    assert "Nothing is signed until that is cleared up." in said

    assert run("audit", "checkpoint", "--restored", "the disk failed")[0] == 0
    status, said = run("audit", "verify", "--checkpoint", str(kept))
    assert status == 0, said
    assert "Checkpoint 3 declares that the database was brought back from a backup: “the disk failed”" in said
    with sqlite3.connect(database) as rows:
        [[said]] = rows.execute("SELECT payload FROM casefile_event WHERE step = 'declare_restored'")
    assert b'"checkpoint":3' in said, "the register names the checkpoint that says so"


def copy_of(database: Path, to: Path) -> None:
    """Copy a whole database, its log included."""
    with sqlite3.connect(database) as source, sqlite3.connect(to) as target:
        source.backup(target)


def put_in_place(copy: Path, database: Path) -> None:
    """Put a copy where the database is."""
    for beside in ("-wal", "-shm"):
        database.with_name(database.name + beside).unlink(missing_ok=True)
    shutil.copy(copy, database)
