"""How allauth is told of our ways: no sign-up, no mail of its own, our words, secrets under the server's key."""

import base64
import hashlib
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from folkmoot.members.models import Person, User
from folkmoot.web.access import GRANTS, own_path
from folkmoot.web.limits import client_address


class AccountAdapter(DefaultAccountAdapter):
    """Signing in and out."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("That was tried too often. Please wait five minutes, then try again."),
        "rate_limited": _("That was tried too often. Please wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: people are invited."""
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in under a new session key; what the session held as a party to a case is let go (D23)."""
        request.session.pop(GRANTS, None)
        super().login(request, user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the desk for who belongs to one organisation, else the page that lists them."""
        people = Person.objects.filter(user=cast(User, request.user)).select_related("org")[:2]
        return f"/o/{people[0].org.slug}/desk/" if len(people) == 1 else reverse("mfa_index")

    def is_safe_url(self, url: str) -> bool:
        """Say whether `url` is on the host that was asked: other names that are answered too are other sites."""
        return bool(own_path(context.request, url or ""))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return where the request comes from, as our own limits see it."""
        return client_address(request)

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """Return the ways to show once more who one is, in our words; a passkey first."""
        words = {
            "mfa_reauthenticate": gettext("Use your authenticator app or a recovery code"),
            "mfa_reauthenticate:webauthn": gettext("Use your passkey"),
        }
        found = [{**way, "description": words[way["id"]]} for way in super().get_reauthentication_methods(user)]
        return sorted(found, key=lambda way: way["id"] != "mfa_reauthenticate:webauthn")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing that goes by: pages show what has changed."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Refuse: every mail of ours goes through the outbox."""
        raise NotImplementedError(template_prefix)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing here: our own views promise the mail in the transaction of the change (see `account`)."""


class MFAAdapter(DefaultMFAAdapter):
    """The second factor."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That did not fit. Please try again with a new code."),
    }

    def encrypt(self, text: str) -> str:
        """Return a secret (of an app, of recovery codes) under the server's key: a backup alone opens nothing."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what `encrypt` was given."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        """Return a name for a new passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("My passkey") if number == 1 else gettext("Passkey %(number)s") % {"number": number}

    def build_totp_svg(self, url: str) -> str:
        """Return the picture of `url` that an app can scan, as an `<svg>` to stand in a page."""
        picture: str = super().build_totp_svg(url)
        return picture[picture.index("<svg") :]

    def _get_site_name(self) -> str:
        return "Folkmoot"


def _box() -> Fernet:
    key = hashlib.sha256(b"second factor:" + settings.FOLKMOOT_KEY).digest()
    return Fernet(base64.urlsafe_b64encode(key))
