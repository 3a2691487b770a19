"""Every address of the software, tried as somebody would who has no right to be there, or who was tricked into it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from folkmoot.outbox.links import letter_link, one_time_link
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import OFFICES
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.invite_person import invite_person
from folkmoot.worker.deliver import compose
from tests.cast import Matter, appealed, branch, day, everything, outsider
from tests.places import PROJECT
from tests.web.browsers import move_clock, officer, party
from tests.web.hostile.test_guessing import invited
from tests.web.test_strangers import Address, addresses, objects_of

pytestmark = pytest.mark.django_db
FILLED = {"noun": "cases", "link": "1.aaaa", "pk": 1, "person": 1}
# Reading is written down where it is about somebody (DP9); how often somebody asked is counted, and forgotten.
WRITTEN_BY_READING = {"casefile.AccessLog", "casefile.Reading", "members.Allowance"}


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(3))


@pytest.fixture(scope="module")
def _played(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Matter, dict[str, object]]]:
    with django_db_blocker.unblock(), transaction.atomic():
        matter = appealed(branch())
        yield matter, objects_of(matter)
        transaction.set_rollback(True)


@pytest.fixture
def matter(_played: tuple[Matter, dict[str, object]], db: None) -> Matter:
    return _played[0]


@pytest.fixture
def ours(_played: tuple[Matter, dict[str, object]]) -> dict[str, object]:
    """Return one of our own objects for each kind that an address can name."""
    return {**FILLED, **_played[1]}


def every_path(org: str, objects: dict[str, object]) -> list[str]:
    """Return every address that there is, organisations' rooms and those outside."""
    outside = [Address(route, tuple(re.findall(r"<(?:\w+:)?(\w+)>", route))) for route in _outside(get_resolver())]
    return [
        next(
            (f"/o/{org}/{secret}/{objects[secret]}/" for secret in ("letter", "calendar") if secret in one.takes),
            one.filled(org, objects),
        )
        for one in (*addresses(), *outside)
    ]


def test_a_form_without_its_token_is_refused_at_every_address(matter: Matter, ours: dict[str, object]) -> None:
    before = everything()
    paths = every_path(matter.branch.org.slug, ours)
    assert len(paths) > 120
    for browser in (Client(), officer(matter.branch.administrator)):
        browser.handler.enforce_csrf_checks = True
        let_in = {path: answer.status_code for path in paths if (answer := browser.post(path)).status_code != 403}
        assert let_in == {}
    assert _changed(before) <= {"members.User"}  # when its administrator signed in


def test_opening_a_page_changes_nothing_and_every_answer_says_what_a_browser_may_do_with_it(
    matter: Matter, ours: dict[str, object]
) -> None:
    own = re.compile(r"/(desk|panel|admin|notice|track|letter|account|sign-in(?!/closed)|invitation|setup)/")
    people = _browsers(matter)
    before, opened = everything(), set()
    for who, client in people.items():
        for path in every_path(matter.branch.org.slug, ours):
            answer = client.get(path)
            where = f"{who} {path} {answer.status_code}"
            rules = answer["Content-Security-Policy"]
            assert "default-src 'none'" in rules, where
            assert not re.search(r"unsafe|\*|data:|https?:", rules), where
            assert answer["X-Frame-Options"] == "DENY", where
            assert answer["X-Content-Type-Options"] == "nosniff", where
            assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}, where
            assert answer["Cross-Origin-Opener-Policy"] == "same-origin", where
            if answer.status_code == 200 and own.search(path):
                assert {"private", "no-store"} <= set(answer.get("Cache-Control", "").split(", ")), where
                opened.add(path)
    assert len(opened) > 40
    assert _changed(before) <= WRITTEN_BY_READING


def test_what_carries_a_secret_in_its_address_sends_it_nowhere(matter: Matter) -> None:
    made = invited(matter)
    for link in (letter_link(matter.grant), one_time_link(made)):
        answer = Client().get(urlsplit(link).path)
        assert answer.status_code == 200
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]


def test_a_refusal_is_kept_in_no_cache(matter: Matter) -> None:
    browser = Client(enforce_csrf_checks=True)
    expired = browser.post(f"/o/{matter.branch.org.slug}/report/", headers={"origin": "http://testserver"})
    assert (expired.status_code, expired["Cache-Control"]) == (403, "private, no-store")


def test_letters_lead_to_where_folkmoot_is_whatever_host_was_asked_for(settings: Any) -> None:
    settings.FOLKMOOT_URL = "https://moot.example"
    people = branch()
    sent = {"kind": "attack", "words": "Look.", "place": "elsewhere", "affected": "no", "email": "wren@example.org"}
    sent["form_key"] = "ab" * 16
    asked = {
        "host": "127.0.0.1",
        "x-forwarded-host": "evil.example",
        "x-host": "evil.example",
        "forwarded": "host=evil",
    }
    answer = Client().post(f"/o/{people.org.slug}/report/", sent, headers=asked)
    assert answer.status_code == 303
    assert urlsplit(answer["Location"]).netloc == ""
    mail = compose(Dispatch.objects.get(to="wren@example.org"), sender="moot@example.org").as_string()
    assert set(re.findall(r"https?://([^/\s\"<=]+)", mail)) == {"moot.example"}


def test_nothing_of_a_case_can_be_asked_for_by_counting(matter: Matter) -> None:
    stranger = officer(outsider())
    slug = matter.branch.org.slug
    rooms = [f"/o/{slug}/{room}/cases/{{}}/" for room in ("desk", "panel")] + [f"/o/{slug}/notice/{{}}/"]
    for room in rooms:
        found = {(answer.status_code, answer.content) for n in range(8) if (answer := stranger.get(room.format(n)))}
        assert len(found) == 1
        assert found.pop()[0] == 404


def test_under_https_cookies_travel_by_https_only_and_browsers_are_told_to_come_back_so(tmp_path: Path) -> None:
    code = """
import json, os
import folkmoot.config.settings as s
names = "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS CSRF_COOKIE_HTTPONLY"
names += " SESSION_COOKIE_SAMESITE DEBUG ALLOWED_HOSTS"
print(json.dumps({name: getattr(s, name) for name in names.split()}))
"""
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("FOLKMOOT_", "DJANGO_"))},
        "FOLKMOOT_DATA": str(tmp_path),
        "FOLKMOOT_URL": "https://moot.example",
        "PYTHONPATH": str(PROJECT / "src"),
    }
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert all(found[name] is True for name in found if name.endswith(("SECURE", "REDIRECT", "HTTPONLY")))
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert (found["SESSION_COOKIE_SAMESITE"], found["DEBUG"]) == ("Lax", False)
    assert set(found["ALLOWED_HOSTS"]) == {"moot.example", "localhost", "127.0.0.1", "[::1]"}


def _outside(resolver: URLResolver) -> Iterator[str]:
    """Yield the routes that belong to no organisation."""
    for entry in resolver.url_patterns:
        before = str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield before
        elif not before.startswith("o/"):  # what programs ask for has no forms: tests/api/
            yield from (before + str(one.pattern) for one in entry.url_patterns if isinstance(one, URLPattern))


def _browsers(matter: Matter) -> dict[str, Client]:
    """Return the browsers of a visitor, of both parties, and of somebody who holds every office."""
    roles = set(OFFICES)
    org, by = matter.branch.org, matter.branch.administrator
    made = invite_person(org, name="Allie", email="allie@example.org", roles=roles, by=by, at=day(3))
    assert made.person is not None
    declare_interest(matter.pk, interested=False, by=made.person, at=day(3))
    parties = {"author": party(matter.grant), "reporter": party(matter.receipt.grant)}
    return {"visitor": Client(), **parties, "everybody": officer(made.person)}


def _changed(before: dict[str, Any]) -> set[str]:
    after = everything()
    return {table for table, rows in after.items() if rows != before[table]}
