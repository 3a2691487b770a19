"""Doors: who gets through, and that nobody else learns anything."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from folkmoot.casefile.models import Grant
from folkmoot.members.models import Organisation, RoleHeld
from folkmoot.procedure.words import Role
from tests.cast import Branch, Matter, branch, day, decided, outsider
from tests.web.browsers import move_clock, officer, party

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.sample_urls")]


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(1))


@pytest.fixture
def people() -> Branch:
    return branch()


@pytest.fixture
def matter() -> Matter:
    return decided()


def test_an_officer_gets_in_with_their_offices(people: Branch) -> None:
    answer = officer(people.operator).get(f"/o/{people.org.slug}/desk/")
    assert answer.content.decode() == "Mo Abara: moderator"


def test_a_stranger_is_asked_to_sign_in_and_led_back(people: Branch) -> None:
    answer = Client().get(f"/o/{people.org.slug}/desk/?lane=urgent")
    assert answer.status_code == 302
    assert answer["Location"] == f"/sign-in/?next=%2Fo%2F{people.org.slug}%2Fdesk%2F%3Flane%3Durgent"


def test_after_a_form_was_sent_the_way_back_is_the_page_it_stood_on(people: Branch) -> None:
    page = f"http://testserver/o/{people.org.slug}/framed/"
    answer = Client().post(f"/o/{people.org.slug}/desk/", headers={"referer": page})
    assert answer["Location"] == f"/sign-in/?next=%2Fo%2F{people.org.slug}%2Fframed%2F"
    strange = Client().post(f"/o/{people.org.slug}/desk/", headers={"referer": "http://elsewhere.example/x"})
    assert strange["Location"] == "/sign-in/"


def test_htmx_is_sent_to_sign_in_as_a_whole_page(people: Branch) -> None:
    page = f"http://testserver/o/{people.org.slug}/desk/"
    answer = Client().get(f"/o/{people.org.slug}/desk/", headers={"hx-request": "true", "hx-current-url": page})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/sign-in/?next=%2Fo%2F{people.org.slug}%2Fdesk%2F")


def test_without_a_second_factor_an_officer_is_led_to_adding_one(people: Branch) -> None:
    answer = officer(people.operator, second_factor=False).get(f"/o/{people.org.slug}/desk/")
    assert answer["Location"] == f"/account/second-factor/?next=%2Fo%2F{people.org.slug}%2Fdesk%2F"


def test_a_session_from_before_the_second_factor_was_removed_opens_nothing(people: Branch) -> None:
    browser = officer(people.operator)
    Authenticator.objects.all().delete()
    assert browser.get(f"/o/{people.org.slug}/desk/")["Location"].startswith("/account/second-factor/")


def test_a_session_that_did_not_use_the_second_factor_opens_nothing(people: Branch) -> None:
    officer(people.operator)  # adds the app
    browser = officer(people.operator, second_factor=False)
    assert browser.get(f"/o/{people.org.slug}/desk/")["Location"].startswith("/account/second-factor/")


def test_an_office_that_has_ended_opens_nothing(people: Branch) -> None:
    browser = officer(people.operator)
    RoleHeld.objects.filter(person=people.operator).update(until=day(0))
    assert browser.get(f"/o/{people.org.slug}/desk/").status_code == 404


def test_an_office_that_begins_later_opens_nothing_yet(people: Branch) -> None:
    browser = officer(people.operator)
    RoleHeld.objects.filter(person=people.operator).update(since=day(2))
    assert browser.get(f"/o/{people.org.slug}/desk/").status_code == 404


def test_every_404_is_the_same_bytes_whatever_the_cause(people: Branch, matter: Matter) -> None:
    ours, theirs = matter.branch.org, outsider().org
    administrator = officer(matter.branch.administrator)
    causes = {
        "no such organisation, nobody": Client().get("/o/nowhere/"),
        "no such organisation, officer": administrator.get("/o/nowhere/desk/"),
        "no such page": Client().get("/nothing/here/"),
        "another organisation's desk": administrator.get(f"/o/{theirs.slug}/desk/"),
        "a page for another role": administrator.get(f"/o/{ours.slug}/decide/"),
        "no grant": Client().get(f"/o/{ours.slug}/newest/"),
        "no grant, with a form": Client().post(f"/o/{ours.slug}/newest/", {"a": "b"}),
        "another's grant": party().get(f"/o/{ours.slug}/side/{matter.grant.pk}/"),
        "another organisation's grant": party(matter.grant).get(f"/o/{theirs.slug}/side/{matter.grant.pk}/"),
        "a grant nobody has": party(matter.grant).get(f"/o/{ours.slug}/side/987654321/"),
    }
    first = next(iter(causes.values()))
    assert "There is no such page" in first.content.decode()
    for cause, answer in causes.items():
        assert (answer.status_code, answer.content) == (404, first.content), cause
        assert answer.headers == first.headers, cause
    assert not re.search(r"csrf|20\d\d|<time", first.content.decode())


def test_a_party_gets_in_with_the_grant_that_the_address_names(matter: Matter, settings: Any) -> None:
    settings.UNDO_SECONDS = 0
    browser = party(matter.receipt.grant, matter.grant)
    for grant in (matter.receipt.grant, matter.grant):
        assert browser.get(f"/o/{matter.branch.org.slug}/side/{grant.pk}/").content == str(grant.pk).encode()


def test_without_a_name_the_grant_is_the_newest_of_the_right_party(matter: Matter, settings: Any) -> None:
    settings.UNDO_SECONDS = 0
    browser = party(matter.grant, matter.receipt.grant)  # the reporter's was opened last
    assert browser.get(f"/o/{matter.branch.org.slug}/newest/").content == str(matter.grant.pk).encode()


def test_a_reporters_grant_does_not_open_the_authors_side(matter: Matter) -> None:
    assert party(matter.receipt.grant).get(f"/o/{matter.branch.org.slug}/newest/").status_code == 404


def test_a_grant_that_has_ended_opens_nothing(matter: Matter, monkeypatch: pytest.MonkeyPatch) -> None:
    old = matter.grant
    ended = Grant.objects.create(
        org=old.org,
        case=old.case,
        party=Role.AUTHOR,
        paper=old.paper,
        nonce="e" * 32,
        made_at=day(0),
        ends_at=day(1) + timedelta(hours=1),
    )
    browser = party(ended)
    assert browser.get(f"/o/{matter.branch.org.slug}/newest/").status_code == 200
    move_clock(monkeypatch, day(1) + timedelta(hours=2))
    assert browser.get(f"/o/{matter.branch.org.slug}/newest/").status_code == 404


def test_an_officers_session_never_acts_as_a_party(matter: Matter) -> None:
    browser = officer(matter.branch.operator)
    session = browser.session
    session["grants"] = [matter.grant.pk]
    session.save()
    assert browser.get(f"/o/{matter.branch.org.slug}/newest/").status_code == 404


def test_pages_behind_a_door_are_kept_in_no_cache(matter: Matter) -> None:
    slug = matter.branch.org.slug
    for answer in (
        officer(matter.branch.operator).get(f"/o/{slug}/desk/"),
        party(matter.grant).get(f"/o/{slug}/newest/"),
    ):
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_a_page_with_a_secret_in_its_address_keeps_it(people: Branch) -> None:
    answer = Client().get(f"/o/{people.org.slug}/secret/abc/")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]


def test_the_hour_is_the_organisations_own(people: Branch) -> None:
    Organisation.objects.filter(pk=people.org.pk).update(zone="Asia/Tokyo")
    _, moment, local = Client().get(f"/o/{people.org.slug}/").content.decode().split("|")
    assert moment.startswith("2026-11-03T10:00")
    assert local == "19:00"


def test_the_desks_frame_shows_who_is_here_and_what_is_wrong(people: Branch) -> None:
    page = officer(people.operator).get(f"/o/{people.org.slug}/framed/").content.decode()
    assert "Mo Abara" in page
    assert "Moderator" in page
    assert "letters wait in the outbox" in page
    assert "here" in page


def test_every_page_says_what_the_browser_may_not_do(people: Branch) -> None:
    answer = Client().get(f"/o/{people.org.slug}/")
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
