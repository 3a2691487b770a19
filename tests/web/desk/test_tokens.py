"""The page of one's tokens: made, shown once, revoked."""

import re

import pytest
from django.test import Client

from folkmoot.members.api_tokens import token_hash
from folkmoot.members.models import ApiToken, Scope
from folkmoot.outbox.models import Dispatch
from tests.api.programs import Program, token_of
from tests.cast import Branch, branch, day
from tests.web.browsers import move_clock, officer

pytestmark = pytest.mark.django_db
ASKED = {"name": "Sends our posts each night", "scopes": ["ingest", "read"], "until": "2026-12-31"}


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(1))


@pytest.fixture
def people() -> Branch:
    return branch()


@pytest.fixture
def desk(people: Branch) -> Client:
    return officer(people.operator)


def test_a_token_is_made_and_shown_once(people: Branch, desk: Client) -> None:
    page = desk.post(at(people), ASKED)
    (token,) = re.findall(r"folkmoot_[A-Za-z0-9_-]{43}", page.content.decode())
    row = ApiToken.objects.get()
    assert (row.hash, row.scopes, row.owner) == (token_hash(token), ["read", "ingest"], people.operator)
    assert Program(people.org, token).get("/posts").status_code == 200
    again = desk.get(at(people)).content.decode()
    assert token not in again
    assert "Sends our posts each night" in again
    assert "last used" in again
    assert Dispatch.objects.latest("pk").to == people.operator.email


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "What is it for? Please fill this in."),
        ({"scopes": []}, "Please choose what the token is for."),
        ({"scopes": ["everything"]}, "everything"),
        ({"until": "2026-11-02"}, "from today on"),
        ({"until": "2027-11-06"}, "within a year"),
        ({"until": "soon"}, "day, month and year"),
    ],
)
def test_what_is_wrong_is_said_and_no_token_is_made(
    people: Branch, desk: Client, change: dict[str, object], says: str
) -> None:
    page = desk.post(at(people), {**ASKED, **change})
    assert page.status_code == 422
    assert says in page.content.decode()
    assert not ApiToken.objects.exists()


def test_its_owner_revokes_it(people: Branch, desk: Client) -> None:
    token = token_of(people.operator)
    desk.post(f"{at(people)}{ApiToken.objects.get().pk}/revoked/")
    assert Program(people.org, token).get("/cases").status_code == 401
    assert "Revoked" in desk.get(at(people)).content.decode()


def test_an_administrator_sees_and_revokes_those_of_others_and_nobody_else_does(people: Branch) -> None:
    assert people.moderator is not None
    token_of(people.moderator, [Scope.READ])
    number = ApiToken.objects.get().pk
    assert "A script" not in officer(people.operator).get(at(people)).content.decode()
    assert officer(people.operator).post(f"{at(people)}{number}/revoked/").status_code == 404
    administrator = officer(people.administrator)
    assert "Nia Roe" in administrator.get(at(people)).content.decode()
    assert administrator.post(f"{at(people)}{number}/revoked/").status_code == 303
    assert ApiToken.objects.get().revoked_at == day(1)


def at(people: Branch) -> str:
    return f"/o/{people.org.slug}/desk/tokens/"
