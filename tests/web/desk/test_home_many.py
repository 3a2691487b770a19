"""The first page after sign-in asks the database no more when more waits."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from folkmoot.archive.models import Platform
from folkmoot.casefile.models import Duty
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


def test_what_is_due_first_comes_first_also_where_somebody_else_looks_after_the_place(people: Branch) -> None:
    elsewhere = Platform.objects.create(org=people.org, slug="forum", name="Forum", created_at=FOUNDED)
    first = reported(people, post=post(people.org, elsewhere, native_id="300"), at=day(0))
    second = reported(people, post=post(people.org, people.place, native_id="301"), at=day(1))
    page = Desk(people.operator).read("")
    assert page.index(f"Case {first.pk} ") < page.index(f"Case {second.pk} ")


def test_who_owes_an_answer_is_said_of_each_report_where_they_are_several(people: Branch) -> None:
    matter = reported(people, at=day(0))
    duty = Duty.objects.get(case=matter.pk)
    later = [("secretary", day(6)), ("executive", day(30))]
    for holder, at in later:
        Duty.objects.create(
            org=people.org, case=duty.case, paper=duty.paper, owed=duty.owed, holder=holder, since=day(0), due_at=at
        )
    Duty.objects.filter(pk=duty.pk).update(lapsed_at=day(5))
    desk = Desk(people.operator).free(matter)
    said = ", ".join(
        f"{name} ({at:%-d %B})" for name, (_, at) in zip(("the Secretary", "the Executive"), later, strict=True)
    )
    assert f"An answer is owed by {said}." in desk.read(f"cases/{matter.pk}/")
    assert "The Secretary and the Executive were added" in desk.read("queue/")
