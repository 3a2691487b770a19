"""The outbox: which letters wait, went, or were given up. Their words stand on the case's own page."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from folkmoot.outbox.models import Dispatch, Inbox
from folkmoot.procedure.words import Role
from folkmoot.steps.many import written_by
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import words
from folkmoot.web.desk.going import READERS, note_reading
from folkmoot.web.desk.letters_sent import letter_state

PAGE = 50
_LANES = {
    "waiting": (_("Waiting"), [Dispatch.State.WAITING, Dispatch.State.SENDING]),
    "sent": (_("Sent"), [Dispatch.State.SENT]),
    "given_up": (_("Not arrived"), [Dispatch.State.GIVEN_UP, Dispatch.State.RETURNED, Dispatch.State.CANCELLED]),
}
_TO = {
    Role.AUTHOR: _("the author"),
    Role.REPORTER: _("a reporter"),
    Role.MODERATOR: _("a moderator"),
    Role.ADMINISTRATOR: _("an administrator"),
    Role.SECRETARY: _("the Secretary"),
    Role.EXECUTIVE: _("a member of the Executive"),
}
_OTHER = {
    "invitation": _("Invitation"),
    "sign_in_code": _("Code to sign in"),
    "waiting_for_you": _("What waits for you"),
    "test_letter": _("Test letter"),
}


@officer()
def letters(request: OfficerRequest) -> HttpResponse:
    """List the letters in one state, newest first."""
    shown = request.GET.get("show", "waiting")
    shown = shown if shown in _LANES else "waiting"
    own = written_by(request.org, request.person)  # D9: a receipt tells that somebody reported, and when
    every = Dispatch.objects.within(request.org).exclude(case__in=own)
    counts = every.aggregate(**{name: Count("pk", filter=Q(state__in=states)) for name, (_l, states) in _LANES.items()})
    found = every.filter(state__in=_LANES[shown][1]).select_related("paper").order_by("-made_at", "-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    note_reading(request, "letters")
    context = {
        "tabs": [(name, label, name == shown, counts[name]) for name, (label, _states) in _LANES.items()],
        "lines": [_line(one) for one in page.object_list],
        "page_obj": page,
        "no_mail": settings.MAIL is None,
        "reads_cases": bool(request.offices & set(READERS)),
        "shown": shown,
        "mailbox": _mailbox(),
    }
    return render(request, "desk/letters.html", context)


def _mailbox() -> dict[str, Any]:
    """Return whether what comes back is read by itself, since when, and what keeps it from being read."""
    if settings.MAILBOX is None:
        return {"is_set": False}
    inbox = Inbox.objects.filter(name=settings.MAILBOX.label[:300]).first()
    return {"is_set": True, "read_at": inbox.read_at if inbox else None, "error": inbox.error if inbox else ""}


def letter_title(dispatch: Dispatch) -> str:
    """Return what a letter is called."""
    return str(words.LETTERS.get(dispatch.kind) or _OTHER.get(dispatch.kind) or dispatch.kind.replace("_", " "))


def _line(dispatch: Dispatch) -> dict[str, Any]:
    state, sign, when, note = letter_state(dispatch)
    audience = dispatch.paper.facts["audience"] if dispatch.paper else ""
    return {
        "pk": dispatch.pk,
        "title": letter_title(dispatch),
        "to": _TO[Role(audience)] if audience else "",
        "case": dispatch.case_id,
        "made_at": dispatch.made_at,
        "state": state,
        "sign": sign,
        "when": when,
        "note": note,
        "tries": dispatch.tries,
        "left": dispatch.state == Dispatch.State.SENT,
    }
