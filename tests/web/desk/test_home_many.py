"""The first page after sign-in asks the database no more when more waits."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from folkmoot.procedure.words import Role
from folkmoot.steps.decide import decide
from folkmoot.steps.give_role import give_role
from folkmoot.steps.lodge_appeal import lodge_appeal
from tests.cast import APPEAL, FOUNDED, PASSAGE, SYSTEM, Branch, a_decision, day, free, post, reported
from tests.web.desk.pages import Desk

pytestmark = pytest.mark.django_db


def appeals(people: Branch, number: int) -> None:
    """Let so many posts be reported, removed by the first moderator, and appealed."""
    for n in range(number):
        text = f"{PASSAGE}, and that is number {n} of {number}."
        about = post(people.org, people.place, native_id=f"{number}-{n}", text=text, account=people.account)
        matter = reported(people, post=about)
        free(matter, people.operator, at=day(1))
        decide(matter.pk, a_decision(), by=people.operator, at=day(1))
        lodge_appeal(matter.pk, words=APPEAL, by=matter.grant, at=day(2))


def test_more_appeals_ask_no_more_of_the_database(people: Branch) -> None:
    for role in (Role.SECRETARY, Role.EXECUTIVE):
        give_role(people.operator, role, by=SYSTEM, at=FOUNDED)
    desk = Desk(people.operator)
    asked = []
    for number in (2, 4):
        appeals(people, number)
        with CaptureQueriesContext(connection) as queries:
            desk.read()
        asked.append(len(queries))
    assert asked[0] == asked[1]
