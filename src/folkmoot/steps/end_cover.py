"""Somebody is back before their time, or cannot cover after all."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Cover, Person
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office


@transaction.atomic
def end_cover(cover: Cover, *, by: Actor, at: datetime) -> Cover:
    """End it from now on. Either of the two may, and an administrator. Raises `BadInput` when it has ended."""
    if not (isinstance(by, Person) and by.pk in {cover.person_id, cover.covering_id}):
        require_office(cover.org, by, Role.ADMINISTRATOR, at=at)
    found = Cover.objects.select_for_update(of=("self",), no_key=True).select_related("org").get(pk=cover.pk)
    if found.ended_at is not None or (found.until is not None and found.until <= at):
        raise BadInput(gettext("This has ended already."))
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    enter_register(found.org, "end_cover", by=by, at=at, facts={"cover": found.pk})
    return found
