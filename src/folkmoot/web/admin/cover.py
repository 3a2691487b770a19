"""Somebody is away, or has a deputy: who acts in their role meanwhile."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.members.models import Cover, Person
from folkmoot.procedure.words import Role
from folkmoot.steps.end_cover import end_cover
from folkmoot.steps.set_cover import COVERABLE, set_cover
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.going import go, the_person
from folkmoot.web.covers import CoverForm, EndedForm, lines, the_cover
from folkmoot.web.forms import PlainForm, attempt


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: OfficerRequest, person: int) -> HttpResponse:
    """Show who covers for somebody, and let another person do so."""
    found = the_person(request, person)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            lambda: set_cover(
                found,
                given["covering"],
                Role(given["role"]),
                first=given["first"],
                last=given["last"],
                by=request.person,
                at=request.now,
            ),
        )
        if made:
            return go(request, "cover", say=_("Written down. They get a mail about it."), person=found.pk)
    return _page(request, found, form)


@officer(Role.ADMINISTRATOR)
@require_POST
def ended(request: OfficerRequest, person: int) -> HttpResponse:
    """End a cover before its time."""
    found = the_person(request, person)
    form = EndedForm(request.POST)
    row = the_cover(request.org, form.cleaned_data["cover"]) if form.is_valid() else None
    if row is None or row.person_id != found.pk:
        raise Http404
    if attempt(form, lambda: end_cover(row, by=request.person, at=request.now)):
        return go(request, "cover", say=_("It has ended."), person=found.pk)
    return _page(request, found, _form(request, found), refused=form)


def _form(request: OfficerRequest, found: Person) -> CoverForm:
    others = Person.objects.within(request.org).exclude(pk=found.pk).order_by("name")
    data = request.POST if request.method == "POST" and "covering" in request.POST else None
    return CoverForm(data, people=others, roles=found.own_offices(at=request.now))


def _page(request: OfficerRequest, found: Person, form: CoverForm, *, refused: PlainForm | None = None) -> HttpResponse:
    wrong = refused or (form if form.errors else None)
    context = {
        "who": found,
        "form": form,
        "refused": wrong,
        "can_be_covered": bool(found.own_offices(at=request.now) & set(COVERABLE)),
        "covers": lines(Cover.objects.filter(person=found), now=request.now),
        "covers_for": lines(Cover.objects.filter(covering=found), now=request.now),
    }
    return render(request, "administration/cover.html", context, status=422 if wrong else 200)
