"""Places: where people write, who can read it, and who looks after it."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.archive.models import ImportRun, Operator, Platform, Post
from folkmoot.members.models import Cover, Person
from folkmoot.procedure.words import Role
from folkmoot.steps.add_place import add_place
from folkmoot.steps.change_place import change_place
from folkmoot.steps.end_operator import end_operator
from folkmoot.steps.name_operator import name_operator
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.forms import OperatorForm, PlaceForm
from folkmoot.web.admin.going import go, the_place
from folkmoot.web.covers import Line, lines
from folkmoot.web.forms import PlainForm, attempt


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def places(request: OfficerRequest) -> HttpResponse:
    """List the places, and add another."""
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        place = attempt(form, lambda: add_place(request.org, **_given(form), by=request.person, at=request.now))
        if place:
            say = _("The place is added. Say who looks after it.")
            return go(request, "place", say=say, place=place.pk)
    running = Cover.objects.within(request.org)
    context = {"form": form, "places": _lines(request), "covers": lines(running, now=request.now)}
    return render(request, "administration/places.html", context, status=422 if form.errors else 200)


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: OfficerRequest, place: int) -> HttpResponse:
    """Show a place, and put right what is known of it."""
    found = the_place(request, place)
    form = PlaceForm(request.POST or None, initial=_known(found))
    if request.method == "POST" and form.is_valid():
        changed = attempt(form, lambda: change_place(found, **_given(form), by=request.person, at=request.now))
        if changed:
            return go(request, "place", say=_("Changed."), place=found.pk)
    return _page(request, found, form=form, refused=form if form.errors else None)


@officer(Role.ADMINISTRATOR)
@require_POST
def operators(request: OfficerRequest, place: int) -> HttpResponse:
    """Name somebody who looks after the place."""
    return _step(request, place, name_operator, say=_("They look after the place from now on."))


@officer(Role.ADMINISTRATOR)
@require_POST
def end(request: OfficerRequest, place: int) -> HttpResponse:
    """Let somebody look after the place no longer."""
    return _step(request, place, end_operator, say=_("They do not look after the place any more."))


def _lines(request: OfficerRequest) -> list[tuple[Platform, list[tuple[Operator, list[Line]]]]]:
    """Return the places by name, each with who looks after it and who covers for them."""
    rows = Operator.objects.within(request.org).filter(until=None).select_related("person").order_by("person__name")
    covers = lines(Cover.objects.within(request.org).filter(role=Role.MODERATOR), now=request.now)
    theirs = [(row, [line for line in covers if line.cover.person_id == row.person_id]) for row in rows]
    places = Platform.objects.within(request.org).order_by("name")
    return [(place, [one for one in theirs if one[0].platform_id == place.pk]) for place in places]


def _step(request: OfficerRequest, number: int, step: Callable[..., Operator], *, say: str) -> HttpResponse:
    found = the_place(request, number)
    form = OperatorForm(request.POST, people=Person.objects.within(request.org))
    if form.is_valid():
        person = form.cleaned_data["person"]
        done = attempt(form, lambda: step(found, person, by=request.person, at=request.now))
        if done:
            return go(request, "place", say=say, place=found.pk)
    return _page(request, found, form=PlaceForm(initial=_known(found)), refused=form)


def _page(request: OfficerRequest, found: Platform, *, form: PlaceForm, refused: PlainForm | None) -> HttpResponse:
    rows = Operator.objects.within(request.org).filter(platform=found, until=None).select_related("person")
    free = _moderators(request).exclude(pk__in=rows.values("person"))
    context = {
        "place": found,
        "form": form,
        "refused": refused,
        "operators": [(row, _covers(row, request)) for row in rows.order_by("person__name")],
        "name_form": OperatorForm(people=free),
        "can_name": free.exists(),
        "posts": Post.objects.within(request.org).filter(platform=found).count(),
        "imports": ImportRun.objects.within(request.org).filter(platform=found).order_by("-pk")[:5],
    }
    return render(request, "administration/place.html", context, status=422 if refused else 200)


def _covers(row: Operator, request: OfficerRequest) -> list[Line]:
    return lines(Cover.objects.filter(person=row.person_id, role=Role.MODERATOR), now=request.now)


def _moderators(request: OfficerRequest) -> QuerySet[Person]:
    return Person.objects.holding(request.org, Role.MODERATOR, at=request.now).order_by("name")


def _known(found: Platform) -> dict[str, str]:
    audience = "public" if found.is_public else "closed"
    return {"name": found.name, "kind": found.kind, "audience": audience, "url": found.url}


def _given(form: PlaceForm) -> dict[str, Any]:
    given = form.cleaned_data
    is_public = given["audience"] == "public"
    return {"name": given["name"], "kind": given["kind"], "is_public": is_public, "url": given["url"]}
