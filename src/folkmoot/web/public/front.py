"""The organisation's first page, what it does with people's data, and leaving no trace on a shared device."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from folkmoot.editions.current import current_procedure
from folkmoot.web.access import GRANTS, OrgRequest
from folkmoot.web.public.receipt import COOKIE, cookie_path
from folkmoot.web.public.sending import go, page


@require_safe
def home(request: OrgRequest) -> HttpResponse:
    """Say what this is, and lead to the three things that people come for."""
    limits = current_procedure(request.org).procedure().limits
    return page(request, "home.html", {"limits": limits})


@require_safe
def privacy(request: OrgRequest) -> HttpResponse:
    """Say what is kept, why, for how long, and who sees it (DP8)."""
    return page(request, "privacy.html", {})


@require_POST
def forget(request: OrgRequest) -> HttpResponse:
    """Close what this browser has opened: for a device that others use too."""
    request.session.pop(GRANTS, None)
    messages.success(request, _("Closed on this device. To come back, use your code or the link in your letter."))
    response = go(request, "public:home")
    response.delete_cookie(COOKIE, path=cookie_path(request))
    return response
