"""Mail: what is set, and a letter to oneself that shows whether it works."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from folkmoot.config.health.post import look_at_returns, say_returns
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import Role
from folkmoot.steps.send_test_letter import KIND, send_test_letter
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.fate import Way, fate
from folkmoot.web.admin.going import SeeOther
from folkmoot.web.forms import PlainForm, attempt

SENT = "letter"  # in the address: the letter whose fate is shown


class TestForm(PlainForm):
    """Send it; `guide` says that the button stood in the guide."""

    guide = forms.BooleanField(required=False, widget=forms.HiddenInput)


@officer(Role.ADMINISTRATOR)
@require_safe
def mail(request: OfficerRequest) -> HttpResponse:
    """Show what is set, and what became of the last test letter."""
    return render(request, "administration/mail.html", shown(request))


@officer(Role.ADMINISTRATOR)
@require_POST
def letters(request: OfficerRequest) -> HttpResponse:
    """Send a test letter to whoever asks."""
    form = TestForm(request.POST)
    letter = attempt(form, lambda: send_test_letter(request.org, by=request.person, at=request.now))
    in_guide = bool(request.POST.get("guide"))
    if letter:
        view = "administration:guide_mail" if in_guide else "administration:mail"
        to = reverse(view, kwargs={"org": request.org.slug})
        return SeeOther(f"{to}?{urlencode({SENT: letter.pk})}#fate")
    return render(request, "administration/mail.html", {**shown(request), "refused": form}, status=422)


@officer(Role.ADMINISTRATOR)
@require_safe
def whereabouts(request: OfficerRequest) -> HttpResponse:
    """Show only what became of the last test letter: the page asks for it until it is settled."""
    return render(request, "administration/_fate.html", {**shown(request), "in_guide": "guide" in request.GET})


def shown(request: OfficerRequest) -> dict[str, Any]:
    """Return what the parts on mail show: what is set, and one's own last test letter."""
    letter = Dispatch.objects.within(request.org).filter(kind=KIND, to=request.person.email).order_by("-pk").first()
    way = the_way()
    return {
        "way": way,
        "letter": letter,
        "fate": fate(letter, way, now=request.now) if letter else None,
        "fresh": letter is not None and request.GET.get(SENT) == str(letter.pk),
        "returns": say_returns(look_at_returns(at=request.now)),
        "mailbox": settings.MAILBOX.label if settings.MAILBOX else "",
        "undo_seconds": settings.UNDO_SECONDS,
    }


def the_way() -> Way | None:
    """Return what may be shown of where letters are handed over."""
    server = settings.MAIL
    if settings.DEMO:
        return Way(_("the demo’s mailbox"), 0, "none", "", "")
    if server is None:
        return None
    return Way(server.host, server.port, server.tls, server.sender, server.name)
