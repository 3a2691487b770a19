"""Queue, case and search ask the database as often for much as for little, and not too often for either."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from folkmoot.procedure.words import ReportKind
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.web.desk.stakes import closed_to
from tests.cast import FOUNDED, Branch, Matter, day, decided, free, post, reported
from tests.web.desk.pages import Desk

pytestmark = pytest.mark.django_db
# Statements; each costs a fifth of a millisecond of Python and more.
AT_MOST = {
    "queue": 40,
    "case": 62,
    "search": 30,
    "search for cases": 36,
}


def asked(desk: Desk, path: str) -> int:
    """Return how many statements a page makes, once what is remembered between pages is there."""
    desk.read(path)
    with CaptureQueriesContext(connection) as queries:
        desk.read(path)
    return len(queries)


def more_matters(people: Branch, many: int) -> list[Matter]:
    """Let so many posts of one conversation be reported, each twice."""
    made = []
    for number in range(many):
        at = FOUNDED + timedelta(minutes=number + 1)
        about = post(people.org, people.place, native_id=f"{many}.{number}", account=people.account, posted_at=at)
        about.thread, about.reply_to = people.post.native_id, people.post.native_id
        about.save()
        made.append(reported(people, post=about, words=f"Number {number} of {many}."))
        reported(people, post=about, words="So do I find.", kind=ReportKind.INACCURATE)
    return made


@pytest.mark.parametrize(
    ("page", "path"), [("queue", "queue/"), ("search", "search/?q=harbour"), ("search for cases", "search/?in=cases")]
)
def test_lists_ask_no_more_when_more_is_there(people: Branch, page: str, path: str) -> None:
    desk = Desk(people.operator)
    free(more_matters(people, 2)[0], people.operator, at=day(1))
    few = asked(desk, path)
    for matter in more_matters(people, 6):
        free(matter, people.operator, at=day(1))
    assert asked(desk, path) == few <= AT_MOST[page]


def test_a_case_asks_no_more_when_more_was_reported_and_said_around_it(people: Branch) -> None:
    matter, desk = reported(people), Desk(people.operator)
    free(matter, people.operator, at=day(1))
    more_matters(people, 1)
    few = asked(desk, f"cases/{matter.pk}/")
    for number in range(5):
        reported(people, words=f"It is about me. {number}", kind=ReportKind.INACCURATE)
    more_matters(people, 5)
    assert asked(desk, f"cases/{matter.pk}/") == few <= AT_MOST["case"]


def test_a_removal_asks_no_more_than_what_waits_by_half(people: Branch) -> None:
    desk, matter = Desk(people.operator), decided(people)
    assert asked(desk, f"cases/{matter.pk}/") <= 1.5 * AT_MOST["case"]


def test_what_is_closed_to_somebody_is_asked_of_few_and_once(people: Branch) -> None:
    first, second = more_matters(people, 2)
    declare_interest(first.pk, interested=True, by=people.operator, at=day(1))
    closed = closed_to(people.operator)
    assert closed.among([]) == set()
    with CaptureQueriesContext(connection) as queries:
        assert closed.among([first.pk, second.pk, 999]) == {first.pk}
        asked_first = len(queries)
        assert closed.among([second.pk, first.pk]) == {first.pk}
    assert len(queries) == asked_first
