"""Locks on PostgreSQL: what other rows refer to is locked so that those references can still be looked at."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from folkmoot.procedure.words import Role
from folkmoot.steps.change_place import change_place
from folkmoot.steps.end_role import end_role
from folkmoot.steps.set_contact import set_contact
from tests import cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer and no locks of rows"),
]
WHOLE = {
    "casefile_register",
    "casefile_sought",
    "outbox_dispatch",
    "outbox_task",
    "archive_importrun",
    "archive_operator",
}


def test_no_step_locks_a_row_whole_that_others_refer_to() -> None:
    with CaptureQueriesContext(connection) as asked:
        matter = cast.finalised()
        people = matter.branch
        end_role(people.panel[0], Role.EXECUTIVE, by=people.administrator, at=cast.day(9))
        set_contact(people.org, contact="secretary@harbour.example", by=people.administrator, at=cast.day(9))
        change_place(
            people.place,
            name="The page",
            kind=people.place.kind,
            is_public=True,
            url="",
            by=people.administrator,
            at=cast.day(9),
        )
    locking = [query["sql"] for query in asked if re.search(r" FOR (NO KEY )?UPDATE", query["sql"])]
    assert any("FOR NO KEY UPDATE" in sql for sql in locking)
    whole = {found[1] for sql in locking if "FOR UPDATE" in sql and (found := re.search(r' FROM "(\w+)"', sql))}
    assert whole <= WHOLE
