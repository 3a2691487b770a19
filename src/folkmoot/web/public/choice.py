"""How much whoever reported wants to hear (D44)."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from folkmoot.kernel.errors import FolkmootError
from folkmoot.procedure.words import Role
from folkmoot.steps.choose_news import choose_news
from folkmoot.steps.offer_support import Hears
from folkmoot.web.access import PartyRequest, party
from folkmoot.web.public.sending import go

NEWS = {
    Hears.EVERYTHING: later("Write to me whenever there is news"),
    Hears.WHAT_MATTERS: later("Only what came of it, and a warning before something may be seen again"),
    Hears.NOTHING: later("Do not write to me any more"),
}


@require_POST
@party(Role.REPORTER)
def news(request: PartyRequest) -> HttpResponse:
    """Keep the choice."""
    grant, chosen = request.grant, request.POST.get("hears", "")
    try:
        hears = Hears(chosen) if chosen in set(Hears) else Hears.NOT_ASKED
        choose_news(grant.case_id, hears=hears, by=grant, at=request.now)
    except FolkmootError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("We keep to that from now on. You can change it whenever you like."))
    return go(request, "public:progress", grant=grant.pk)
