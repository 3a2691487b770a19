"""The receipt of a report: the code, shown large, in the browser that sent it and nowhere else.

The page is found by a signed cookie that names the grant; the code itself is stored nowhere (D5).
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from folkmoot.casefile.models import Grant
from folkmoot.outbox.links import receipt_code
from folkmoot.procedure.words import ReportKind, Role
from folkmoot.web.access import OrgRequest
from folkmoot.web.public.sending import page
from folkmoot.web.public.side import duties_to, side_of
from folkmoot.web.public.stages import deadline

COOKIE = "receipt"
KEPT = timedelta(hours=12)


@require_safe
def received(request: OrgRequest) -> HttpResponse:
    """Show the code of the report that this browser sent last."""
    grant = _sent_here(request)
    if grant is None:
        return page(request, "received_elsewhere.html", {})
    duties = duties_to(grant.paper)
    context = {
        "code": receipt_code(grant.nonce),
        "report": grant.paper,
        "due": deadline(duties[0].due_at, request.now) if duties else "",
        "side": side_of(grant.case),
        "affected": bool(grant.paper.facts["affected"]),
        "mailed": bool(grant.paper.words.get("email")),
        "child_safety": grant.paper.facts["kind"] == ReportKind.CHILD_SAFETY,
    }
    response = page(request, "received.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response


def remember(request: OrgRequest, response: HttpResponse, grant: Grant) -> None:
    """Let this browser, and only this one, come back to the receipt of `grant` until it is closed."""
    response.set_signed_cookie(
        COOKIE,
        str(grant.pk),
        salt=_salt(request),
        path=cookie_path(request),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def cookie_path(request: OrgRequest) -> str:
    """Return the only path to which the cookie is sent."""
    return reverse("public:received", kwargs={"org": request.org.slug})


def _sent_here(request: OrgRequest) -> Grant | None:
    number = request.get_signed_cookie(COOKIE, default="", salt=_salt(request), max_age=KEPT)
    if not number:
        return None
    grants = Grant.objects.within(request.org).filter(party=Role.REPORTER).select_related("case__org", "paper")
    return grants.filter(pk=int(number)).first()


def _salt(request: OrgRequest) -> str:
    return f"receipt:{request.org.pk}"
