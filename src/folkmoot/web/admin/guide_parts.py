"""The five steps of setting up, each a page with one thing to do."""

from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.archive.models import Operator, Platform
from folkmoot.config.health.office import look_at_roles, say_roles
from folkmoot.editions.citing import citable
from folkmoot.editions.current import current_policy, open_draft
from folkmoot.members.models import Organisation, Person
from folkmoot.outbox.links import one_time_link
from folkmoot.procedure.words import OFFICES, Role
from folkmoot.steps.add_place import add_place
from folkmoot.steps.name_operator import name_operator
from folkmoot.steps.rename_organisation import rename_organisation
from folkmoot.steps.set_contact import set_contact
from folkmoot.steps.set_official_text import set_official_text
from folkmoot.steps.set_zone import set_zone
from folkmoot.steps.settle_part import How, Part, settle_part
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.forms import ROLE_HINTS, InviteForm, OfficialTextForm, PlaceForm
from folkmoot.web.admin.going import go
from folkmoot.web.admin.guide import MODERATORS, after, frame
from folkmoot.web.admin.health import lamp
from folkmoot.web.admin.invitations import INVITATION_SHOWN, invitations, invite, newest_links
from folkmoot.web.admin.mail import shown as shown_of_mail
from folkmoot.web.context import ROLE_WORDS
from folkmoot.web.forms import NAME_LIMIT, Line, PlainForm, attempt


class OrganisationForm(PlainForm):
    """What it is called, how people reach it, and where its days end."""

    name = Line(limit=NAME_LIMIT, label=later("What is your organisation called?"))
    contact = Line(
        limit=254,
        required=False,
        label=later("How can people reach your Secretary?"),
        help_text=later("An e-mail address or a postal address. Public pages and letters show it."),
    )
    zone = forms.ChoiceField(
        label=later("In which time zone do you live?"), help_text=later("“By Friday” ends at midnight there.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix")))
        cast(forms.ChoiceField, self.fields["zone"]).choices = [(zone, zone.replace("_", " ")) for zone in zones]


class LookedAfterForm(PlaceForm):
    """A place, and who looks after it."""

    operator = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        required=False,
        label=later("Who looks after it?"),
        empty_label=later("Nobody yet"),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Person]", self.fields["operator"]).queryset = people


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: OfficerRequest) -> HttpResponse:
    """Ask what it is called and how people reach it."""
    form = OrganisationForm(request.POST or None, initial=facts_of(request.org))
    if request.method == "POST" and form.is_valid():
        kept = attempt(form, lambda: keep_facts(request, form))
        if kept:
            return after(request, Part.ORGANISATION)
    return _page(request, Part.ORGANISATION, form, {})


@officer(Role.ADMINISTRATOR)
@require_safe
def mail(request: OfficerRequest) -> HttpResponse:
    """Show what is set, and what became of a test letter."""
    return _page(request, Part.MAIL, None, {**shown_of_mail(request), "in_guide": True})


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def places(request: OfficerRequest) -> HttpResponse:
    """Add a place with whoever looks after it; the page stays for the next one."""
    moderators = Person.objects.holding(request.org, Role.MODERATOR, at=request.now).order_by("name")
    mine = {"operator": request.person.pk} if Role.MODERATOR in request.offices else {}
    form = LookedAfterForm(request.POST or None, people=moderators, initial=mine)
    if request.method == "POST" and form.is_valid():
        place = attempt(form, lambda: _add(request, form))
        if place:
            return go(request, "guide_places", say=_("“%(place)s” is added.") % {"place": place.name})
    found = Platform.objects.within(request.org).order_by("name")
    rows = Operator.objects.within(request.org).filter(until=None).select_related("person").order_by("person__name")
    operators = {place.pk: [row.person.name for row in rows if row.platform_id == place.pk] for place in found}
    return _page(request, Part.PLACES, form, {"places": [(place, operators[place.pk]) for place in found]})


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: OfficerRequest) -> HttpResponse:
    """Invite somebody; the page stays for the next one, and says which roles still want people."""
    form = InviteForm(request.POST or None, can_mail=settings.MAIL is not None)
    if request.method == "POST" and form.is_valid():
        link = attempt(form, lambda: invite(request, form))
        if link:
            request.session[INVITATION_SHOWN] = link.pk
            return go(request, "guide_people", say=_("They are among your people now."))
    roles = look_at_roles(request.org, at=request.now)
    wanted = {Role.MODERATOR: MODERATORS, Role.SECRETARY: 1, Role.EXECUTIVE: roles.quorum, Role.ADMINISTRATOR: 1}
    lamps = {light.key: lamp(request, light) for light in say_roles(roles)}
    keys = {Role.MODERATOR: "moderators", Role.ADMINISTRATOR: "administrators"}
    lines = [
        (ROLE_WORDS[role], ROLE_HINTS[role], roles.holders[role], wanted[role], lamps[keys.get(role, role.value)])
        for role in (Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE, Role.ADMINISTRATOR)
    ]
    fresh = newest_links(request.org, at=request.now).get(request.session.get(INVITATION_SHOWN, 0))
    context = {
        "roles": lines,
        "invited": [one for one in invitations(request.org, at=request.now) if one.roles],
        "fresh": fresh,
        "address": one_time_link(fresh) if fresh else "",
        "mail": settings.MAIL is not None,
    }
    return _page(request, Part.PEOPLE, form, context)


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: OfficerRequest) -> HttpResponse:
    """Show which rules one begins with; take them, or lead to another text."""
    edition = current_policy(request.org, at=request.now)
    form = OfficialTextForm(request.POST or None, initial={"official_url": request.org.official_url})
    form.fields["official_url"].label = _("Where is the official text?")
    if not edition.paraphrase:
        del form.fields["official_url"]
    if request.method == "POST" and form.is_valid():
        taken = attempt(form, lambda: _take(request, form))
        if taken:
            return after(request, Part.POLICY)
    context = {
        "edition": edition,
        "clauses": edition.clauses.count(),
        "can_restrict": bool(citable(edition)),
        "draft": open_draft(request.org),
    }
    return _page(request, Part.POLICY, form, context)


def facts_of(org: Organisation) -> dict[str, str]:
    """Return what the form about the organisation begins with."""
    return {"name": org.name, "contact": org.contact, "zone": org.zone}


@transaction.atomic
def keep_facts(request: OfficerRequest, form: OrganisationForm) -> Organisation:
    """Take the steps that the form asks for; what stays as it was is no step."""
    given, by, at = form.cleaned_data, request.person, request.now
    rename_organisation(request.org, name=given["name"], by=by, at=at)
    set_contact(request.org, contact=given["contact"], by=by, at=at)
    return set_zone(request.org, zone=given["zone"], by=by, at=at)


@transaction.atomic
def _add(request: OfficerRequest, form: LookedAfterForm) -> Platform:
    given = form.cleaned_data
    place = add_place(
        request.org,
        name=given["name"],
        kind=given["kind"],
        is_public=given["audience"] == "public",
        url=given["url"],
        by=request.person,
        at=request.now,
    )
    if given["operator"]:
        name_operator(place, given["operator"], by=request.person, at=request.now)
    return place


@transaction.atomic
def _take(request: OfficerRequest, form: OfficialTextForm) -> Organisation:
    if "official_url" in form.fields:
        set_official_text(request.org, url=form.cleaned_data["official_url"], by=request.person, at=request.now)
    return settle_part(request.org, Part.POLICY, How.DONE, by=request.person, at=request.now)


def _page(request: OfficerRequest, part: Part, form: forms.Form | None, more: dict[str, Any]) -> HttpResponse:
    context = {**frame(request, part), "form": form, "offices": OFFICES, **more}
    wrong = form is not None and form.is_bound and bool(form.errors)
    return render(request, f"administration/guide_{part}.html", context, status=422 if wrong else 200)
