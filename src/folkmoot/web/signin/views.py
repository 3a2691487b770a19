"""Signing in: by passkey, by a mailed code, by a link that works once. Nobody has a password."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.kernel.errors import NotPermitted, TooMuch
from folkmoot.members.models import OneTimeLink, User
from folkmoot.steps.redeem_code import redeem_code, redeem_no_code
from folkmoot.steps.redeem_link import open_link, redeem_link
from folkmoot.steps.send_sign_in_code import GOOD_FOR_MINUTES, send_sign_in_code
from folkmoot.web.access import moment, own_path, token_page
from folkmoot.web.forms import attempt
from folkmoot.web.limits import allow, allow_about, few_wrong
from folkmoot.web.signin.forms import AddressForm, CodeForm
from folkmoot.web.signin.session import sign_in

ASKED = "asked_for_code"  # session key: {"code": id or None, "until": ISO time, "tries": int, "to": address}
CODES_PER_SOURCE = 20  # asked for in one hour; a hall full of volunteers shares one connection
CODES_PER_ADDRESS = 6
TRIES_PER_SOURCE = 60

PURPOSES = {"sign_in_link": OneTimeLink.Purpose.SIGN_IN, "invitation": OneTimeLink.Purpose.INVITATION}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Offer the passkey, or mail a code; the answer is the same whether or not the address is known."""
    to = safe_next(request)
    if request.user.is_authenticated:
        return redirect(to or get_adapter().get_login_redirect_url(request))
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: _send_code(request, form.cleaned_data["email"], to))
        if done:
            return redirect("sign_in_code")
    context = {
        "form": form,
        "next": to,
        "mail": settings.MAIL is not None,
        "passkey_refused": request.GET.get("passkey") == "refused",
    }
    return render(request, "signin/ask.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Take the mailed code, and go on to the second factor where there is one."""
    asked = request.session.get(ASKED)
    if not asked:
        return redirect("account_login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = attempt(form, lambda: _take_code(request, asked, form.cleaned_data["code"]))
        if user:
            del request.session[ASKED]
            return sign_in(request, user, proof="code", to=asked["to"])
    context = {"form": form, "minutes": GOOD_FOR_MINUTES, "mail": settings.MAIL is not None}
    return render(request, "signin/code.html", context, status=422 if form.errors else 200)


@token_page
@require_http_methods(["GET", "HEAD", "POST"])
def one_time(request: HttpRequest, link: str, purpose: str) -> HttpResponse:
    """Show what a one-time link would do; only the button on that page does it."""
    kind = PURPOSES[purpose]
    at = moment(request)
    try:
        with few_wrong(request, "link", count_limit=settings.LOOKUPS_PER_HOUR):
            _, person, _ = open_link(link, kind, at=at)
        if request.method == "POST":
            user = redeem_link(link, kind, at=at)
            return sign_in(request, user, proof="link", to=reverse("second_factor"))
    except (NotPermitted, TooMuch) as error:
        status = 429 if isinstance(error, TooMuch) else 403
        return render(request, "signin/link_refused.html", {"sentence": str(error)}, status=status)
    return render(request, "signin/link.html", {"person": person, "link_org": person.org, "purpose": purpose})


def safe_next(request: HttpRequest) -> str:
    """Return the address to go to afterwards, if it is one of ours; else nothing."""
    to = str(request.POST.get("next") or request.GET.get("next") or "")
    return own_path(request, to) if to else ""


def _send_code(request: HttpRequest, address: str, to: str) -> bool:
    # Known or not, the same is counted, kept and said: nobody learns who has a sign-in here.
    allow(request, "code", count_limit=CODES_PER_SOURCE)
    allow_about(request, "code", address, count_limit=CODES_PER_ADDRESS)
    at = moment(request)
    user = User.objects.filter(email=address, is_active=True).first()
    made = send_sign_in_code(user, at=at) if user else None
    until = at + timedelta(minutes=GOOD_FOR_MINUTES)
    request.session[ASKED] = {"code": made.pk if made else None, "until": until.isoformat(), "tries": 0, "to": to}
    return True


def _take_code(request: HttpRequest, asked: dict[str, Any], typed: str) -> User:
    allow(request, "code_try", count_limit=TRIES_PER_SOURCE)
    tries, asked["tries"] = asked["tries"], asked["tries"] + 1
    request.session[ASKED] = asked
    at = moment(request)
    if asked["code"] is None:
        redeem_no_code(typed, tries=tries, expires_at=datetime.fromisoformat(asked["until"]), at=at)
    return redeem_code(asked["code"], typed, at=at)
