"""What holds for every route: tokens, scopes, refusals, limits."""

from datetime import timedelta
from typing import Any

import pytest

from folkmoot.members.models import ApiToken, RoleHeld, Scope
from folkmoot.steps.revoke_token import revoke_token
from tests.api.programs import Program, program, refused_as, token_of
from tests.cast import Branch, Matter, day, outsider, reported
from tests.web.browsers import move_clock, officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(1))


@pytest.fixture
def matter() -> Matter:
    return reported()


@pytest.fixture
def people(matter: Matter) -> Branch:
    return matter.branch


def test_whoever_knows_the_organisation_learns_its_name_without_a_token(people: Branch) -> None:
    answer = Program(people.org).get("")
    assert (answer.status_code, answer.json()["name"]) == (200, "Harbour branch")


def test_a_token_does_what_its_owner_could(matter: Matter, people: Branch) -> None:
    caller = program(people.operator, Scope.READ, Scope.DESK)
    assert caller.get("/cases").json()["cases"][0]["stage"] == "received"
    answer = caller.post(f"/cases/{matter.pk}/claim")
    assert answer.status_code == 200, answer.content
    assert matter.case.claimed_by == people.operator


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer made-up", "Basic bW86bW8=", "Token {}"])
def test_without_a_token_that_holds_nothing_is_shown(matter: Matter, people: Branch, header: str) -> None:
    shown = header.format(token_of(people.operator))
    answer = Program(people.org).get(f"/cases/{matter.pk}", **({"Authorization": shown} if shown else {}))
    assert (answer.status_code, refused_as(answer)) == (401, "unknown")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_ends_on_its_day_and_when_it_is_revoked(
    matter: Matter, people: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    short, long = program(people.operator, until=day(1).date()), program(people.operator)
    assert short.get("/cases").status_code == 200
    move_clock(monkeypatch, day(2))
    assert short.get("/cases").status_code == 401
    assert long.get("/cases").status_code == 200
    revoke_token(people.org, ApiToken.objects.latest("pk").pk, by=people.administrator, at=day(2))
    assert long.get("/cases").status_code == 401


def test_a_scope_that_the_token_lacks_is_named(matter: Matter, people: Branch) -> None:
    answer = program(people.operator, Scope.READ).post(f"/cases/{matter.pk}/claim")
    assert (answer.status_code, refused_as(answer)) == (403, "out-of-scope")
    assert "“desk”" in answer.json()["detail"]
    assert matter.case.claimed_by is None


def test_an_office_that_has_ended_takes_the_token_with_it(matter: Matter, people: Branch) -> None:
    caller = program(people.operator)
    RoleHeld.objects.filter(person=people.operator).update(until=day(0, 12))
    assert caller.get(f"/cases/{matter.pk}").status_code == 404


def test_every_404_is_the_same_bytes_whatever_the_cause(matter: Matter, people: Branch) -> None:
    ours, stranger = program(people.operator), Program(people.org, token_of(outsider()))
    answers = [
        ours.get("/cases/987654321"),
        stranger.get(f"/cases/{matter.pk}"),
        stranger.get("/cases/987654321"),
        ours.get("/nothing/here"),
        program(people.administrator).get(f"/cases/{matter.pk}"),
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}


def test_calls_are_counted_and_the_headers_say_how_many_are_left(
    matter: Matter, people: Branch, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_CALLS_PER_HOUR = 2
    caller = program(people.operator)
    first, second, third = (caller.get("/cases") for _ in range(3))
    assert [answer["RateLimit-Remaining"] for answer in (first, second, third)] == ["1", "0", "0"]
    assert (third.status_code, refused_as(third)) == (429, "too-much")
    assert int(third["Retry-After"]) == int(third["RateLimit-Reset"]) == 3600
    move_clock(monkeypatch, day(1) + timedelta(hours=1))
    assert caller.get("/cases").status_code == 200


def test_no_cookie_opens_the_api(matter: Matter, people: Branch) -> None:
    browser = officer(people.operator)
    assert browser.get(f"/o/{people.org.slug}/desk/").status_code == 200
    answer = browser.get(f"/api/v1/o/{people.org.slug}/cases/{matter.pk}")
    assert (answer.status_code, "Set-Cookie" in answer) == (401, False)
