"""Stepping into somebody's role, and out again. None of it exists outside the demo's settings."""

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from folkmoot.casefile.models import Grant
from folkmoot.members.models import Person
from folkmoot.procedure.words import Role
from folkmoot.web.access import OrgRequest, hold_grant
from folkmoot.web.demo.pages import demo_page
from folkmoot.web.demo.sides import author_party, party_path, reporter_party, roles_said, told_of
from folkmoot.web.signin.session import step_into


@require_safe
@demo_page
def roles(request: OrgRequest) -> HttpResponse:
    """Show everybody whose place can be taken: people with a role, authors, reporters."""
    people = Person.objects.within(request.org).exclude(user=None).order_by("pk")
    context = {
        "people": [
            (person, roles_said(person, at=request.now), told_of(person))
            for person in people
            if person.offices(at=request.now)
        ],
        "authors": [author_party(grant) for grant in _newest_of_authors(request)],
        "reporters": [
            reporter_party(grant) for grant in _grants(request, Role.REPORTER) if not grant.paper.facts.get("noticed")
        ],
    }
    return render(request, "demo/roles.html", context)


@require_POST
@demo_page
def step_in(request: OrgRequest, person: int) -> HttpResponse:
    """Sign in as somebody with a role, and open their desk, or the page asked for."""
    somebody = Person.objects.within(request.org).select_related("user").filter(pk=person).first()
    if somebody is None or somebody.user is None:
        raise Http404
    to = request.POST.get("to", "")
    logout(request)
    step_into(request, somebody.user)
    return redirect(to if _ours(request, to) else f"/o/{request.org.slug}/desk/", permanent=False)


@require_POST
@demo_page
def step_in_as_party(request: OrgRequest, grant: int) -> HttpResponse:
    """Take the place of an author or a reporter, and open their side of the case."""
    found = Grant.objects.within(request.org).select_related("org", "case").filter(pk=grant).first()
    if found is None:
        raise Http404
    logout(request)
    hold_grant(request, found)
    return redirect(party_path(found))


@require_POST
@demo_page
def step_out(request: OrgRequest) -> HttpResponse:
    """Be nobody again."""
    logout(request)
    return redirect("demo:roles")


def _newest_of_authors(request: OrgRequest) -> list[Grant]:
    newest = {grant.case_id: grant for grant in _grants(request, Role.AUTHOR)}
    return list(newest.values())


def _grants(request: OrgRequest, party: Role) -> list[Grant]:
    grants = Grant.objects.within(request.org).filter(party=party).order_by("case", "pk")
    return list(grants.select_related("org", "paper", "case__post__account"))


def _ours(request: HttpRequest, to: str) -> bool:
    return to.startswith("/") and url_has_allowed_host_and_scheme(to, {request.get_host()})
