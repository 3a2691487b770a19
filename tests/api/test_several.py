"""The same for several cases: each in a transaction of its own, and what goes wrong in one stays there."""

import pytest
from django.db import OperationalError

from folkmoot.api.routes import taking_back
from folkmoot.casefile.models import Paper
from folkmoot.members.models import Repeatable
from folkmoot.procedure.words import ReportKind
from tests.api.programs import Program, program, refused_as
from tests.cast import Branch, branch, day, lay_open, post, reported
from tests.web.browsers import move_clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(1))


@pytest.fixture
def people() -> Branch:
    return branch()


@pytest.fixture
def caller(people: Branch) -> Program:
    return program(people.operator)


@pytest.fixture
def cases(people: Branch) -> list[int]:
    there = [post(people.org, people.place, native_id=f"s{number}", text=f"Buy {number}.") for number in range(3)]
    return [reported(people, post=one, kind=ReportKind.SPAM).pk for one in there]


def decisions(cases: list[int]) -> list[int]:
    found = Paper.objects.filter(case__in=cases, kind=Paper.Kind.DECISION).order_by("case")
    return list(found.values_list("case", flat=True))


def fails_at(number: int, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = taking_back.decide_spam

    def decide_spam(case: int, **said: object) -> Paper:
        paper = whole(case, **said)  # type: ignore[arg-type]
        if case == number:
            raise error
        return paper

    monkeypatch.setattr(taking_back, "decide_spam", decide_spam)


def test_one_that_fails_undoes_no_other_and_says_what_it_is(
    people: Branch, caller: Program, cases: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = cases
    fails_at(second, AssertionError("a fault of ours"), monkeypatch)
    answer = caller.post("/spam", {"cases": [first, 987654321, second, third, first], "code": "H1"})
    assert answer.status_code == 200, answer.content
    told = [(one["case"], one["status"], bool(one["paper"])) for one in answer.json()["cases"]]
    assert told == [(first, 201, True), (987654321, 404, False), (second, 500, False), (third, 201, True)]
    assert decisions(cases) == [first, third]
    again = caller.post("/spam", {"cases": [first], "code": "H1"}).json()["cases"]
    assert (again[0]["status"], again[0]["paper"]) == (403, None)
    assert lay_open(people.org) == []


def test_what_ends_in_between_goes_on_where_it_was_and_does_nothing_twice(
    people: Branch, caller: Program, cases: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        fails_at(cases[1], OperationalError("the database is away"), patch)
        ended = caller.post("/spam", {"cases": cases, "code": "H1"}, key="one-of-mine")
    assert (ended.status_code, refused_as(ended), decisions(cases)) == (500, "failed", cases[:1])
    done = caller.post("/spam", {"cases": cases, "code": "H1"}, key="one-of-mine")
    assert [one["status"] for one in done.json()["cases"]] == [201, 201, 201]
    assert decisions(cases) == cases
    again = caller.post("/spam", {"cases": cases, "code": "H1"}, key="one-of-mine")
    assert (again.content, again["Idempotent-Replayed"]) == (done.content, "true")
    assert Repeatable.objects.get().status == 200
    assert lay_open(people.org) == []
