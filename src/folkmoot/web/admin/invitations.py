"""Invitations: how each stands, sending one again, and withdrawing it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.casefile.models import Event
from folkmoot.members.models import OneTimeLink, Organisation, Person
from folkmoot.procedure.words import OFFICES, Role
from folkmoot.steps.invite_person import invite_person, mail_invitation, may_be_invited, reissue_invitation
from folkmoot.web.access import OfficerRequest
from folkmoot.web.context import ROLE_WORDS
from folkmoot.web.forms import PlainForm

INVITATION_SHOWN = "invitation_shown"  # session key: the id of the invitation that this administrator has just made


class InvitationForm(PlainForm):
    """Whether the new link goes out by mail as well."""

    mail = forms.BooleanField(required=False)


@dataclass(frozen=True)
class Line:
    """One person as a list shows them: what they do, and whether they have come in yet.

    `kind` and `word` are a status; `word` is empty where there is nothing to say.
    """

    person: Person
    roles: list[str]
    kind: str
    word: str
    until: datetime | None  # until when their invitation works


def invitations(org: Organisation, *, at: datetime) -> list[Line]:
    """Return all people of `org` by name, with how their invitations stand."""
    people = Person.objects.within(org).select_related("user").prefetch_related("roles").order_by("name")
    live = {link.person_id: link for link in newest_links(org, at=at).values()}
    withdrawn = _withdrawn(org)
    return [_line(person, live.get(person.pk), withdrawn=person.pk in withdrawn) for person in people]


def newest_links(org: Organisation, *, at: datetime) -> dict[int, OneTimeLink]:
    """Return the invitations to `org` that can still be used, by number."""
    links = OneTimeLink.objects.filter(org=org, purpose=OneTimeLink.Purpose.INVITATION, used_at=None)
    return {link.pk: link for link in links.filter(expires_at__gt=at).order_by("pk")}


@transaction.atomic
def invite(request: OfficerRequest, form: forms.Form) -> OneTimeLink:
    """Invite somebody as the form says, and mail the link where that is wanted."""
    given = form.cleaned_data
    link = invite_person(
        request.org,
        name=given["name"],
        email=given["email"],
        roles={Role(role) for role in given["roles"]},
        by=request.person,
        at=request.now,
    )
    if given.get("mail") and link.person is not None:
        mail_invitation(link.person, link, at=request.now)
    return link


@transaction.atomic
def invite_again(request: OfficerRequest, person: Person, *, by_mail: bool) -> OneTimeLink:
    """Make a new link in place of the old one, and mail it where that is wanted."""
    link = reissue_invitation(person, by=request.person, at=request.now)
    if by_mail and settings.MAIL is not None:
        mail_invitation(person, link, at=request.now)
    return link


def standing(person: Person, live: OneTimeLink | None, *, withdrawn: bool) -> tuple[str, str]:
    """Return the kind and the word of the status in which a person's coming in stands; no word where all is well."""
    held = [row for row in person.roles.all() if row.until is None]
    if person.user is not None and person.user.last_login is not None:
        return ("ok", "")
    if withdrawn and not held:
        return ("neutral", _("Invitation withdrawn"))
    if not held:
        return ("neutral", "")
    if live or not may_be_invited(person):
        return ("soon", _("Has not signed in yet"))
    return ("overdue", _("Has not signed in yet: invitation has ended"))


def was_withdrawn(person: Person) -> bool:
    """Say whether the person's last invitation was withdrawn."""
    return person.pk in _withdrawn(person.org)


def _withdrawn(org: Organisation) -> set[int]:
    steps = ["invite_person", "reissue_invitation", "withdraw_invitation", "give_role"]
    last: dict[Any, str] = {}
    for event in Event.objects.within(org).filter(case=None, step__in=steps).order_by("seq"):
        last[event.facts["person"]] = event.step
    return {person for person, step in last.items() if step == "withdraw_invitation"}


def _line(person: Person, live: OneTimeLink | None, *, withdrawn: bool) -> Line:
    held = {Role(row.role) for row in person.roles.all() if row.until is None}
    kind, word = standing(person, live, withdrawn=withdrawn)
    roles = [str(ROLE_WORDS[role]) for role in OFFICES if role in held]
    return Line(person, roles, kind, word, live.expires_at if live else None)
