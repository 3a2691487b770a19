"""`folkmoot backup` and `folkmoot restore`, as whoever runs the server types them."""

import json
import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from folkmoot.config.health.marks import last_backup
from tests.cli.typed import KEYS
from tests.servers import clean_environment, folkmoot, with_tables

PASSPHRASE = "harbour kettle onion ladder"
Run = Callable[..., tuple[int, str]]


def runner(environment: dict[str, str], folder: Path) -> Run:
    """Return how to run a command: what comes back is its exit status and all that it said."""

    def run(*arguments: object, **otherwise: str) -> tuple[int, str]:
        done = folkmoot(*map(str, arguments), environment=environment | {"TMPDIR": str(folder)} | otherwise)
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return how to run a command on data with one organisation and one checkpoint."""
    (tmp_path / "temporary").mkdir()
    found = runner(with_tables(tmp_path / "data"), tmp_path / "temporary")
    assert found("org", "add", "Hartfield Branch")[0] == 0
    assert found("audit", "checkpoint")[0] == 0
    return found


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.slow
def test_there_and_back_and_what_was_lost_is_declared(run: Run, tmp_path: Path) -> None:
    word, kept = tmp_path / "word.txt", tmp_path / "kept.jsonl"
    word.write_text(f"{PASSPHRASE}\n")
    with sqlite3.connect(tmp_path / "data" / "folkmoot.sqlite3") as line:
        line.execute(
            "INSERT INTO members_onetimelink (purpose, nonce, made_at, expires_at) "
            "VALUES ('invitation', 'n', '2026-11-01', '2099-01-01')"
        )
    line.close()
    file, keys = tmp_path / "today.backup", tmp_path / "keys.backup"
    status, said = run("backup", file, "--with-keys", keys, "--passphrase-file", word, "--json")
    assert status == 0, said
    told = json.loads(said)
    assert sorted(told) == KEYS["backup"]
    assert (told["encrypted"], told["counts"]["organisations"]) == (True, 1)
    assert told["organisations"][0]["checkpoint"][0] == 1
    noted = last_backup(tmp_path / "data")
    assert noted is not None
    assert (noted.file, noted.encrypted, noted.bytes) == (str(file), True, file.stat().st_size)
    assert file.stat().st_mode & keys.stat().st_mode & 0o777 == 0o600
    assert b"Hartfield" not in file.read_bytes()
    status, said = run("backup", file)
    assert (status, "is there already" in said) == (1, True)

    assert run("place", "add", "Our page")[0] == 0
    assert "checkpoint 2 signed" in run("audit", "checkpoint")[1]
    shutil.copy(tmp_path / "data" / "checkpoints" / "organisation-1.jsonl", kept)
    status, said = run("restore", file, "--keys", keys, "--passphrase-file", word)
    assert (status, "is not empty" in said) == (1, True)
    shutil.rmtree(tmp_path / "data")

    status, said = run("restore", file, "--keys", keys, "--passphrase-file", word, "--rehearse", "--json")
    assert status == 0, said
    told = json.loads(said)
    assert (sorted(told), told["faults"]) == (KEYS["restore"], [])
    assert (names(tmp_path / "temporary"), (tmp_path / "data").exists()) == ([], False)

    for left in ("restoring", "checkpoints", "keys"):  # by one that was killed while it put things in place
        shutil.copytree(tmp_path / "temporary", tmp_path / "data" / left)
    status, said = run("restore", file, "--keys", keys, "--passphrase-file", word, "--reason", "the disk failed")
    assert status == 0, said
    assert "checkpoint 2 declares the gap" in said
    with sqlite3.connect(tmp_path / "data" / "folkmoot.sqlite3") as line:
        [[unused]] = line.execute("SELECT count(*) FROM members_onetimelink WHERE used_at IS NULL")
    line.close()
    assert unused == 0, "whoever used it after the backup, or from whom it was taken, cannot use it again"
    locks = ["checkpoint.lock", "server.lock"]
    assert names(tmp_path / "data") == sorted(["checkpoints", "folkmoot.sqlite3", "keys", "keys-put-away", *locks])
    status, said = run("audit", "verify", "--checkpoint", kept)
    assert status == 0, said
    assert "“the disk failed”" in said
    assert "checkpoints from number 2 on" in said, "the one that was signed after the backup, and is kept elsewhere"
    shutil.copy(kept, tmp_path / "data" / "checkpoints" / "organisation-1.jsonl")
    status, said = run("audit", "verify", "--checkpoint", kept)
    assert status == 1, "without the declaration the gap is a fault"


@pytest.mark.slow
def test_a_backup_leaves_alone_what_is_not_its_own(run: Run, tmp_path: Path) -> None:
    nightly, left = tmp_path / "data" / "backup-nightly", tmp_path / "data" / ".making-a-backup"
    checkpoints, half = tmp_path / "data" / "checkpoints", ".folkmoot-20261101-031500.backup.part"
    for folder in (nightly, left, checkpoints / "put-away"):
        folder.mkdir()
        (folder / "older.backup").write_text("an older one")
    (nightly / ".folkmoot-20261122-031500.backup.part").write_text("another server's, of this moment")
    (nightly / half).write_text("left by one that was killed")
    os.utime(nightly / half, (1, 1))
    for strange in ("organisation-1 (copy).jsonl", "put-away/organisation-1-abc.jsonl"):
        shutil.copy(checkpoints / "organisation-1.jsonl", checkpoints / strange)
    status, said = run("backup", f"{nightly}/", "--json")
    assert status == 0, said
    assert len(names(nightly)) == 3, "the older one is there as well, and the one that another is writing"
    assert not {nightly / half, left} & {*nightly.iterdir(), *left.parent.iterdir()}
    assert [one["name"] for one in json.loads(said)["files"] if "organisation" in one["name"]] == [
        "checkpoints/organisation-1.jsonl",
        "checkpoints/put-away/organisation-1-abc.jsonl",
    ]


@pytest.mark.soak
@pytest.mark.slow
def test_a_trial_leaves_the_servers_checkpoints_alone_and_a_restore_goes_on_from_them(run: Run, tmp_path: Path) -> None:
    file, kept, new = tmp_path / "today.backup", tmp_path / "kept", tmp_path / "new"
    elsewhere = {"FOLKMOOT_CHECKPOINTS": str(kept)}
    shutil.move(tmp_path / "data" / "checkpoints", kept)
    assert run("backup", file, "--with-keys", tmp_path / "keys.backup", **elsewhere)[0] == 0
    assert run("place", "add", "Our page")[0] == 0
    assert "checkpoint 2 signed" in run("audit", "checkpoint", **elsewhere)[1]
    before = (kept / "organisation-1.jsonl").read_bytes()

    for keys in (("--without-keys",), ("--keys", tmp_path / "data" / "keys")):
        status, said = run("restore", file, "--into", new, *keys, **elsewhere)
        assert status == 0, said
        assert (names(kept), (kept / "organisation-1.jsonl").read_bytes()) == (["organisation-1.jsonl"], before)
        assert (new / "checkpoints" / "organisation-1.jsonl").exists()
        shutil.rmtree(new)

    shutil.move(tmp_path / "data", tmp_path / "old")
    status, said = run("restore", file, "--keys", tmp_path / "keys.backup", **elsewhere)
    assert status == 0, said
    assert "checkpoint 3 declares the gap" in said
    assert (kept / "organisation-1.jsonl").read_bytes().startswith(before)
    assert not (tmp_path / "data" / "checkpoints").exists()
    status, said = run("audit", "verify", **elsewhere)
    assert status == 0, said


@pytest.mark.soak
@pytest.mark.slow
def test_keys_under_an_older_passphrase_open_a_newer_backup(run: Run, tmp_path: Path) -> None:
    file, keys, word, older = (tmp_path / name for name in ("today.backup", "keys.backup", "word.txt", "older.txt"))
    word.write_text(f"{PASSPHRASE}\n")
    older.write_text(f"{PASSPHRASE} of last year\n")
    assert run("backup", tmp_path / "then", "--with-keys", keys, "--passphrase-file", older)[0] == 0
    assert run("backup", file, "--passphrase-file", word)[0] == 0
    known = ("restore", file, "--rehearse", "--keys", keys, "--passphrase-file", word)
    status, said = run(*known)
    assert (status, "--keys-passphrase-file" in said) == (1, True), said
    status, said = run(*known, "--keys-passphrase-file", older)
    assert status == 0, said
    assert "Keys that are not here" not in said


@pytest.mark.slow
def test_without_keys_it_says_what_no_longer_works_and_makes_new_ones(run: Run, tmp_path: Path) -> None:
    file, new = tmp_path / "today.backup", tmp_path / "new"
    status, said = run("backup", file)
    assert status == 0
    assert "The keys are not in it" in said
    assert "not encrypted" in said
    status, said = run("restore", file, "--into", new)
    assert status == 1
    assert "The keys of this backup are not here (letters, sessions, checkpoints)" in said
    assert not new.exists()
    status, said = run("restore", file, "--into", new, "--without-keys")
    assert status == 0, said
    assert all(word in said for word in ("receipts", "user reset", "put-away", "new fingerprint"))
    assert run("audit", "checkpoint", FOLKMOOT_DATA=str(new))[0] == 0
    assert run("audit", "verify", FOLKMOOT_DATA=str(new))[0] == 0
    [old] = (new / "checkpoints" / "put-away").iterdir()
    status, said = run("audit", "verify", "--checkpoint", old, FOLKMOOT_DATA=str(new))
    assert status == 0, f"nothing that the old key signed is lost: {said}"


@pytest.mark.slow
def test_what_cannot_be_done_is_one_sentence(run: Run, tmp_path: Path) -> None:
    file, keys, short = tmp_path / "today.backup", tmp_path / "keys.backup", tmp_path / "short.txt"
    short.write_text("short\n")
    assert run("backup", file, "--with-keys", keys)[0] == 0
    damaged = tmp_path / "damaged.backup"
    damaged.write_bytes(file.read_bytes()[:-9])
    new = ("--into", tmp_path / "new")
    for arguments, says in (
        (("backup", tmp_path / "nowhere" / "today"), "There is no folder"),
        (("backup", tmp_path / "two", "--encrypt"), "nobody is at the terminal"),
        (("backup", tmp_path / "two", "--passphrase-file", short), "soon guessed"),
        (("backup", tmp_path / "two", "--with-keys", tmp_path / "two"), "a file of their own"),
        (("restore", damaged, *new), "damaged, or its end is missing"),
        (("restore", keys, *new), "holds keys, not a backup"),
        (("restore", file, *new, "--keys", file), "holds a backup, not keys"),
        (("restore", file, "--into", file, "--keys", keys), "is a file"),
        (("restore", file, *new, "--keys", keys, "--tombstones", tmp_path / "none"), "There is no file"),
    ):
        status, said = run(*arguments)
        assert (status, says in said) == (1, True), said
        assert len(said.strip().splitlines()) == 1
        assert not (tmp_path / "new").exists()
        assert not (tmp_path / "two").exists()
    status, said = run("restore", file, *new, DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert (status, "is of the built-in database" in said) == (1, True)


@pytest.fixture
def databases() -> Iterator[list[str]]:
    """Return the addresses of two empty databases at the server that the tests run on."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        pytest.skip("this run is on SQLite: ./test runs it on PostgreSQL as well")
    made = [f"backup_{secrets.token_hex(4)}" for _ in range(2)]
    with psycopg.connect(url, autocommit=True) as line:
        for name in made:
            line.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        yield [f"{url.rpartition('/')[0]}/{name}" for name in made]
        for name in made:
            line.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


@pytest.mark.postgresql
@pytest.mark.database
@pytest.mark.slow
def test_on_postgresql_it_goes_there_and_back_in_one_snapshot(databases: list[str], tmp_path: Path) -> None:
    before, after = databases
    run: Any = runner(clean_environment(FOLKMOOT_DATA=str(tmp_path / "data"), DATABASE_URL=before), tmp_path)
    file, keys = tmp_path / "today.backup", tmp_path / "keys.backup"
    assert run("org", "add", "Hartfield Branch")[0] == 0
    assert run("audit", "checkpoint")[0] == 0
    status, said = run("backup", file, "--with-keys", keys)
    assert status == 0, said
    status, said = run("backup", tmp_path / "two", PATH="/nowhere")
    assert (status, "its program pg_dump is not on this machine" in said) == (1, True)
    status, said = run("restore", file, "--rehearse", "--keys", keys)
    assert status == 0, said
    status, said = run("restore", file, "--into", tmp_path / "new", "--keys", keys)
    assert (status, "is not empty" in said) == (1, True)
    status, said = run("restore", file, "--into", tmp_path / "new", "--keys", keys, DATABASE_URL=after)
    assert status == 0, said
    status, said = run("audit", "verify", FOLKMOOT_DATA=str(tmp_path / "new"), DATABASE_URL=after)
    assert status == 0, said
    with psycopg.connect(before) as line:
        [left] = line.execute(
            "SELECT count(*) FROM pg_database WHERE datname LIKE 'folkmoot_rehearsal_%'"
        ).fetchone() or (1,)
    assert left == 0
