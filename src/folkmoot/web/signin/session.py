"""Signing in: through allauth's stages, so that a second factor is asked for wherever there is one."""

from typing import cast

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import login, logout
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import User
from folkmoot.members.prepared import prepared

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
STEPPED_IN = "stepped_in"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(request: HttpRequest, user: User, *, proof: str, to: str = "") -> HttpResponse:
    """Sign `user` in under a new session key, after the second factor if they have one; lead `to` an address of ours.

    `proof` says what was shown first: "code" or "link".
    """
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, user, proof)
    return cast(HttpResponse, perform_login(request, user, redirect_url=to or None))


def step_into(request: HttpRequest, user: User) -> None:
    """Sign `user` in without any proof: in the demo only, else raises `NotPermitted`."""
    if not settings.DEMO:
        raise NotPermitted(gettext("Stepping into a role is part of the demo only."))
    login(request, user, backend=BACKEND)
    request.session[STEPPED_IN] = True


def has_second_factor(user: User) -> bool:
    """Say whether `user` has a passkey or an authenticator app."""
    return bool(_second_factors(user.pk))


def used_second_factor(request: HttpRequest) -> bool:
    """Say whether this session proved a second factor that its account still has."""
    if settings.DEMO and request.session.get(STEPPED_IN):
        return True
    user = cast(User, request.user)
    records = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records) and has_second_factor(user)


def prove_second_factor(request: HttpRequest, user: User, kind: str) -> None:
    """Write down that the second factor `kind` was just shown in this session, while it was added."""
    record_authentication(request, user, "mfa", type=kind, reauthenticated=True)


@prepared
def _second_factors(user: int) -> QuerySet[Authenticator, int]:
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS)
    return found.values_list("pk", flat=True)[:1]
