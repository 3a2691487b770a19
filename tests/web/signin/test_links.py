"""One-time links: invitations, and links from the server's own console."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from folkmoot.casefile.models import Event
from folkmoot.casefile.record import SYSTEM
from folkmoot.members.models import OneTimeLink, Person, User
from folkmoot.outbox.links import one_time_link
from folkmoot.procedure.words import Role
from folkmoot.steps.invite_person import invite_person, reissue_invitation
from folkmoot.steps.make_sign_in_link import make_sign_in_link
from tests.cast import Branch, branch, day, everything, lay_open, outsider
from tests.web.browsers import add_app, app_code, move_clock, officer

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.sample_urls")]


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(0))


@pytest.fixture
def people() -> Branch:
    return branch()


def invited(people: Branch) -> OneTimeLink:
    """Return a fresh invitation for a new moderator."""
    return invite_person(
        people.org,
        name="Ines Vale",
        email="ines@example.org",
        roles={Role.MODERATOR},
        by=people.administrator,
        at=day(0),
    )


def path(link: OneTimeLink) -> str:
    return urlsplit(one_time_link(link)).path


def test_opening_an_invitation_changes_nothing_until_the_button_is_pressed(people: Branch) -> None:
    link = invited(people)
    before = everything()
    for _ in range(2):  # a mail filter may open it as often as it likes
        answer = Client().get(path(link))
        assert answer.status_code == 200
        assert "Ines Vale" in answer.content.decode()
    assert Client().head(path(link)).status_code == 200
    assert everything() == before
    assert not Session.objects.exists()


def test_an_invitation_signs_in_once_and_leads_to_the_second_factor(people: Branch) -> None:
    link = invited(people)
    browser = Client()
    before = browser.session.session_key
    answer = browser.post(path(link))
    assert answer["Location"] == "/account/second-factor/"
    assert browser.session["_auth_user_id"] == str(Person.objects.get(email="ines@example.org").user_id)
    assert browser.session.session_key != before
    assert "Add a passkey" in browser.get(answer["Location"]).content.decode()
    again = Client().post(path(link))
    assert again.status_code == 403
    assert "works once" in again.content.decode()
    assert "Sign in with your e-mail address" in again.content.decode()


def test_an_accepted_invitation_stands_on_the_register(people: Branch) -> None:
    Client().post(path(invited(people)))
    assert Event.objects.filter(org=people.org, case=None, step="redeem_invitation").count() == 1
    assert lay_open(people.org) == []


def test_an_invitation_that_was_replaced_or_is_too_old_says_so(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    old = invited(people)
    person = Person.objects.get(email="ines@example.org")
    new = reissue_invitation(person, by=people.administrator, at=day(0))
    assert "replaced by a newer one" in Client().get(path(old)).content.decode()
    move_clock(monkeypatch, day(15))
    assert "too old" in Client().post(path(new)).content.decode()
    assert User.objects.get(email="ines@example.org").last_login is None


@pytest.mark.parametrize(
    "text", ["1", "x.y", "1.", ".", "999999999999999999999.A", "1.\u00e9", "%00", "1.%00", "a" * 3000, "-1.A", "1.A.B"]
)
def test_a_link_that_is_not_whole_says_so(text: str) -> None:
    for address in (f"/invitation/{text}/", f"/sign-in/link/{text}/"):
        for method in ("get", "post"):
            answer = getattr(Client(raise_request_exception=False), method)(address)
            assert answer.status_code in {400, 403}
            assert not answer.cookies.get("sessionid")


def test_a_link_for_one_purpose_does_not_serve_another(people: Branch) -> None:
    link = invited(people)
    text = path(link).split("/")[2]
    assert Client().post(f"/sign-in/link/{text}/").status_code == 403
    assert Client().post(path(link)).status_code == 302


def test_an_invitation_never_opens_a_sign_in_that_is_in_use(people: Branch) -> None:
    link = invited(people)
    User.objects.filter(email="ines@example.org").update(last_login=day(0))
    before = everything()
    for answer in (Client().get(path(link)), Client().post(path(link))):
        assert answer.status_code == 403
        assert "signed in before" in answer.content.decode()
    assert everything() == before


def test_an_administrator_cannot_get_in_as_an_officer_of_another_organisation(people: Branch) -> None:
    far = outsider()
    link = invite_person(
        people.org, name="Far", email=far.email, roles={Role.MODERATOR}, by=people.administrator, at=day(0)
    )
    browser = Client()
    assert browser.post(path(link)).status_code == 403
    assert "_auth_user_id" not in browser.session


def test_a_console_link_signs_in_and_still_asks_for_the_second_factor(people: Branch) -> None:
    user = people.operator.user
    assert user is not None
    add_app(user)
    link = make_sign_in_link(people.operator.email, by=SYSTEM, at=day(0))
    browser = Client()
    assert browser.post(path(link))["Location"] == "/sign-in/second-factor/"
    assert "_auth_user_id" not in browser.session
    assert browser.post("/sign-in/second-factor/", {"code": app_code()})["Location"] == "/account/second-factor/"
    assert browser.get("/account/second-factor/")["Location"] == f"/o/{people.org.slug}/desk/"
    assert browser.get(f"/o/{people.org.slug}/desk/").status_code == 200


def test_a_console_link_ends_after_a_day(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    link = make_sign_in_link(people.operator.email, by=SYSTEM, at=day(0))
    move_clock(monkeypatch, day(1) + timedelta(seconds=1))
    assert "too old" in Client().post(path(link)).content.decode()


def test_a_closed_sign_in_is_not_opened_and_its_link_stays_unused(people: Branch) -> None:
    link = make_sign_in_link(people.operator.email, by=SYSTEM, at=day(0))
    User.objects.filter(email=people.operator.email).update(is_active=False)
    answer = Client().post(path(link))
    assert answer.status_code == 403
    assert "closed" in answer.content.decode()
    assert OneTimeLink.objects.get(pk=link.pk).used_at is None


def test_whoever_was_signed_in_before_is_signed_out_first(people: Branch) -> None:
    browser = officer(people.administrator)
    link = make_sign_in_link(people.operator.email, by=SYSTEM, at=day(0))
    browser.post(path(link))
    assert browser.session["_auth_user_id"] == str(people.operator.user_id)
    answer = browser.get(f"/o/{people.org.slug}/desk/")
    assert answer["Location"].startswith("/account/second-factor/")


def test_the_page_of_a_link_keeps_its_address_to_itself(people: Branch) -> None:
    for answer in (Client().get(path(invited(people))), Client().get("/invitation/1.A/")):
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]


def test_the_page_cannot_be_sent_by_another_site(people: Branch) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(path(invited(people)), headers={"origin": "https://evil.example"}).status_code == 403
    assert User.objects.get(email="ines@example.org").last_login is None


def test_the_button_works_from_a_page_that_keeps_its_address_to_itself(people: Branch) -> None:
    browser = Client(enforce_csrf_checks=True)
    address = path(invited(people))
    token = re.findall(r'csrfmiddlewaretoken" value="(\w+)"', browser.get(address).content.decode())[0]
    null = {"origin": "null", "host": "testserver"}
    foreign = {**null, "sec-fetch-site": "cross-site"}
    assert browser.post(address, {"csrfmiddlewaretoken": token}, headers=foreign).status_code == 403
    assert browser.post(address, {}, headers={**null, "sec-fetch-site": "same-origin"}).status_code == 403
    assert browser.post(address, {"csrfmiddlewaretoken": "a" * 64}, headers=null).status_code == 403
    sent = browser.post(
        address, {"csrfmiddlewaretoken": token}, headers={**null, "sec-fetch-site": "same-origin"}, secure=True
    )
    assert sent.status_code == 302
