"""What the audit reads is of one moment, and nobody waits for it."""

import pytest
from django.db import DatabaseError, connections

from folkmoot.casefile import moment
from folkmoot.casefile.moment import one_moment


def test_reading_begins_and_ends_a_view_of_its_own_and_asks_for_no_lock(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = connections.create_connection("default")  # the test's own transaction holds the lock for writing meanwhile
    monkeypatch.setattr(moment, "connection", mine)
    try:
        for _ in range(2):  # the second time could not begin if the first had not ended
            with one_moment(), mine.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM members_organisation")
                assert cursor.fetchone() == (0,)
        with pytest.raises(DatabaseError), one_moment(), mine.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")
        with one_moment(), mine.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        mine.close()
