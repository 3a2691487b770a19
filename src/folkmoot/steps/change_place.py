"""What is known of a place is put right: its name, kind, address, and whether everybody can read it."""

from datetime import datetime

from django.db import transaction

from folkmoot.archive.marks import place_mark
from folkmoot.archive.models import Platform
from folkmoot.casefile.record import Actor, enter_register
from folkmoot.procedure.words import Role
from folkmoot.steps.add_place import place_kind, place_name
from folkmoot.steps.naming import web_address_typed
from folkmoot.steps.office import require_office


@transaction.atomic
def change_place(
    place: Platform, *, name: str, kind: str, is_public: bool, url: str, by: Actor, at: datetime
) -> Platform:
    """Change a place; its short name in addresses stays. Raises `BadInput` with its field."""
    require_office(place.org, by, Role.ADMINISTRATOR, at=at)
    place = Platform.objects.select_for_update(of=("self",), no_key=True).select_related("org").get(pk=place.pk)
    place.name = place_name(place.org, name, but=place)
    place.kind = place_kind(kind)
    place.is_public = is_public
    place.url = web_address_typed(url, field="url")
    place.save()
    facts = {"place": place.pk, "kind": place.kind, "public": is_public, "mark": place_mark(place)}
    enter_register(place.org, "change_place", by=by, at=at, facts=facts)
    return place
