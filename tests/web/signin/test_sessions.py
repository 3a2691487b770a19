"""Sessions: what the database holds of them, and that they end."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from folkmoot.members.models import Allowance, SignInCode
from folkmoot.steps.forget_stale import forget_stale
from folkmoot.web.signin.sessions import SessionStore, kept_as
from tests.cast import branch
from tests.web.browsers import officer

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.sample_urls")]


def test_the_database_holds_no_cookie_that_works() -> None:
    people = branch()
    browser = officer(people.operator)
    cookie = browser.cookies["sessionid"].value
    rows = [row.session_key for row in Session.objects.all()]
    assert cookie not in rows
    assert kept_as(cookie) in rows
    for stolen in rows:
        thief = Client()
        thief.cookies["sessionid"] = stolen
        assert thief.get("/account/").status_code == 302
    assert browser.get("/account/").status_code == 200


def test_a_session_is_kept_changed_renamed_and_deleted() -> None:
    store = SessionStore()
    store["a"] = 1
    store.save()
    assert SessionStore(store.session_key)["a"] == 1
    before = store.session_key
    assert before is not None
    store.cycle_key()
    store["b"] = 2
    store.save()
    assert not SessionStore().exists(before)
    assert dict(SessionStore(store.session_key).items()) == {"a": 1, "b": 2}
    store.flush()
    assert not Session.objects.exists()


def test_an_ended_session_opens_nothing() -> None:
    browser = officer(branch().operator)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert browser.get("/account/").status_code == 302


def test_what_was_kept_for_a_while_is_forgotten_and_nothing_else() -> None:
    people = branch()
    now = timezone.now()
    live = officer(people.operator)
    officer(people.administrator)
    Session.objects.exclude(session_key=kept_as(live.cookies["sessionid"].value)).update(
        expire_date=now - timedelta(hours=1)
    )
    for age, name in ((2, "old"), (0, "new")):
        at = now - timedelta(days=age)
        SignInCode.objects.create(
            user=people.operator.user, nonce=name, made_at=at, expires_at=at + timedelta(minutes=15)
        )
        Allowance.objects.create(source=name, hour=at, what="report", count=1)
    assert forget_stale(at=now) == 3
    assert forget_stale(at=now) == 0
    assert live.get("/account/").status_code == 200
    assert SignInCode.objects.get().nonce == "new"
    assert Allowance.objects.get().source == "new"
