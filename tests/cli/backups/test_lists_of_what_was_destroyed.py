"""A restore and the lists of what was destroyed: a torn line in the backup, and what cannot be destroyed again."""

import json
from pathlib import Path

import pytest

from folkmoot.casefile.tombstones import NAME, Tombstone
from tests.cli.backups.test_backup_and_restore import Run
from tests.cli.backups.test_backup_and_restore import run as run  # the fixture

ONE = Tombstone("ab" * 32, "hartfield-branch", "cd" * 16, "2026-05-03T10:00:00Z", "person:1", "moderator", "iwf")


@pytest.mark.slow
def test_a_torn_line_in_a_backup_is_told_of_and_keeps_nobody_from_the_rest(run: Run, tmp_path: Path) -> None:
    file, new = tmp_path / "today.backup", tmp_path / "new"
    (tmp_path / "data" / "checkpoints" / NAME).write_bytes(ONE.line[:30] + b"\n" + ONE.line)
    assert run("backup", file)[0] == 0
    status, said = run("restore", file, "--into", new, "--keys", tmp_path / "data" / "keys", "--json")
    assert status == 1
    told, _end = json.JSONDecoder().raw_decode(said)
    assert told["faults"] == ["Line 1 of the list of what was destroyed that is in the backup cannot be read."]
    assert (new / "folkmoot.sqlite3").exists()
    assert (new / "checkpoints" / NAME).read_bytes() == ONE.line


@pytest.mark.slow
def test_where_something_cannot_be_destroyed_again_nothing_is_put_in_place(run: Run, tmp_path: Path) -> None:
    file, new, kept = tmp_path / "today.backup", tmp_path / "new", tmp_path / "kept.jsonl"
    kept.write_bytes(ONE.line.replace(b"moderator", b"stranger"))
    assert run("backup", file)[0] == 0
    status, said = run(
        "restore", file, "--into", new, "--keys", tmp_path / "data" / "keys", "--tombstones", kept, "--json"
    )
    assert (status, "could not be destroyed again" in said) == (1, True), said
    assert "Nothing is brought back" in said
    assert not new.exists()
