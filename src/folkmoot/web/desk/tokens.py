"""Tokens, with which programs act as their owners: one's own, and for administrators everybody's."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.members.models import ApiToken, Scope
from folkmoot.procedure.words import Role
from folkmoot.steps.issue_token import MOST_DAYS, Issued, issue_token
from folkmoot.steps.revoke_token import revoke_token
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.going import go
from folkmoot.web.forms import NAME_LIMIT, Line, PlainForm, attempt
from folkmoot.web.look.moments import local_day
from folkmoot.web.look.widgets import CheckCards

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

USUAL = timedelta(days=90)
SHOWN_AFTER_ITS_END = timedelta(days=90)

SCOPES: "dict[Scope, tuple[StrOrPromise, StrOrPromise]]" = {
    Scope.READ: (later("Read"), later("Cases, posts, letters and tasks, as far as you may read them.")),
    Scope.REPORT: (later("Report"), later("Report problems in your name.")),
    Scope.INGEST: (later("Hand in posts"), later("Bring posts of your places into the archive.")),
    Scope.DESK: (later("Work on cases"), later("Take, decide, answer, tick what is done by hand.")),
    Scope.PANEL: (later("Sit on the Executive"), later("Convene, vote, write and confirm minutes.")),
    Scope.ADMIN: (later("Administer"), later("Change people, places, letters and the policy.")),
    Scope.INVITE: (
        later("Hand on invitations"),
        later("Read the links of people who are invited. Whoever has one can sign in as them: give it to few."),
    ),
}


@dataclass(frozen=True)
class Held:
    """A token as the page lists it."""

    row: ApiToken
    good_for: str
    state: str  # a word and its sign
    sign: str
    holds: bool


class TokenForm(PlainForm):
    """What a new token is for, what it may do, and until when."""

    name = Line(
        limit=NAME_LIMIT,
        label=later("What is it for?"),
        help_text=later("So that you know it again: “Sends the posts of our page each night”."),
    )
    scopes = forms.MultipleChoiceField(
        label=later("What may it do?"),
        choices=[(scope.value, label) for scope, (label, _hint) in SCOPES.items()],
        widget=CheckCards(hints={scope.value: str(hint) for scope, (_label, hint) in SCOPES.items()}),
        help_text=later("Never more than you may yourself at that moment."),
        error_messages={"required": later("Please choose what the token is for.")},
    )
    until = forms.DateField(
        label=later("Until the end of"),
        help_text=later("A year from today at the latest."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": later("Please give the date as day, month and year.")},
    )


@officer()
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: OfficerRequest) -> HttpResponse:
    """Show the tokens there are, and make one: it is shown this once."""
    form = TokenForm(request.POST or None, initial={"until": local_day(request.now) + USUAL})
    issued = attempt(form, lambda: _issue(request, form)) if form.is_valid() else None
    fresh = TokenForm(initial={"until": local_day(request.now) + USUAL}) if issued else form
    status = 422 if form.errors else 200
    return render(request, "desk/tokens.html", {**_lists(request), "form": fresh, "issued": issued}, status=status)


@officer()
@require_POST
def revoke(request: OfficerRequest, token: int) -> HttpResponse:
    """Revoke a token: one's own, or as an administrator anybody's."""
    rows = ApiToken.objects.within(request.org)
    if Role.ADMINISTRATOR not in request.offices:
        rows = rows.filter(owner=request.person)
    found = rows.filter(pk=token).first()
    if found is None:
        raise Http404
    revoke_token(request.org, found.pk, by=request.person, at=request.now)
    return go(request, "tokens", say=_("Revoked. Nothing opens with it any more."))


def _issue(request: OfficerRequest, form: TokenForm) -> Issued:
    given = form.cleaned_data
    return issue_token(
        request.org,
        name=given["name"],
        scopes=given["scopes"],
        until=given["until"],
        by=request.person,
        at=request.now,
    )


def _lists(request: OfficerRequest) -> dict[str, object]:
    rows = ApiToken.objects.within(request.org).filter(until__gt=request.now - SHOWN_AFTER_ITS_END)
    rows = rows.select_related("owner").order_by("-since", "-pk")
    administers = Role.ADMINISTRATOR in request.offices
    others = rows.exclude(owner=request.person) if administers else rows.none()
    return {
        "own": [_held(row, request.now) for row in rows.filter(owner=request.person)],
        "others": [_held(row, request.now) for row in others],
        "administers": administers,
        "most_days": MOST_DAYS,
    }


def _held(row: ApiToken, now: datetime) -> Held:
    good_for = ", ".join(str(SCOPES[Scope(scope)][0]) for scope in row.scopes)
    if row.revoked_at:
        return Held(row, good_for, _("Revoked"), "neutral", holds=False)
    if not row.holds(at=now):
        return Held(row, good_for, _("Ended"), "neutral", holds=False)
    return Held(row, good_for, _("Holds"), "ok", holds=True)
