"""People: who does what, inviting somebody, and what is known of one of them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.archive.models import AccountClaim, Operator, Platform
from folkmoot.members.models import Cover, OneTimeLink, Person
from folkmoot.outbox.links import one_time_link
from folkmoot.procedure.words import OFFICES, Role
from folkmoot.steps.claim_account import claim_handle
from folkmoot.steps.end_claim import end_claim
from folkmoot.steps.end_role import end_role
from folkmoot.steps.give_role import give_role
from folkmoot.steps.invite_person import may_be_invited
from folkmoot.steps.withdraw_invitation import withdraw_invitation
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.forms import ROLE_HINTS, ClaimForm, EndClaimForm, InviteForm, RoleForm
from folkmoot.web.admin.going import go, the_person
from folkmoot.web.admin.held_roles import ended_roles, held_roles
from folkmoot.web.admin.invitations import (
    INVITATION_SHOWN,
    InvitationForm,
    invitations,
    invite,
    invite_again,
    standing,
    was_withdrawn,
)
from folkmoot.web.context import ROLE_WORDS
from folkmoot.web.covers import lines
from folkmoot.web.forms import PlainForm, attempt


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: OfficerRequest) -> HttpResponse:
    """List the people, and invite another."""
    form = InviteForm(request.POST or None, can_mail=settings.MAIL is not None)
    if request.method == "POST" and form.is_valid():
        link = attempt(form, lambda: invite(request, form))
        if link:
            request.session[INVITATION_SHOWN] = link.pk
            return go(request, "person", say=_("They are among your people now."), person=link.person_id)
    everybody = invitations(request.org, at=request.now)
    context = {
        "form": form,
        "lines": [line for line in everybody if line.roles or line.word],
        "role_hints": [(ROLE_WORDS[role], ROLE_HINTS[role]) for role in OFFICES],
        "others": [line for line in everybody if not (line.roles or line.word)],
        "mail": settings.MAIL is not None,
    }
    return render(request, "administration/people.html", context, status=422 if form.errors else 200)


@officer(Role.ADMINISTRATOR)
@require_safe
def person(request: OfficerRequest, person: int) -> HttpResponse:
    """Show what one person does here, and what can be changed."""
    return _page(request, the_person(request, person))


@officer(Role.ADMINISTRATOR)
@require_POST
def give(request: OfficerRequest, person: int) -> HttpResponse:
    """Give a role."""
    found = the_person(request, person)
    form = RoleForm(request.POST)
    return _step(
        request,
        found,
        form,
        lambda: give_role(found, Role(form.cleaned_data["role"]), by=request.person, at=request.now),
        say=_("The role is theirs from now on."),
    )


@officer(Role.ADMINISTRATOR)
@require_POST
def end(request: OfficerRequest, person: int) -> HttpResponse:
    """End a role."""
    found = the_person(request, person)
    form = RoleForm(request.POST)
    return _step(
        request,
        found,
        form,
        lambda: end_role(found, Role(form.cleaned_data["role"]), by=request.person, at=request.now),
        say=_("The role has ended."),
    )


@officer(Role.ADMINISTRATOR)
@require_POST
def invitation(request: OfficerRequest, person: int) -> HttpResponse:
    """Make a new invitation link, and mail it where that is wanted; the old one is worthless from now on."""
    found = the_person(request, person)
    form = InvitationForm(request.POST)

    def reissue() -> OneTimeLink:
        link = invite_again(request, found, by_mail=form.cleaned_data["mail"])
        request.session[INVITATION_SHOWN] = link.pk
        return link

    return _step(request, found, form, reissue, say=_("Here is a new link. The old one is worthless now."))


@officer(Role.ADMINISTRATOR)
@require_POST
def withdrawn(request: OfficerRequest, person: int) -> HttpResponse:
    """Withdraw an invitation that nobody has used."""
    found = the_person(request, person)
    return _step(
        request,
        found,
        PlainForm(request.POST),
        lambda: withdraw_invitation(found, by=request.person, at=request.now),
        say=_("The invitation is withdrawn: the link opens nothing, and they hold no role."),
    )


@officer(Role.ADMINISTRATOR)
@require_POST
def accounts(request: OfficerRequest, person: int) -> HttpResponse:
    """Write down whose account it is."""
    found = the_person(request, person)
    form = ClaimForm(request.POST, places=Platform.objects.within(request.org).order_by("name"))
    return _step(
        request,
        found,
        form,
        lambda: claim_handle(
            form.cleaned_data["place"],
            form.cleaned_data["handle"],
            found,
            evidence=form.cleaned_data["evidence"],
            by=request.person,
            at=request.now,
        ),
        say=_("Written down: they cannot act on posts from this account."),
    )


@officer(Role.ADMINISTRATOR)
@require_POST
def end_account(request: OfficerRequest, person: int, claim: int) -> HttpResponse:
    """Say that an account is not theirs after all."""
    found = the_person(request, person)
    row = AccountClaim.objects.within(request.org).select_related("org").filter(pk=claim, person=found).first()
    if row is None:
        raise Http404
    form = EndClaimForm(request.POST, claim=row.pk)
    return _step(
        request,
        found,
        form,
        lambda: end_claim(row, reason=form.cleaned_data["reason"], by=request.person, at=request.now),
        say=_("Written down: this account does not count as theirs any more."),
    )


def _step(
    request: OfficerRequest, found: Person, form: PlainForm, step: Callable[[], Any], *, say: str
) -> HttpResponse:
    """Take a step and go back to the person, or show their page with the form as it was typed."""
    if form.is_valid() and attempt(form, step):
        return go(request, "person", say=say, person=found.pk)
    return _page(request, found, refused=form)


def _page(request: OfficerRequest, found: Person, *, refused: PlainForm | None = None) -> HttpResponse:
    held = found.own_offices(at=request.now)
    places = Platform.objects.within(request.org).order_by("name")
    link = _invitation(request, found)
    claims = AccountClaim.objects.within(request.org).filter(person=found)
    claims = claims.select_related("account__platform", "added_by")
    context = {
        "who": found,
        "held": held_roles(found),
        "ended": ended_roles(found),
        "give": refused if isinstance(refused, RoleForm) else RoleForm().only(set(OFFICES) - held),
        "can_give": set(OFFICES) - held,
        "claim": refused if isinstance(refused, ClaimForm) else ClaimForm(places=places),
        "refused": refused,
        "claims": [(row, _ending(row, refused)) for row in claims.order_by("pk")],
        "covers": lines(Cover.objects.filter(Q(person=found) | Q(covering=found)), now=request.now),
        "operates": Operator.objects.within(request.org).filter(person=found, until=None).select_related("platform"),
        "places": places.exists(),
        "invitation": link,
        "address": one_time_link(link) if link and request.session.get(INVITATION_SHOWN) == link.pk else "",
        "may_be_invited": bool(held) and may_be_invited(found),
        "standing": standing(found, link, withdrawn=was_withdrawn(found)),
        "mail": settings.MAIL is not None,
    }
    return render(request, "administration/person.html", context, status=422 if refused else 200)


def _ending(claim: AccountClaim, refused: PlainForm | None) -> EndClaimForm | None:
    """Return the form that ends `claim`, as it was typed; `None` once it has ended."""
    if isinstance(refused, EndClaimForm) and refused.claim == claim.pk:
        return refused
    return None if claim.until else EndClaimForm(claim=claim.pk)


def _invitation(request: OfficerRequest, found: Person) -> OneTimeLink | None:
    """Return the person's invitation that can still be used."""
    links = OneTimeLink.objects.filter(person=found, purpose=OneTimeLink.Purpose.INVITATION, used_at=None)
    return links.filter(expires_at__gt=request.now).order_by("-pk").first()
