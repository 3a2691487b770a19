"""The question that comes before a case opens: is this a matter of mine? (D30)"""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from folkmoot.casefile.models import Case, Paper
from folkmoot.kernel.errors import FolkmootError
from folkmoot.procedure.words import Stage
from folkmoot.steps import declare_interest
from folkmoot.steps.disown_account import disown_account
from folkmoot.steps.disown_report import disown_report
from folkmoot.steps.standing import (
    address_typed,
    address_written,
    claimed,
    declared,
    disowned,
    disowned_account,
    involvement,
)
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import casework, words
from folkmoot.web.desk.asked_now import asked_now
from folkmoot.web.desk.evidence import known_time
from folkmoot.web.desk.going import READERS, SeeOther, opens_by_necessity, the_case
from folkmoot.web.drafts import arrived
from folkmoot.web.forms import PlainForm, Words, attempt

NATURE_LIMIT = 2000


class InterestForm(PlainForm):
    """Yes or no, and if yes, in one's own words what it is."""

    interested = forms.ChoiceField(choices=[("no", later("No")), ("yes", later("Yes"))])
    nature = Words(
        limit=NATURE_LIMIT,
        required=False,
        label=later("What is it?"),
        help_text=later("It stays sealed: neither the author nor a reporter learns it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def question(
    request: OfficerRequest, case: Case, form: InterestForm | None = None, *, room: str = "desk"
) -> HttpResponse:
    """Show only what is needed to know whether one is part of the matter; or why it is closed to this reader."""
    why = involvement(case, request.person)
    context = {"case": case, "why": why, "said": declared(case, request.person), "form": form or InterestForm()}
    context |= {
        "room": room,
        "may_disown": bool(why) and _may_disown(case, request),
        "may_disown_account": bool(why) and _may_disown_account(case, request),
        "needed": bool(why) and opens_by_necessity(case, request),
    }
    if not why:
        post = case.post
        context |= {
            "place": words.place(case),
            "asked": asked_now(case, now=request.now),
            "kinds": words.kinds_said(casework.kinds(list(case.papers.filter(kind=Paper.Kind.REPORT)))),
            "author": words.author(post),
            "at": known_time(post) if post else None,
        }
    return render(request, "desk/interest.html", context, status=422 if form else 200)


@require_POST
@officer(*READERS)
def interest(request: OfficerRequest, case: int) -> HttpResponse:
    """Take the answer."""
    found = the_case(request, case)
    form = InterestForm(request.POST)
    room = "panel" if request.POST.get("room") == "panel" else "desk"
    if found.stage == Stage.FINAL:
        return _back(request, found, room)
    if not form.is_valid():
        return question(request, found, form, room=room)
    interested = form.cleaned_data["interested"] == "yes"
    if declared(found, request.person) == interested:  # the button was pressed twice
        return _back(request, found, room)
    paper = attempt(
        form,
        lambda: declare_interest.declare_interest(
            found.pk,
            interested=interested,
            nature=form.cleaned_data["nature"] if interested else "",
            by=request.person,
            at=request.now,
        ),
    )
    if paper is None:
        return question(request, found, form, room=room)
    said = _("Thank you for saying so. Somebody else will act.") if interested else ""
    return _back(request, found, room, say=said)


@require_POST
@officer(*READERS)
def not_mine(request: OfficerRequest, case: int) -> HttpResponse:
    """Take somebody's word that the report, or the account, with their address is not theirs.

    Then the usual question is asked.
    """
    found = the_case(request, case)
    room = "panel" if request.POST.get("room") == "panel" else "desk"
    disown = disown_account if request.POST.get("what") == "account" else disown_report
    try:
        disown(found.pk, by=request.person, at=request.now)
    except FolkmootError as error:
        messages.info(request, str(error))
    return _back(request, found, room)


def _may_disown(case: Case, request: OfficerRequest) -> bool:
    person = request.person
    return case.stage != Stage.FINAL and address_typed(case, person) and not disowned(case, person)


def _may_disown_account(case: Case, request: OfficerRequest) -> bool:
    person = request.person
    if case.stage == Stage.FINAL or claimed(case, person) or disowned_account(case, person):
        return False
    return address_written(case, person)


def _back(request: OfficerRequest, case: Case, room: str, *, say: str = "") -> SeeOther:
    """Lead back to the room where the question was asked."""
    if say:
        arrived(request, say)
    return SeeOther(reverse(f"{room}:case", kwargs={"org": request.org.slug, "case": case.pk}))
