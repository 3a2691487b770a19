"""Signing in by a mailed code."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Allowance, SignInCode, User
from folkmoot.outbox.links import sign_in_code
from folkmoot.outbox.models import Dispatch
from folkmoot.steps.redeem_code import redeem_code, redeem_no_code
from folkmoot.web.signin.sessions import SessionStore
from folkmoot.web.signin.views import CODES_PER_ADDRESS, CODES_PER_SOURCE
from tests.cast import Branch, branch, day, refused
from tests.web.browsers import SECRET, add_app, app_code, move_clock, officer

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.sample_urls")]
WRONG = "This is not the code that we sent."
OVER = "This code no longer works"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(0))


@pytest.fixture
def people() -> Branch:
    return branch()


def ask(browser: Client, address: str, to: str = "") -> str:
    """Ask for a code and return the newest code's digits, "" when none was made."""
    before = SignInCode.objects.count()
    answer = browser.post("/sign-in/", {"email": address, "next": to})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/code/")
    return sign_in_code(SignInCode.objects.latest("pk")) if SignInCode.objects.count() > before else ""


def other(digits: str) -> str:
    """Return digits that are not `digits`."""
    return str((int(digits) + 1) % 10**8).zfill(8)


def test_a_code_signs_in_and_leads_to_the_desk(people: Branch) -> None:
    browser = Client()
    digits = ask(browser, people.operator.email)
    answer = browser.post("/sign-in/code/", {"code": f"{digits[:4]} {digits[4:]}"})
    assert (answer.status_code, answer["Location"]) == (302, f"/o/{people.org.slug}/desk/")
    assert browser.get(f"/o/{people.org.slug}/desk/")["Location"].startswith("/account/second-factor/")


def test_a_code_leads_back_to_the_page_that_was_wanted_and_to_no_other_site(people: Branch) -> None:
    browser = Client()
    digits = ask(browser, people.operator.email, "/o/ours/decide/?case=7")
    assert browser.post("/sign-in/code/", {"code": digits})["Location"] == "/o/ours/decide/?case=7"
    for strange in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"):
        browser = Client()
        digits = ask(browser, people.operator.email, strange)
        assert browser.post("/sign-in/code/", {"code": digits})["Location"] == f"/o/{people.org.slug}/desk/"


@pytest.mark.parametrize("strange", ["http://localhost/", "http://127.0.0.1:9/", "http://testserver//evil.example/"])
def test_a_name_that_is_answered_too_is_another_site(strange: str, people: Branch) -> None:
    browser = Client()
    digits = ask(browser, people.operator.email, strange)
    assert browser.post("/sign-in/code/", {"code": digits})["Location"] == f"/o/{people.org.slug}/desk/"


def test_the_mail_holds_a_mark_and_no_row_or_session_holds_the_code(people: Branch) -> None:
    browser = Client()
    digits = ask(browser, people.operator.email)
    mail = Dispatch.objects.latest("pk")
    assert (mail.to, mail.kind) == (people.operator.email, "sign_in_code")
    assert f"[[{mail.marker}:code:" in mail.body
    assert mail.next_at <= day(0) + timedelta(seconds=5)
    kept = str(list(Dispatch.objects.values())) + str(list(SignInCode.objects.values()))
    kept += str([session.get_decoded() for session in Session.objects.all()])
    assert digits not in kept


def test_an_address_is_known_in_any_spelling(people: Branch) -> None:
    assert ask(Client(), f"  {people.operator.email.upper()} ")


def test_nobody_learns_whether_an_address_is_known(people: Branch) -> None:
    closed = User.objects.create_user("closed@example.org", is_active=False)
    pages, wrong = {}, ""
    for address in (people.operator.email, "nobody@example.org", closed.email):
        browser = Client()
        digits = ask(browser, address)
        assert bool(digits) == (address == people.operator.email)
        wrong = other(digits) if digits else wrong
        said = [browser.get("/sign-in/code/")]
        said += [
            browser.post("/sign-in/code/", {"code": code}) for code in ("12", wrong, wrong, wrong, wrong, wrong, wrong)
        ]
        pages[address] = [
            (page.status_code, without_token(page.content.decode()), tuple(page.headers)) for page in said
        ]
    known, unknown, shut = pages.values()
    assert known == unknown == shut
    assert WRONG in known[6][1]
    assert OVER in known[7][1]


def without_token(page: str) -> str:
    before, _, after = page.partition('name="csrfmiddlewaretoken" value="')
    return before + after[64:].replace("12345678", "")


def test_the_same_is_kept_about_known_and_unknown_addresses(people: Branch) -> None:
    sizes = []
    for address in (people.operator.email, "nobody@example.org"):
        browser = Client()
        ask(browser, address)
        sizes.append(sorted(browser.session.keys()))
    assert sizes[0] == sizes[1]


def test_five_wrong_tries_end_a_code(people: Branch) -> None:
    browser = Client()
    digits = ask(browser, people.operator.email)
    for _ in range(5):
        assert WRONG in browser.post("/sign-in/code/", {"code": other(digits)}).content.decode()
    assert OVER in browser.post("/sign-in/code/", {"code": digits}).content.decode()


def test_the_fifth_try_still_counts(people: Branch) -> None:
    browser = Client()
    digits = ask(browser, people.operator.email)
    for _ in range(4):
        browser.post("/sign-in/code/", {"code": other(digits)})
    assert browser.post("/sign-in/code/", {"code": digits}).status_code == 302


def test_what_cannot_be_a_code_costs_no_try(people: Branch) -> None:
    browser = Client()
    digits = ask(browser, people.operator.email)
    for typed in ("", "1234", "12345678901", "abcdefgh", "١٢٣٤٥٦٧٨", "\0", "x" * 9999):
        assert browser.post("/sign-in/code/", {"code": typed}).status_code == 422
    assert SignInCode.objects.get().tries == 0
    assert browser.post("/sign-in/code/", {"code": digits}).status_code == 302


def test_a_code_is_good_for_fifteen_minutes(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Client()
    digits = ask(browser, people.operator.email)
    move_clock(monkeypatch, day(0) + timedelta(minutes=15, seconds=1))
    assert OVER in browser.post("/sign-in/code/", {"code": digits}).content.decode()
    digits = ask(browser, people.operator.email)
    move_clock(monkeypatch, day(0) + timedelta(minutes=29))
    assert browser.post("/sign-in/code/", {"code": digits}).status_code == 302


def test_a_code_works_once(people: Branch) -> None:
    browser = Client()
    digits = ask(browser, people.operator.email)
    code = SignInCode.objects.get()
    assert browser.post("/sign-in/code/", {"code": digits}).status_code == 302
    with refused(NotPermitted, OVER):
        redeem_code(code.pk, digits, at=day(0))


def test_a_code_works_only_in_the_browser_that_asked(people: Branch) -> None:
    digits = ask(Client(), people.operator.email)
    stranger = Client()
    assert stranger.post("/sign-in/code/", {"code": digits})["Location"] == "/sign-in/"
    assert ask(stranger, "nobody@example.org") == ""
    assert WRONG in stranger.post("/sign-in/code/", {"code": digits}).content.decode()


def test_the_session_key_changes_and_a_partys_grants_are_let_go(people: Branch) -> None:
    browser = Client()
    session = browser.session
    session["grants"] = [1]
    session.save()
    before = browser.session.session_key
    digits = ask(browser, people.operator.email)
    browser.post("/sign-in/code/", {"code": digits})
    assert browser.session.session_key != before
    assert before is not None
    assert not SessionStore().exists(before)
    assert "grants" not in browser.session


def test_so_many_codes_for_one_address_and_no_more(people: Branch) -> None:
    for address in (people.operator.email, "nobody@example.org"):
        for number in range(CODES_PER_ADDRESS):
            browser = Client(REMOTE_ADDR=f"192.0.2.{number}")
            ask(browser, address)
        answer = Client(REMOTE_ADDR="192.0.2.99").post("/sign-in/", {"email": address})
        assert answer.status_code == 422
        assert "after 11:00" in answer.content.decode()
        assert address in answer.content.decode()


def test_so_many_codes_from_one_connection_and_no_more(people: Branch) -> None:
    for number in range(CODES_PER_SOURCE):
        ask(Client(), f"somebody{number}@example.org")
    assert Client().post("/sign-in/", {"email": "one.more@example.org"}).status_code == 422


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b", "a\0@example.org", "x" * 300 + "@example.org", "a@example.org\nBcc: b@example.org"]
)
def test_what_is_no_address_is_said_so(address: str) -> None:
    answer = Client().post("/sign-in/", {"email": address})
    assert answer.status_code == 422
    assert not Dispatch.objects.exists()


def test_with_an_app_the_code_alone_does_not_sign_in(people: Branch) -> None:
    user = people.operator.user
    assert user is not None
    add_app(user)
    browser = Client()
    digits = ask(browser, people.operator.email, f"/o/{people.org.slug}/decide/")
    answer = browser.post("/sign-in/code/", {"code": digits})
    assert answer["Location"] == "/sign-in/second-factor/"
    assert "_auth_user_id" not in browser.session
    assert browser.get(f"/o/{people.org.slug}/desk/")["Location"].startswith("/sign-in/")
    assert browser.get("/sign-in/second-factor/").status_code == 200
    wrong = browser.post("/sign-in/second-factor/", {"code": "000000"})
    assert "did not fit" in wrong.content.decode()
    right = browser.post("/sign-in/second-factor/", {"code": app_code()})
    assert right["Location"] == f"/o/{people.org.slug}/decide/"
    assert browser.get(f"/o/{people.org.slug}/decide/").content == b"decide"


def test_the_apps_code_works_once_also_after_a_restart(people: Branch) -> None:
    user = people.operator.user
    assert user is not None
    add_app(user)
    code = app_code()
    for tries, status in ((1, 302), (2, 200)):
        browser = Client()
        browser.post("/sign-in/code/", {"code": ask(browser, people.operator.email)})
        cache.clear()  # what one process remembers, another does not
        answer = browser.post("/sign-in/second-factor/", {"code": f"{code[:3]}-{code[3:]}"})
        assert answer.status_code == status, tries
    assert "has been used" in answer.content.decode()


def test_guessing_at_the_second_factor_is_limited_across_restarts(people: Branch) -> None:
    user = people.operator.user
    assert user is not None
    add_app(user)
    said = ""
    for _ in range(21):
        browser = Client()
        session = browser.session
        session.save()
        browser.post("/sign-in/code/", {"code": ask_unlimited(browser, people)})
        cache.clear()  # what one process remembers, another does not
        said = browser.post("/sign-in/second-factor/", {"code": "000000"}).content.decode()
    assert "More has come in this hour" in said


def ask_unlimited(browser: Client, people: Branch) -> str:
    Allowance.objects.filter(what__in=["code", "code_try"]).delete()
    return ask(browser, people.operator.email)


def test_the_secret_of_an_app_lies_in_the_database_under_the_servers_key(people: Branch) -> None:
    user = people.operator.user
    assert user is not None
    add_app(user)
    kept = Authenticator.objects.get(user=user)
    assert SECRET not in str(kept.data)
    assert TOTP(kept).validate_code(app_code())


def test_whoever_is_signed_in_is_led_on(people: Branch) -> None:
    browser = officer(people.operator)
    assert browser.get("/sign-in/")["Location"] == f"/o/{people.org.slug}/desk/"
    assert browser.get("/sign-in/?next=/account/")["Location"] == "/account/"


def test_without_a_mail_server_the_page_says_how_to_get_in() -> None:
    assert settings.MAIL is None
    assert "folkmoot user link" in Client().get("/sign-in/").content.decode()


def test_where_no_code_was_made_the_same_is_said_as_with_one() -> None:
    for tries, seconds, says in ((4, 1, WRONG), (5, 1, OVER), (4, 0, OVER), (4, -1, OVER)):
        with refused(BadInput if says == WRONG else NotPermitted, says):
            redeem_no_code("12345678", tries=tries, expires_at=day(0) + timedelta(seconds=seconds), at=day(0))
