"""Going away: who acts for me meanwhile, and for whom I act."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.members.models import Cover, Person, RoleHeld
from folkmoot.procedure.words import Role
from folkmoot.steps.end_cover import end_cover
from folkmoot.steps.set_cover import COVERABLE, set_cover
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.covers import CoverForm, EndedForm, lines, the_cover
from folkmoot.web.desk.going import go
from folkmoot.web.forms import PlainForm, attempt


@officer()
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: OfficerRequest) -> HttpResponse:
    """Show and set who acts for the reader while they are away."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            lambda: set_cover(
                request.person,
                given["covering"],
                Role(given["role"]),
                first=given["first"],
                last=given["last"],
                by=request.person,
                at=request.now,
            ),
        )
        if made:
            return go(request, "away", say=_("Written down. Whoever acts for you gets a mail about it."))
    return _page(request, form)


@officer()
@require_POST
def back(request: OfficerRequest) -> HttpResponse:
    """End a cover: the reader is back, or cannot act for somebody after all."""
    form = EndedForm(request.POST)
    row = the_cover(request.org, form.cleaned_data["cover"]) if form.is_valid() else None
    if row is None or request.person.pk not in {row.person_id, row.covering_id}:
        raise Http404
    if attempt(form, lambda: end_cover(row, by=request.person, at=request.now)):
        return go(request, "away" if request.person.offices(at=request.now) else "home", say=_("It has ended."))
    return _page(request, _form(request), refused=form)


def _form(request: OfficerRequest) -> CoverForm:
    own = request.person.own_offices(at=request.now)
    others = Person.objects.within(request.org).exclude(pk=request.person.pk).order_by("name")
    if Role.ADMINISTRATOR not in own:  # who does not work here yet is let in by an administrator
        others = others.filter(pk__in=RoleHeld.objects.filter(org=request.org, until=None).values("person"))
    data = request.POST if request.method == "POST" and "covering" in request.POST else None
    form = CoverForm(data, people=others, roles=own)
    return form if Role.ADMINISTRATOR in own else form.needs_end()


def _page(request: OfficerRequest, form: CoverForm, *, refused: PlainForm | None = None) -> HttpResponse:
    wrong = refused or (form if form.errors else None)
    own = request.person.own_offices(at=request.now)
    context = {
        "form": form,
        "refused": wrong,
        "can_be_covered": bool(own & set(COVERABLE)),
        "sits": Role.EXECUTIVE in own,
        "covers": lines(Cover.objects.filter(person=request.person), now=request.now),
        "covers_for": lines(Cover.objects.filter(covering=request.person), now=request.now),
    }
    return render(request, "desk/away.html", context, status=422 if wrong else 200)
