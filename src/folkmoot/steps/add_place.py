"""A place where members and visitors write is added to the organisation."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.archive.marks import place_mark
from folkmoot.archive.models import Platform
from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.steps.naming import name_typed, slug_for, web_address_typed
from folkmoot.steps.office import require_office


@transaction.atomic
def add_place(
    org: Organisation,
    *,
    name: str,
    kind: str = Platform.Kind.OTHER,
    is_public: bool,
    url: str = "",
    by: Actor,
    at: datetime,
) -> Platform:
    """Add a place; `kind` is one of `Platform.Kind`. Raises `BadInput` with its field."""
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    Organisation.objects.select_for_update(no_key=True).get(pk=org.pk)
    name = place_name(org, name, but=None)
    places = Platform.objects.within(org)
    place = Platform.objects.create(
        org=org,
        slug=slug_for(name, lambda slug: places.filter(slug=slug).exists(), fallback="place"),
        name=name,
        kind=place_kind(kind),
        is_public=is_public,
        url=web_address_typed(url, field="url"),
        created_at=at,
    )
    facts = {"place": place.pk, "kind": place.kind, "public": is_public, "mark": place_mark(place)}
    enter_register(org, "add_place", by=by, at=at, facts=facts)
    return place


def place_name(org: Organisation, value: str, *, but: Platform | None) -> str:
    """Return a place's name, which no other place of `org` than `but` may have."""
    name = name_typed(value, field="name", limit=120, name="The name of the place")
    others = Platform.objects.within(org).filter(name__iexact=name)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise BadInput(gettext("There is a place called “%(name)s” already.") % {"name": name}, field="name")
    return name


def place_kind(value: str) -> Platform.Kind:
    """Return the kind of a place, or raise `BadInput`."""
    if value not in Platform.Kind.values:
        raise BadInput(gettext("Please choose what kind of place it is."), field="kind")
    return Platform.Kind(value)
