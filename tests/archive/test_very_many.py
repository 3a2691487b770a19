"""While very many posts come the database is set otherwise, and afterwards as it was."""

from pathlib import Path

import pytest
from django.db import connection, transaction

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


def settings() -> list[object]:
    with connection.cursor() as cursor:
        found = []
        for asked in ASKED[connection.vendor]:
            cursor.execute(asked)
            found.append(cursor.fetchone()[0])
    return found


@pytest.mark.django_db(transaction=True)
def test_afterwards_everything_is_set_as_it_was() -> None:
    before = settings()
    with in_a_stream():
        within = settings()
    assert all(one != other for one, other in zip(before, within, strict=True))
    assert settings() == before
    with pytest.raises(ZeroDivisionError), in_a_stream(), transaction.atomic():
        raise ZeroDivisionError
    assert settings() == before


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_lost_meanwhile_says_what_was_wrong_first() -> None:
    with pytest.raises(ZeroDivisionError), in_a_stream():
        _lose_it()
    learn_sizes()


def _lose_it() -> None:
    connection.close()
    raise ZeroDivisionError


@pytest.mark.django_db
def test_within_a_transaction_nothing_changes() -> None:
    before = settings()
    with in_a_stream():
        assert settings() == before


@pytest.mark.django_db
def test_on_sqlite_the_journal_keeps_no_words_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DP20: what is destroyed later must not lie in the tail of a journal that nobody shortens."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL recycles its journal by itself")
    mine = connection.copy("elsewhere")
    mine.settings_dict["NAME"] = str(tmp_path / "words.sqlite3")
    monkeypatch.setattr("folkmoot.archive.very_many.connection", mine)
    monkeypatch.setattr("folkmoot.archive.journal.connection", mine)
    journal = tmp_path / "words.sqlite3-wal"
    try:
        with in_a_stream(), mine.cursor() as cursor:
            cursor.execute("CREATE TABLE said (words text)")
            cursor.execute("INSERT INTO said VALUES ('unutterable')")
            assert b"unutterable" in journal.read_bytes()
        assert journal.read_bytes() == b""
    finally:
        mine.close()
