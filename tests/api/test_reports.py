"""Reports by the API: as on the page, and without a token."""

from typing import Any

import pytest

from folkmoot.casefile.models import Case, Paper
from folkmoot.members.models import Repeatable, Scope
from tests.api.programs import Program, program, refused_as
from tests.cast import Branch, branch, day, lay_open, own
from tests.web.browsers import move_clock

pytestmark = pytest.mark.django_db
KEY = "6f0b5a3e-9d0e-4b7a-8c54-1f5f4f3b2a19"
SAID = {"kind": "attack", "words": "She calls him a crook.", "link": "https://example.org/posts/100"}


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(1))


@pytest.fixture
def people() -> Branch:
    return branch()


@pytest.fixture
def visitor(people: Branch) -> Program:
    return Program(people.org)


def test_anybody_reports_and_follows_it_with_their_receipt(people: Branch, visitor: Program) -> None:
    answer = visitor.post("/reports", {**SAID, "email": "wren@example.org", "place": people.place.pk})
    assert answer.status_code == 201, answer.content
    receipt = answer.json()
    case = Case.objects.get()
    assert (case.post, case.platform) == (people.post, people.place)
    own_report = visitor.get("/report", **{"Folkmoot-Receipt": receipt["code"]})
    assert (own_report.status_code, own_report.json()["words"]) == (200, "She calls him a crook.")
    assert lay_open(people.org) == []


def test_sent_twice_a_report_is_one_and_its_code_is_not_stored_as_it_is(people: Branch, visitor: Program) -> None:
    first = visitor.post("/reports", SAID, key=KEY)
    again = visitor.post("/reports", SAID, key=KEY, **{"X-Forwarded-For": "192.0.2.7"})  # from another network
    assert again.content == first.content
    assert Paper.objects.filter(kind=Paper.Kind.REPORT).count() == 1
    assert first.json()["code"].encode() not in bytes(Repeatable.objects.get().answer)


def test_no_visitor_gets_anothers_code_by_a_key_that_both_could_think_of(visitor: Program) -> None:
    guessable = visitor.post("/reports", SAID, key="report-2026-11-22-0000000000000001")
    assert (guessable.status_code, refused_as(guessable)) == (400, "unreadable")
    code = visitor.post("/reports", SAID, key=KEY).json()["code"]
    other = visitor.post("/reports", {**SAID, "words": "He says so of me."}, key=KEY)
    assert (other.status_code, refused_as(other)) == (422, "other-request")
    assert code.encode() not in other.content


def test_with_a_token_it_is_its_owners_report_and_who_is_affected_decides_nothing(people: Branch) -> None:
    caller = program(people.operator, Scope.REPORT, Scope.READ)
    assert caller.post("/reports", {**SAID, "affected": True}).status_code == 201
    assert Paper.objects.get(kind=Paper.Kind.REPORT).by == f"person:{people.operator.pk}"
    assert refused_as(caller.get(f"/cases/{Case.objects.get().pk}")) == "refused"
    assert refused_as(program(people.operator, Scope.READ).post("/reports", SAID)) == "out-of-scope"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "nonsense"}, "body.kind"),
        ({"words": "", "link": ""}, "words"),
        ({"link": "not a link"}, "link"),
        ({"email": "nobody"}, "email"),
        ({"place": 987654321}, "place"),
        ({"words": "x" * 20_001}, "body.words"),
        ({"words": "a\0b"}, "body.words"),
        ({"account": "somebody"}, "account"),
        ({"kind": "child_safety", "quoted": "A copy."}, "quoted"),
        ({"subject": "offline"}, "link"),
        ({"surprise": 1}, "body.surprise"),
    ],
)
def test_what_the_page_refuses_is_refused_with_its_field(visitor: Program, change: dict[str, Any], field: str) -> None:
    answer = visitor.post("/reports", {**SAID, **change})
    assert (answer.status_code, refused_as(answer)) == (422, "invalid")
    assert [one["field"] for one in answer.json()["errors"]] == [field]
    assert not Paper.objects.filter(kind=Paper.Kind.REPORT).exists()


def test_reports_are_limited_as_on_the_page(visitor: Program, settings: Any) -> None:
    settings.REPORTS_PER_HOUR = 2
    assert [visitor.post("/reports", SAID).status_code for _ in range(3)] == [201, 201, 429]
    answer = visitor.post("/reports", SAID)
    assert (refused_as(answer), answer["Retry-After"]) == ("too-much", "3600")


def test_somebody_on_the_desk_opens_a_case_about_a_post(people: Branch) -> None:
    caller = program(people.operator)
    answer = caller.post(f"/posts/{people.post.pk}/reports", {"kind": "attack"})
    assert (answer.status_code, answer.json()["stage"]) == (201, "received")
    assert people.moderator is not None
    own(people, people.moderator)
    refused = program(people.moderator).post(f"/posts/{people.post.pk}/reports", {"kind": "attack"})
    assert (refused.status_code, refused_as(refused)) == (403, "refused")


def test_large_uploads_are_weighed_before_they_are_read_whatever_header_comes_with_them(
    people: Branch, visitor: Program, settings: Any
) -> None:
    settings.REQUEST_MAX_BYTES = 5_000_000
    code = visitor.post("/reports", SAID).json()["code"]
    picture = b"\x89PNG" + bytes(2_600_000)
    shown = {"Folkmoot-Receipt": code, "Authorization": "Bearer made-up"}
    first, second = (visitor.send_form("/report/additions", {"words": "See."}, picture, **shown) for _ in range(2))
    assert first.status_code == 422  # it is no picture
    assert (second.status_code, refused_as(second)) == (429, "too-much")
