"""Acting by necessity: the case opens to somebody who should stand aside, only where nobody else is free (D42)."""

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.going import BY_NECESSITY, READERS, SeeOther, note_reading, opens_by_necessity, the_case
from folkmoot.web.forms import Words

REASON_LIMIT = 2000


@require_POST
@officer(*READERS)
def necessity(request: OfficerRequest, case: int) -> SeeOther:
    """Let the reader in, and note that; whatever they then do asks for the reason."""
    found = the_case(request, case)
    room = "panel" if request.POST.get("room") == "panel" else "desk"
    if opens_by_necessity(found, request):
        held = [number for number in request.session.get(BY_NECESSITY, []) if number != found.pk]
        request.session[BY_NECESSITY] = [*held, found.pk]
        note_reading(request, "opened by necessity", found)
        messages.info(request, _("The case is open to you by necessity. Whatever you do here asks you for the reason."))
    else:
        messages.error(request, _("Somebody else is free to act in this case, so it stays closed to you."))
    return SeeOther(reverse(f"{room}:case", kwargs={"org": request.org.slug, "case": found.pk}))


def reason() -> forms.CharField:
    """Return the field that asks why somebody acts who should stand aside."""
    return Words(
        limit=REASON_LIMIT,
        label=later("Why do you act, and nobody else?"),
        help_text=later("It stays sealed. The parties are told that the rule for such cases was used, and no more."),
        widget=forms.Textarea(attrs={"rows": 3, "data-unkept": ""}),
        error_messages={"required": later("Please write why nobody else could act: the record keeps it.")},
    )
