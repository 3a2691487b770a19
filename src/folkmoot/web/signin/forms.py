"""Forms of signing in, in our words; allauth's own are narrowed to what a browser really sends."""

import struct
from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from folkmoot.kernel.errors import BadInput, TooMuch
from folkmoot.members.models import User
from folkmoot.steps.redeem_code import code_typed
from folkmoot.web.forms import Address, Line, PlainForm
from folkmoot.web.limits import allow_about, first_time

TRIES_PER_HOUR = 20  # at a second factor, for one sign-in
CREDENTIAL_LIMIT = 20_000  # characters; real ones stay under 4,000
NAME_LIMIT = 80

_PARTS = ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")

# What reading a forged credential can raise, deep in its CBOR and its keys.
_FORGED = (ValueError, TypeError, KeyError, AttributeError, IndexError, EOFError, struct.error)


class AddressForm(PlainForm):
    """Where to send a code."""

    email = Address(label=_("Your e-mail address"))


class CodeForm(PlainForm):
    """The mailed code."""

    code = Line(
        label=_("The code from the mail"),
        help_text=_("8 digits"),
        limit=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "is-code"}),
    )

    def clean_code(self) -> str:
        """Return the digits alone."""
        try:
            return code_typed(self.cleaned_data["code"])
        except BadInput as error:
            raise ValidationError(str(error), code="typed") from error


class CredentialField(forms.JSONField):
    """What a passkey answers: a JSON object of the shape that browsers send."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": _("Your browser sent no answer of a passkey. Please try again."),
        "invalid": _("This is not the answer of a passkey. Please try again."),
    }

    def bound_data(self, data: Any, initial: Any) -> str:
        """Show nothing again: an answer of a passkey is good for one try."""
        return ""

    def prepare_value(self, value: Any) -> str:
        """Show nothing beforehand either."""
        return ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say that there is an answer whenever something came."""
        return bool(data)

    def to_python(self, value: Any) -> Any:
        """Return the object, or raise `ValidationError`."""
        if isinstance(value, str) and len(value) > CREDENTIAL_LIMIT:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            found = super().to_python(value)
        except RecursionError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if found is not None and not _looks_real(found):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class _TypedFactor(base.BaseAuthenticateForm):
    """A code of the authenticator app, or a recovery code."""

    code = Line(
        label=_("Code"),
        help_text=_("6 digits from your authenticator app, or one of your recovery codes"),
        limit=40,
        error_messages={"required": _("Please type the code.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "is-code"}),
    )

    def clean_code(self) -> str:
        """Return the code if it fits, is not used up, and was not preceded by too many others."""
        _few_tries(self.user)
        code: str = super().clean_code()
        _not_used_before(self.user, self.authenticator, code)
        return code


class SecondFactorForm(_TypedFactor, base.AuthenticateForm):
    """A code after the first proof, while signing in."""


class ConfirmForm(_TypedFactor, base.ReauthenticateForm):
    """A code by somebody who is signed in and about to change something."""


class AddAppForm(totp.ActivateTOTPForm):
    """The first code of a new authenticator app."""

    code = Line(
        label=_("The code that the app shows now"),
        help_text=_("6 digits"),
        limit=40,
        error_messages={"required": _("Please type the code that the app shows.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "is-code"}),
    )


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    """A new passkey."""

    name = Line(label=_("A name for it, so that you know it again"), limit=NAME_LIMIT, required=False)
    credential = CredentialField()
    passwordless = forms.BooleanField(
        label=_("Let it sign me in by itself, without a code"),
        help_text=_("Untick this for a simple security key that asks for neither PIN nor fingerprint."),
        required=False,
        initial=True,
    )

    def clean(self) -> dict[str, Any]:
        """Check the passkey's answer."""
        checked: dict[str, Any] = _unforged(super().clean)
        return checked


class UsePasskeyForm(webauthn.AuthenticateWebAuthnForm):
    """A passkey after the first proof, while signing in."""

    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        """Return the passkey that answered."""
        return _unforged(super().clean_credential)


class SignInByPasskeyForm(UsePasskeyForm, webauthn.LoginWebAuthnForm):
    """A passkey instead of everything else."""


class ConfirmByPasskeyForm(UsePasskeyForm, webauthn.ReauthenticateWebAuthnForm):
    """A passkey by somebody who is signed in and about to change something."""


class NamePasskeyForm(webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    name = Line(label=_("Name"), limit=NAME_LIMIT, error_messages={"required": _("Please write a name.")})


def _looks_real(found: Any) -> bool:
    """Say whether every part that is decoded later is text: of a number, fido2 would make that many bytes."""
    if not isinstance(found, dict) or not isinstance(found.get("response"), dict):
        return False
    if not isinstance(found.get("clientExtensionResults", {}), dict):
        return False
    named = [found.get(name) for name in ("id", "rawId", "type")]
    parts = [found["response"].get(name, "") for name in _PARTS]
    return all(isinstance(value, str) and value.isascii() for value in named + [part or "" for part in parts])


def _unforged(check: Any) -> Any:
    try:
        return check()
    except _FORGED as error:
        raise get_adapter().validation_error("incorrect_code") from error


def _few_tries(user: User) -> None:
    try:
        allow_about(context.request, "second_factor", str(user.pk), count_limit=TRIES_PER_HOUR)
    except TooMuch as error:
        raise ValidationError(str(error), code="too_much") from error


def _not_used_before(user: User, authenticator: Authenticator, code: str) -> None:
    # allauth remembers used codes per process only, and forgets them when the server starts anew.
    if authenticator.type != Authenticator.Type.TOTP:
        return
    if not first_time(context.request, "totp", f"{user.pk}:{normalize_user_code(code)}"):
        raise ValidationError(_("This code has been used. Please wait for the app to show the next one."), code="used")
