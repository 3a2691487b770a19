"""The policy: its editions, its official text, and how people reach the organisation."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.editions.citing import citable
from folkmoot.editions.current import (
    coming_policies,
    current_policy,
    current_procedure,
    newer_parent,
    newest_policy,
    open_draft,
)
from folkmoot.editions.held import never_held
from folkmoot.editions.models import PolicyEdition
from folkmoot.procedure.plain import limits_said
from folkmoot.procedure.words import Role
from folkmoot.steps.set_contact import set_contact
from folkmoot.steps.set_official_text import set_official_text
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.forms import ContactForm, OfficialTextForm
from folkmoot.web.admin.going import go, people_named
from folkmoot.web.forms import PlainForm, attempt


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: OfficerRequest) -> HttpResponse:
    """Show the editions, and take the address of the official text."""
    form = OfficialTextForm(request.POST or None, initial={"official_url": request.org.official_url})
    if request.method == "POST" and form.is_valid():
        url = form.cleaned_data["official_url"]
        done = attempt(form, lambda: set_official_text(request.org, url=url, by=request.person, at=request.now))
        if done:
            return go(
                request, "policy", say=_("Letters link to it from now on.") if url else _("Letters link to none.")
            )
    return _page(request, official=form, refused=form if form.errors else None)


@officer(Role.ADMINISTRATOR)
@require_POST
def contact(request: OfficerRequest) -> HttpResponse:
    """Take the address at which the Secretary can be reached."""
    form = ContactForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data["contact"]
        done = attempt(form, lambda: set_contact(request.org, contact=given, by=request.person, at=request.now))
        if done:
            return go(request, "policy", say=_("Changed."))
    return _page(request, contact=form, refused=form)


def _page(
    request: OfficerRequest,
    *,
    official: OfficialTextForm | None = None,
    contact: ContactForm | None = None,
    refused: PlainForm | None = None,
) -> HttpResponse:
    org = request.org
    edition = current_policy(org, at=request.now)
    draft = open_draft(org)
    editions = PolicyEdition.objects.within(org).filter(is_parent=False).order_by("-number")
    never = never_held(org)
    context = {
        "edition": edition,
        "editions": [(one, never.get(one.pk)) for one in editions],
        "can_restrict": bool(citable(edition)),
        "coming": coming_policies(org, at=request.now),
        "draft": draft,
        "draft_by": people_named([draft.changed_by])[draft.changed_by] if draft else "",
        "parent": newest_policy(org).parent,
        "newer_parent": newer_parent(newest_policy(org)),
        "limits": list(limits_said(current_procedure(org).procedure().limits).values()),
        "official": official or OfficialTextForm(initial={"official_url": org.official_url}),
        "contact": contact or ContactForm(initial={"contact": org.contact}),
        "refused": refused,
    }
    return render(request, "administration/policy.html", context, status=422 if refused else 200)
