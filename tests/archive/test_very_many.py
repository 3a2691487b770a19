"""While very many posts come the database is set otherwise, and afterwards as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from folkmoot.archive.very_many import in_a_stream, learn_sizes

ASKED = {
    "sqlite": ("PRAGMA synchronous", "PRAGMA wal_autocheckpoint"),
    "postgresql": (
        "SHOW synchronous_commit",
        "SHOW gin_pending_list_limit",
        "SHOW work_mem",
        "SHOW random_page_cost",
    ),
}


@pytest.fixture
def mine(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BaseDatabaseWrapper]:
    """Return a connection that no test has begun a transaction in; on SQLite to a file of its own."""
    made = connection.copy("elsewhere")
    if made.vendor == "sqlite":
        made.settings_dict["NAME"] = str(tmp_path / "words.sqlite3")
    monkeypatch.setattr("folkmoot.archive.very_many.connection", made)
    monkeypatch.setattr("folkmoot.archive.journal.connection", made)
    yield made
    made.close()


def settings(of: BaseDatabaseWrapper) -> list[object]:
    with of.cursor() as cursor:
        found = []
        for asked in ASKED[of.vendor]:
            cursor.execute(asked)
            found.append(cursor.fetchone()[0])
    return found


def test_afterwards_everything_is_set_as_it_was(mine: BaseDatabaseWrapper) -> None:
    with mine.cursor() as cursor:  # as a server has it, not the tests
        cursor.execute("PRAGMA synchronous=FULL" if mine.vendor == "sqlite" else "SET synchronous_commit TO on")
    before = settings(mine)
    with in_a_stream():
        within = settings(mine)
    assert all(one != other for one, other in zip(before, within, strict=True))
    assert settings(mine) == before
    with pytest.raises(ZeroDivisionError), in_a_stream():
        raise ZeroDivisionError
    assert settings(mine) == before


def test_when_the_connection_is_lost_meanwhile_what_was_wrong_first_is_said(mine: BaseDatabaseWrapper) -> None:
    with pytest.raises(ZeroDivisionError), in_a_stream():
        _lose(mine)


def _lose(made: BaseDatabaseWrapper) -> None:
    made.close()
    raise ZeroDivisionError


def test_within_a_transaction_nothing_changes(db: None) -> None:
    before = settings(connection)
    with in_a_stream():
        assert settings(connection) == before
    learn_sizes()


def test_on_sqlite_the_journal_keeps_no_words_afterwards(mine: BaseDatabaseWrapper, tmp_path: Path) -> None:
    """DP20: what is destroyed later must not lie in the tail of a journal that nobody shortens."""
    if mine.vendor != "sqlite":
        pytest.skip("PostgreSQL recycles its journal by itself")
    journal = tmp_path / "words.sqlite3-wal"
    with in_a_stream(), mine.cursor() as cursor:
        cursor.execute("CREATE TABLE said (words text)")
        cursor.execute("INSERT INTO said VALUES ('unutterable')")
        assert b"unutterable" in journal.read_bytes()
    assert journal.read_bytes() == b""
