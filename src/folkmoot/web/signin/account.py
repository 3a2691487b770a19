"""One's own sign-in: the second factor, passkeys, recovery codes. allauth's views with our forms and pages."""

from typing import Any, ClassVar, cast
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Digest, Person, User
from folkmoot.steps.revoke_token import revoke_all_without_proof
from folkmoot.steps.set_digest import set_digest
from folkmoot.steps.tell_sign_in_changed import tell_sign_in_changed
from folkmoot.web.access import moment
from folkmoot.web.context import ROLE_WORDS
from folkmoot.web.signin.session import has_second_factor, prove_second_factor, used_second_factor
from folkmoot.web.signin.views import safe_next

_OFTEN = {
    Digest.DAILY: gettext_lazy("each morning"),
    Digest.WEEKLY: gettext_lazy("each Monday"),
    Digest.NEVER: gettext_lazy("never"),
}
GO_ON = "after_second_factor"  # session key: the address that asked for one


@never_cache
@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Explain why a second factor is needed, and lead to adding one, or to using the one there is."""
    user = cast(User, request.user)
    to = safe_next(request) or get_adapter().get_login_redirect_url(request)
    if used_second_factor(request):
        return redirect(to)
    request.session[GO_ON] = to
    if has_second_factor(user):
        way = get_adapter().get_reauthentication_methods(user)[0]["url"]
        return redirect(f"{way}?{urlencode({'next': to})}")
    return render(request, "signin/second_factor.html")


class Home(base.IndexView):
    """Everything about one's own sign-in on one page."""

    template_name = "signin/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the organisations one works for, with one's roles."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        people = Person.objects.filter(user=cast(User, self.request.user)).select_related("org").order_by("org__name")
        at = moment(self.request)
        found["places"] = [
            (person, [str(ROLE_WORDS[role]) for role in sorted(person.offices(at=at))]) for person in people
        ]
        found["often"] = _OFTEN
        return found


@never_cache
@login_required
@require_POST
def morning_mail(request: HttpRequest, person: int) -> HttpResponse:
    """Keep how often one wants the mail with what waits, in one of the organisations in which one is somebody."""
    found = Person.objects.filter(pk=person, user=cast(User, request.user)).first()
    if found is None:
        raise Http404
    try:
        set_digest(found.pk, request.POST.get("digest", ""), by=found, at=moment(request))
    except BadInput as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("Kept: that is how often you have this mail."))
    return redirect("mfa_index")


class Told:
    """A change about one's sign-in, and the mail that tells of it, in one transaction."""

    news: ClassVar[str]
    proves: ClassVar[str] = ""  # the kind of second factor that the change itself has shown
    request: HttpRequest

    def form_valid(self, form: Form) -> HttpResponse:
        """Make the change."""
        user = cast(User, self.request.user)
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            address = f"{settings.FOLKMOOT_URL}{reverse('mfa_index')}"
            tell_sign_in_changed(user, gettext(self.news), account_url=address, at=moment(self.request))
        if self.proves:
            prove_second_factor(self.request, user, self.proves)
        return response


class Added(Told):
    """A second factor was added."""

    did_generate_recovery_codes: bool

    def get_success_url(self) -> str:
        """Lead to the recovery codes the first time, else back to where one was going."""
        to = way_on(self.request)
        if not self.did_generate_recovery_codes:
            return to
        return f"{reverse('mfa_view_recovery_codes')}?{urlencode({'next': to})}"


class AddApp(Added, totp.ActivateTOTPView):
    """Add an authenticator app; its first code proves the second factor for this session."""

    news = "An authenticator app was added to your sign-in."
    proves = Authenticator.Type.TOTP


class Removed(Told):
    """A second factor was removed; with the last one, tokens for programs go too."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Make the change."""
        user = cast(User, self.request.user)
        with transaction.atomic():
            response = super().form_valid(form)
            if not has_second_factor(user):
                revoke_all_without_proof(user, at=moment(self.request))
        return response


class RemoveApp(Removed, totp.DeactivateTOTPView):
    """Remove the authenticator app."""

    news = "The authenticator app was removed from your sign-in."


class AddPasskey(Added, webauthn.AddWebAuthnView):
    """Add a passkey; making it proves the second factor for this session."""

    news = "A passkey was added to your sign-in."
    proves = Authenticator.Type.WEBAUTHN


class RemovePasskey(Removed, webauthn.RemoveWebAuthnView):
    """Remove a passkey."""

    news = "A passkey was removed from your sign-in."


class NewRecoveryCodes(Told, recovery_codes.GenerateRecoveryCodesView):
    """Make new recovery codes; the old ones are void."""

    news = "New recovery codes were made for your sign-in; the old ones are void."


class SignInByPasskey(webauthn.LoginWebAuthnView):
    """Sign in by a passkey alone."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """Lead back to the other ways, and say that this one failed."""
        asked = {"passkey": "refused", "next": safe_next(self.request)}
        return redirect(f"{reverse('account_login')}?{urlencode(asked)}")


class ConfirmByPasskey(webauthn.ReauthenticateWebAuthnView):
    """Show by a passkey that it is still oneself."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """Show the page again."""
        response: HttpResponse = self.render_to_response(self.get_context_data(), status=422)
        return response


class RecoveryCodes(recovery_codes.ViewRecoveryCodesView):
    """The recovery codes that are left, and the way on."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add where to go on."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return {**found, "way_on": safe_next(self.request) or reverse("mfa_index")}


def way_on(request: HttpRequest) -> str:
    """Return the address that asked for a second factor, once; else the page of one's own sign-in."""
    return str(request.session.pop(GO_ON, "") or reverse("mfa_index"))
