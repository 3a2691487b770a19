"""Ways through the administration: finding what an address names, and going on after a step."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.archive.models import Platform
from folkmoot.members.models import Person
from folkmoot.web.access import OfficerRequest
from folkmoot.web.drafts import arrived


class SeeOther(HttpResponseRedirect):
    """The answer after a step: look here now."""

    status_code = 303


def go(request: OfficerRequest, view: str, *, say: str = "", **named: Any) -> SeeOther:
    """Lead on to a view of the administration, with a sentence on what has happened."""
    if say:
        arrived(request, say)
    return SeeOther(reverse(f"administration:{view}", kwargs={"org": request.org.slug, **named}))


def the_person(request: OfficerRequest, number: int) -> Person:
    """Return the person of this organisation, or raise `Http404`."""
    found = Person.objects.within(request.org).select_related("org", "user").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def the_place(request: OfficerRequest, number: int) -> Platform:
    """Return the place of this organisation, or raise `Http404`."""
    found = Platform.objects.within(request.org).select_related("org").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def people_named(labels: Iterable[str]) -> dict[str, str]:
    """Return who stands behind labels of the register, by label: a person's name, or the server's own console."""
    wanted = set(labels)
    numbers = {int(by.removeprefix("person:")) for by in wanted if by.startswith("person:")}
    names = dict(Person.objects.filter(pk__in=numbers).values_list("pk", "name"))
    found = {by: names.get(int(by.removeprefix("person:")), "") for by in wanted if by.startswith("person:")}
    return {by: found.get(by) or _("whoever runs this server") for by in wanted}
