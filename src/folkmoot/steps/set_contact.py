"""An organisation says where people can write to its Secretary."""

from datetime import datetime

from django.db import transaction

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.text import single_line, typed
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office


@transaction.atomic
def set_contact(org: Organisation, *, contact: str, by: Actor, at: datetime) -> Organisation:
    """Keep the address that public pages show; an empty one shows none. Raises `BadInput` (field "contact")."""
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    found = Organisation.objects.select_for_update(no_key=True).get(pk=org.pk)
    kept = single_line(typed(contact, field="contact", limit=254, name="The address", required=False))
    if kept == found.contact:
        return found
    found.contact = kept
    found.save(update_fields=["contact"])
    enter_register(found, "set_contact", by=by, at=at, facts={"shown": bool(kept)})
    return found
