"""Views of the queue that somebody gave a name: kept, renamed, put right, dropped. Nobody else sees them."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from folkmoot.members.prepared import prepared
from folkmoot.pinboard.models import MOST_VIEWS, VIEW_NAME_LIMIT, View
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.asked import Asked, asked_by
from folkmoot.web.desk.going import READERS, SeeOther, address, go
from folkmoot.web.forms import Line, PlainForm


class ViewForm(PlainForm):
    """A name for a view."""

    name = Line(limit=VIEW_NAME_LIMIT, label=later("Name"))


@officer(*READERS)
def views(request: OfficerRequest) -> HttpResponse:
    """Show the reader's views, or keep a new one."""
    form, asked = ViewForm(request.POST or None), _asked(request.POST.get("asked", ""))
    if request.method == "POST" and form.is_valid():
        if _mine(request).count() >= MOST_VIEWS:
            form.add_error(None, _("You have %(n)d views already. Please drop one first.") % {"n": MOST_VIEWS})
        elif _keep(request, View(name=form.cleaned_data["name"], asked=asked.query)):
            return SeeOther(f"{address(request, 'queue')}?{asked.query}")
        else:
            form.add_error("name", _("You have a view of this name. Please choose another."))
    context: dict[str, Any] = {"views": _mine(request), "form": form, "asked": asked if request.POST else None}
    return render(request, "desk/views.html", context, status=422 if form.errors else 200)


@require_POST
@officer(*READERS)
def view(request: OfficerRequest, view: int) -> HttpResponse:
    """Rename a view, or drop it."""
    found = _mine(request).filter(pk=view).first()
    if found is None:
        raise Http404
    if "drop" in request.POST:
        found.delete()
        return go(request, "views", say=_("“%(name)s” is gone.") % {"name": found.name})
    form = ViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(one) for one in form.errors.get("name", [])))
        return SeeOther(address(request, "views"))
    found.name = form.cleaned_data["name"]
    if not _keep(request, found):
        messages.error(request, _("You have a view of this name. Please choose another."))
        return SeeOther(address(request, "views"))
    return go(request, "views", say=_("It is called “%(name)s” now.") % {"name": found.name})


def views_of(request: OfficerRequest, asked: Asked) -> list[tuple[str, str, bool]]:
    """Return the reader's views: name, address from the question mark on, and whether it is the one that is shown."""
    kept = _views(request.org.pk, request.person.pk)
    return [(name, f"?{shown}", shown == asked.query) for name, shown in kept]


@prepared
def _views(org: int, person: int) -> QuerySet[View, tuple[str, str]]:
    return View.objects.filter(org=org, person=person).values_list("name", "asked")


def _mine(request: OfficerRequest) -> Any:
    return View.objects.within(request.org).filter(person=request.person)


def _asked(typed: str) -> Asked:
    return asked_by(QueryDict(typed[:500]))


def _keep(request: OfficerRequest, one: View) -> bool:
    """Save the view as the reader's; say whether its name was free."""
    one.org, one.person, one.made_at = request.org, request.person, request.now
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError:
        return False
    return True
