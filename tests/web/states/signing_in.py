"""Pages of signing in, and of somebody's own account."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from folkmoot.casefile.record import SYSTEM
from folkmoot.members.models import SignInCode
from folkmoot.outbox.links import one_time_link, sign_in_code
from folkmoot.procedure.words import Role
from folkmoot.steps.invite_person import invite_person
from folkmoot.steps.make_sign_in_link import make_sign_in_link
from tests.cast import Branch
from tests.web.browsers import app_code, officer
from tests.web.hostile.world import LATEST
from tests.web.states.gather import EMPTY, FULL, Gathering

ACCOUNT = (
    "/account/",
    "/account/app/remove/",
    "/account/passkeys/",
    "/account/passkeys/add/",
    "/account/recovery-codes/",
    "/account/recovery-codes/new/",
    "/account/confirm/code/",
    "/account/confirm/passkey/",
    "/sign-out/",
)


def signing_in(found: Gathering, people: Branch) -> None:
    """Look at each page on the way in, with a code, a link or an invitation."""
    visitor, asks = Client(), Client()
    for path in ("/", "/sign-in/", "/sign-in/closed/", "/api/v1/", "/api/v1/about/cases/"):
        found.take(FULL, "visitor", visitor, path)
    assert asks.post("/sign-in/", {"email": people.operator.email}).status_code == 302
    found.take(FULL, "visitor", asks, "/sign-in/code/")
    asks.post("/sign-in/code/", {"code": sign_in_code(SignInCode.objects.latest("pk"))})
    found.take(FULL, "half signed in", asks, "/sign-in/second-factor/")
    found.take(FULL, "half signed in", officer(people.operator, second_factor=False), "/account/second-factor/")
    links = [
        make_sign_in_link(people.operator.email, by=SYSTEM, at=LATEST),
        invite_person(people.org, name="New", email="new@example.org", roles={Role.MODERATOR}, by=SYSTEM, at=LATEST),
    ]
    for link in links:
        found.take(FULL, "visitor", Client(), "/" + one_time_link(link).split("/", 3)[3])


def account(found: Gathering, people: Branch) -> None:
    """Look at somebody's own account: an app, a passkey and recovery codes, once they have said again who they are."""
    user = people.operator.user
    client = officer(people.operator)
    passkey = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "x" * 90, "credential": _credential()}
    )
    for path in ACCOUNT:
        found.take(FULL, "operator", client, path)
    assert client.post("/account/confirm/code/", {"code": app_code()}).status_code == 302
    found.take(EMPTY, "operator", client, "/account/recovery-codes/new/")
    RecoveryCodes.activate(user)
    for path in (*ACCOUNT, f"/account/passkeys/{passkey.pk}/name/", f"/account/passkeys/{passkey.pk}/remove/"):
        found.take(FULL, "operator", client, path)


def _credential() -> dict[str, object]:
    """Return what a passkey sends when it is added; its key is made up, so it opens nothing."""
    key = ES256({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    held = AttestedCredentialData.create(Aaguid(bytes(16)), b"made up", key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    said = AuthenticatorData.create(sha256(b"testserver"), flags, 0, held)
    client = CollectedClientData.create("webauthn.create", b"challenge", "http://testserver")
    response = {
        "clientDataJSON": websafe_encode(client),
        "attestationObject": websafe_encode(AttestationObject.create("none", said, {})),
    }
    name = websafe_encode(b"made up")
    return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
