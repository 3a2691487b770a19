"""Browsers of the cast: Django's test client, signed in as an officer or holding a party's grant."""

import time
from datetime import datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from folkmoot.casefile.models import Grant
from folkmoot.config import clock
from folkmoot.members.models import Person, User
from folkmoot.web.access import GRANTS
from folkmoot.web.signin.session import BACKEND

SECRET = generate_totp_secret()


def officer(person: Person, *, second_factor: bool = True) -> Client:
    """Return a browser in which `person` is signed in, with an authenticator app used unless told otherwise."""
    assert person.user is not None
    browser = Client()
    browser.force_login(person.user, backend=BACKEND)
    if second_factor:
        add_app(person.user)
        session = browser.session
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
        session["account_authentication_methods_user"] = str(person.user.pk)
        session.save()
    return browser


def party(*grants: Grant) -> Client:
    """Return a browser whose session holds `grants`, as after their letters were opened."""
    browser = Client()
    session = browser.session
    session[GRANTS] = [grant.pk for grant in grants]
    session.save()
    return browser


def add_app(user: User) -> None:
    """Give `user` an authenticator app with the key `SECRET`, unless they have one."""
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(user, SECRET)


def app_code(secret: str = SECRET) -> str:
    """Return the six digits that an authenticator app with this key shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def move_clock(monkeypatch: pytest.MonkeyPatch, to: datetime) -> None:
    """Let the web room's clock stand at `to` from now on."""
    monkeypatch.setattr(clock, "now", lambda: to)
