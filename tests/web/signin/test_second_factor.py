"""The second factor: added once, used at every sign-in, changed only by whoever has it."""

import base64
import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from folkmoot.casefile.record import SYSTEM
from folkmoot.cli.commands import folkmoot
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import ApiToken
from folkmoot.outbox.models import Dispatch
from folkmoot.steps.remove_second_factor import remove_second_factor
from tests.api.programs import token_of
from tests.cast import Branch, branch, day, lay_open, refused
from tests.web.browsers import add_app, app_code, move_clock, officer

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.sample_urls")]


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(0))


@pytest.fixture
def people() -> Branch:
    return branch()


def key_on(page: str) -> str:
    """Return the key of the app that the page shows for typing."""
    found = re.search(r'class="key-text">(\w+)<', page)
    assert found, page
    return found[1]


def test_adding_an_app_opens_the_desk_at_once_and_shows_recovery_codes(people: Branch) -> None:
    browser = officer(people.operator, second_factor=False)
    desk = f"/o/{people.org.slug}/desk/"
    explained = browser.get(browser.get(desk)["Location"])
    assert "two minutes" in explained.content.decode()
    key = key_on(browser.get("/account/app/add/").content.decode())
    added = browser.post("/account/app/add/", {"code": app_code(key)})
    assert added["Location"].startswith("/account/recovery-codes/")
    codes = browser.get(added["Location"]).content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", codes)) == 10
    assert f'href="{desk}"' in codes
    assert browser.get(desk).status_code == 200


def test_adding_a_second_factor_is_told_by_mail(people: Branch) -> None:
    browser = officer(people.operator, second_factor=False)
    key = key_on(browser.get("/account/app/add/").content.decode())
    browser.post("/account/app/add/", {"code": app_code(key)})
    mail = Dispatch.objects.latest("pk")
    assert (mail.to, mail.kind) == (people.operator.email, "sign_in_changed")
    assert "An authenticator app was added" in mail.body


def test_a_wrong_first_code_adds_nothing_and_keeps_the_key(people: Branch) -> None:
    browser = officer(people.operator, second_factor=False)
    key = key_on(browser.get("/account/app/add/").content.decode())
    page = browser.post("/account/app/add/", {"code": "000000"}).content.decode()
    assert "did not fit" in page
    assert key_on(page) == key
    assert not Authenticator.objects.exists()


def test_a_recovery_code_works_once_in_place_of_the_phone(people: Branch) -> None:
    browser = officer(people.operator, second_factor=False)
    key = key_on(browser.get("/account/app/add/").content.decode())
    browser.post("/account/app/add/", {"code": app_code(key)})
    page = browser.get("/account/recovery-codes/").content.decode()
    code = re.findall(r"<li>(\d{8})</li>", page)[3]
    kept = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    assert code not in str(kept.data)
    assert browser.get("/account/recovery-codes/download/").content.decode().count(code) == 1
    stale = officer(people.operator, second_factor=False)
    desk = f"/o/{people.org.slug}/desk/"
    confirm = stale.get(stale.get(desk)["Location"])["Location"]
    assert confirm.startswith("/account/confirm/code/?next=")
    assert stale.post(confirm, {"code": code})["Location"] == desk
    assert stale.get(desk).status_code == 200
    again = officer(people.operator, second_factor=False)
    assert "did not fit" in again.post(confirm, {"code": code}).content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/account/app/remove/",
        "/account/passkeys/add/",
        "/account/recovery-codes/",
        "/account/recovery-codes/new/",
        "/account/recovery-codes/download/",
    ],
)
def test_nothing_about_the_second_factor_is_shown_or_changed_without_it(people: Branch, path: str) -> None:
    full = officer(people.operator, second_factor=False)
    key = key_on(full.get("/account/app/add/").content.decode())
    full.post("/account/app/add/", {"code": app_code(key)})
    before = list(Authenticator.objects.values_list("pk", "data"))
    half = officer(people.operator, second_factor=False)
    for answer in (half.get(path), half.post(path, {})):
        assert answer.status_code in {302, 405}
        if answer.status_code == 302:
            assert answer["Location"].startswith("/account/confirm/code/")
    assert list(Authenticator.objects.values_list("pk", "data")) == before


def test_removing_the_last_second_factor_closes_the_desk(people: Branch) -> None:
    browser = officer(people.operator, second_factor=False)
    key = key_on(browser.get("/account/app/add/").content.decode())
    browser.post("/account/app/add/", {"code": app_code(key)})
    assert browser.post("/account/app/remove/")["Location"] == "/account/"
    assert not Authenticator.objects.exists()
    assert browser.get(f"/o/{people.org.slug}/desk/")["Location"].startswith("/account/second-factor/")
    assert "was removed" in Dispatch.objects.latest("pk").body


def test_with_the_last_second_factor_tokens_for_programs_go_and_not_before(people: Branch) -> None:
    operator = people.operator
    browser = officer(operator, second_factor=False)
    token_of(operator)
    token_of(people.administrator)
    for spare in (Authenticator(user=operator.user, type=Authenticator.Type.WEBAUTHN, data={"name": "Key"}), None):
        key = key_on(browser.get("/account/app/add/").content.decode())
        browser.post("/account/app/add/", {"code": app_code(key)})
        if spare is not None:
            spare.save()
        assert browser.post("/account/app/remove/")["Location"] == "/account/"
        assert ApiToken.objects.get(owner=operator).revoked_at == (None if spare else day(0))
        if spare is not None:
            spare.delete()
    assert ApiToken.objects.get(owner=people.administrator).revoked_at is None
    assert lay_open(people.org) == []


def test_there_is_no_page_for_passwords_or_signing_up() -> None:
    for path in ("signup", "password/reset", "password/change", "login", "email", "confirm-email", "login/code"):
        for room in ("account", "accounts", "sign-in"):
            assert Client().get(f"/{room}/{path}/").status_code == 404


def test_the_page_of_ones_own_sign_in_names_places_and_roles(people: Branch) -> None:
    page = officer(people.operator).get("/account/").content.decode()
    assert people.operator.email in page
    assert "Harbour branch" in page
    assert "Moderator" in page


def test_nobody_reads_that_page_without_signing_in() -> None:
    for path in ("/account/", "/account/passkeys/", "/account/app/add/", "/account/second-factor/"):
        assert Client().get(path)["Location"].startswith("/sign-in/?next=")


def test_signing_out_needs_the_button_and_ends_the_session(people: Branch) -> None:
    browser = officer(people.operator)
    assert browser.get("/sign-out/").status_code == 200
    assert browser.get(f"/o/{people.org.slug}/desk/").status_code == 200
    assert browser.post("/sign-out/")["Location"] == "/"
    assert browser.get(f"/o/{people.org.slug}/desk/")["Location"].startswith("/sign-in/")


def test_anothers_passkey_is_no_page(people: Branch) -> None:
    theirs = Authenticator.objects.create(
        user=people.administrator.user, type=Authenticator.Type.WEBAUTHN, data={"name": "theirs", "credential": {}}
    )
    browser = officer(people.operator, second_factor=False)
    key = key_on(browser.get("/account/app/add/").content.decode())
    browser.post("/account/app/add/", {"code": app_code(key)})
    nothing = browser.get("/account/passkeys/987654/remove/")
    for answer in (
        browser.get(f"/account/passkeys/{theirs.pk}/remove/"),
        browser.post(f"/account/passkeys/{theirs.pk}/remove/"),
        browser.get(f"/account/passkeys/{theirs.pk}/name/"),
    ):
        assert (answer.status_code, answer.content) == (404, nothing.content)


def test_whoever_lost_everything_begins_anew_and_every_session_ends(people: Branch) -> None:
    browser = officer(people.operator)
    desk = f"/o/{people.org.slug}/desk/"
    assert browser.get(desk).status_code == 200
    done = CliRunner().invoke(folkmoot, ["user", "reset", people.operator.email.upper()])
    assert (done.exit_code, done.output.split()[0]) == (0, "1"), done.output
    assert browser.get(desk)["Location"].startswith("/sign-in/")
    assert not Authenticator.objects.exists()
    assert "whoever runs the server" in Dispatch.objects.latest("pk").body
    assert lay_open(people.org) == []
    with refused(NotPermitted, "Only whoever runs the server"):
        remove_second_factor(people.operator.email, by=people.administrator, at=day(0))
    with refused(BadInput, "Nobody signs in here", field="email"):
        remove_second_factor("who@example.org", by=SYSTEM, at=day(0))


PAGES = (
    "/sign-in/",
    "/sign-in/code/",
    "/sign-in/closed/",
    "/sign-in/second-factor/",
    "/sign-out/",
    "/account/",
    "/account/second-factor/",
    "/account/app/add/",
    "/account/app/remove/",
    "/account/passkeys/",
    "/account/passkeys/add/",
    "/account/recovery-codes/",
    "/account/recovery-codes/new/",
    "/account/confirm/code/",
    "/",
)


def test_every_page_is_ours_and_keeps_to_the_strict_policy(people: Branch) -> None:
    fresh = officer(people.operator, second_factor=False)
    pages = {path: fresh.get(path) for path in PAGES}
    key = key_on(pages["/account/app/add/"].content.decode())
    fresh.post("/account/app/add/", {"code": app_code(key)})
    pages |= {f"{path} later": fresh.get(path) for path in PAGES}
    visitor = Client()
    visitor.post("/sign-in/", {"email": "nobody@example.org"})
    pages |= {f"{path} visitor": visitor.get(path) for path in PAGES}
    seen = 0
    for path, answer in pages.items():
        if answer.status_code != 200:
            assert answer.status_code in {302, 403, 404}, path
            continue
        seen += 1
        page = answer.content.decode()
        assert 'class="is-plain"' in page, path
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page), path
        for attributes in re.findall(r"<script([^>]*)>", page):
            assert "src=" in attributes or 'type="application/json"' in attributes, path
    assert seen >= len(PAGES)


# What no browser sends; without our narrower fields several of these are faults of ours.
ODD = [
    "",
    "null",
    "[]",
    "1",
    '"x"',
    "{",
    "[" * 9000,
    '{"a":' * 900 + "1" + "}" * 900,
    "{}",
    '{"id":"\\ud800","rawId":"a","type":"public-key","response":{}}',
    '{"id":"a","rawId":"a","type":"public-key","response":{}}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"","attestationObject":""}}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{"userHandle":"_w","clientDataJSON":"e30",'
    '"authenticatorData":"AA","signature":"AA"}}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{"userHandle":7,"clientDataJSON":[],'
    '"authenticatorData":{},"signature":null}}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":3554108624944162816}}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{"userHandle":9000000000}}',
    '{"id":"AA","rawId":"AA","type":"public-key","clientExtensionResults":7,"response":{}}',
    "x" * 30_000,
]

encoded = st.binary(max_size=80).map(lambda data: base64.urlsafe_b64encode(data).decode().rstrip("="))
value = st.one_of(encoded, st.text(max_size=20), st.none(), st.integers(), st.lists(st.text(max_size=3), max_size=2))
credential = st.fixed_dictionaries(
    {
        "id": encoded,
        "rawId": encoded,
        "type": st.sampled_from(["public-key", "x", ""]),
        "response": st.fixed_dictionaries(
            {},
            optional={
                "clientDataJSON": st.one_of(
                    value,
                    st.sampled_from(
                        ["eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUEiLCJvcmlnaW4iOiJodHRwOi8vYSJ9"]
                    ),
                ),
                "attestationObject": value,
                "authenticatorData": value,
                "signature": value,
                "userHandle": value,
            },
        ),
    },
    optional={"clientExtensionResults": value, "authenticatorAttachment": value},
)


def send_everywhere(people: Branch, text: str) -> None:
    """Send `text` as the answer of a passkey wherever one is taken; every answer is a page of ours."""
    visitor = Client()
    visitor.get("/sign-in/passkey/", headers={"accept": "application/json"})
    refused = visitor.post("/sign-in/passkey/", {"credential": text, "next": "/account/"})
    assert refused["Location"] == "/sign-in/?passkey=refused&next=%2Faccount%2F"
    assert "_auth_user_id" not in visitor.session
    browser = officer(people.operator, second_factor=False)
    browser.get("/account/passkeys/add/")
    assert browser.post("/account/passkeys/add/", {"credential": text, "name": "k"}).status_code == 200
    assert not Authenticator.objects.filter(user=people.operator.user).exists()


@pytest.mark.parametrize("text", ODD)
def test_what_no_passkey_answers_is_refused_and_no_fault(people: Branch, text: str, settings: Any) -> None:
    settings.MFA_RATE_LIMITS = {"webauthn_login": ""}
    send_everywhere(people, text)


@effort(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=credential)
def test_whatever_is_made_up_as_a_passkeys_answer_is_refused(people: Branch, settings: Any, found: Any) -> None:
    settings.MFA_RATE_LIMITS = {"webauthn_login": ""}
    send_everywhere(people, json.dumps(found))


def test_a_passkey_that_does_not_fit_is_told_so_and_the_other_ways_are_shown() -> None:
    page = Client().post("/sign-in/passkey/", {"credential": ODD[9]}, follow=True).content.decode()
    assert "That passkey is not known here" in page
    assert "Mail me a code" in page


def test_a_forged_second_proof_does_not_sign_in(people: Branch) -> None:
    user = people.operator.user
    assert user is not None
    add_app(user)
    browser = officer(people.operator, second_factor=False)
    for text in ODD:
        answer = browser.post("/account/confirm/passkey/", {"credential": text})
        assert answer.status_code == 302  # there is no passkey: the app is asked for
    assert browser.get(f"/o/{people.org.slug}/desk/").status_code == 302
