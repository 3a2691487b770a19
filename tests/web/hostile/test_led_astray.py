"""Sessions that somebody else began, and ways that lead to another site than ours."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory

from folkmoot.outbox.links import letter_link, one_time_link
from folkmoot.web.access import own_path
from folkmoot.web.signin.sessions import kept_as
from tests.cast import Matter, day, decided
from tests.web.browsers import app_code, move_clock, officer
from tests.web.hostile.test_guessing import invited

pytestmark = pytest.mark.django_db
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "http:evil.example",
    "http:///evil.example/",
    "http://testserver@evil.example/",
    "http://evil.example\\@testserver/",
    "http://testserver//evil.example/",
    "http://testserver/\\evil.example/",
    "http://testserver:80@evil.example/",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "\t//evil.example/",
    "/\t/evil.example/",
    "data:text/html,x",
)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(3))


@pytest.fixture
def matter() -> Matter:
    return decided()


def _opened_letter(matter: Matter, browser: Client) -> Any:
    return browser.post(urlsplit(letter_link(matter.grant)).path)


def _typed_receipt(matter: Matter, browser: Client) -> Any:
    return browser.post(f"/o/{matter.branch.org.slug}/track/", {"code": matter.receipt.code})


def _accepted_invitation(matter: Matter, browser: Client) -> Any:
    made = invited(matter)
    return browser.post(urlsplit(one_time_link(made)).path)


@pytest.mark.parametrize("enter", [_opened_letter, _typed_receipt, _accepted_invitation])
def test_a_session_that_somebody_else_began_is_not_the_one_that_gets_in(
    matter: Matter, enter: Callable[[Matter, Client], Any]
) -> None:
    planted = Client()
    session = planted.session
    session["left"] = "here"
    session.save()
    theirs = Client()
    theirs.cookies["sessionid"] = session.session_key or ""
    assert enter(matter, theirs).status_code in {302, 303}
    assert theirs.cookies["sessionid"].value != session.session_key
    assert not Session.objects.filter(session_key=kept_as(session.session_key or "")).exists()
    assert list(planted.session.keys()) == []


def test_a_session_under_a_name_of_ones_own_choice_is_never_begun(matter: Matter) -> None:
    browser = Client()
    browser.cookies["sessionid"] = "a" * 32
    _typed_receipt(matter, browser)
    assert browser.cookies["sessionid"].value != "a" * 32


@pytest.mark.parametrize("to", ELSEWHERE)
def test_nobody_is_led_to_another_site(matter: Matter, to: str) -> None:
    inside, fresh = officer(matter.branch.operator), officer(matter.branch.secretary, second_factor=False)
    referred = {"referer": to.replace("\n", "").replace("\t", "")}
    answers = [
        inside.get("/sign-in/", {"next": to}),
        inside.post("/sign-in/", {"next": to}),
        inside.get("/account/second-factor/", {"next": to}),
        fresh.get("/account/second-factor/", {"next": to}),
        inside.get("/account/confirm/code/", {"next": to}),
        inside.post("/account/confirm/code/", {"next": to, "code": app_code()}),
        Client().post("/sign-in/passkey/", {"next": to, "credential": "{}"}),
        Client().post(f"/o/{matter.branch.org.slug}/desk/", headers=referred),
        Client().get(f"/o/{matter.branch.org.slug}/desk/", headers={"hx-request": "true", "hx-current-url": to}),
        inside.post("/sign-out/", {"next": to}),
    ]
    for answer in answers:
        location = answer.get("Location") or answer.get("HX-Redirect") or "/"
        assert re.match(r"/(?![/\\])", location), location
        assert "evil" not in location or own_path(RequestFactory().get("/"), location), location
        if answer.status_code == 200:
            page = answer.content.decode()
            assert not re.search(r'(?:href|action)="(?![/?#])[^"]*evil', page)
            assert not re.search(r'(?:href|action)="[/\\]{2}', page)


@pytest.mark.parametrize("to", ELSEWHERE)
def test_no_address_of_another_site_is_taken_for_one_of_ours(to: str) -> None:
    found = own_path(RequestFactory().get("/"), to)
    assert not found.replace("\\", "/").startswith("//")
    assert found == "" or found.startswith("/")


def test_no_script_reads_a_cookie(matter: Matter) -> None:
    browser = Client()
    browser.get(f"/o/{matter.branch.org.slug}/report/?kind=attack")
    _typed_receipt(matter, browser)
    assert {"sessionid", "csrftoken"} <= set(browser.cookies)
    for cookie in browser.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] == "Lax", cookie.key
        assert not cookie["domain"], cookie.key
