"""An organisation says where the official text of its policy stands, so that a summary can point to it."""

from datetime import datetime

from django.db import transaction

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.canonical import digest
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.steps.naming import web_address_typed
from folkmoot.steps.office import require_office


@transaction.atomic
def set_official_text(org: Organisation, *, url: str, by: Actor, at: datetime) -> Organisation:
    """Keep the web address of the official text; an empty one says that there is none (yet).

    Raises `BadInput` for the field "official_url".
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    found = Organisation.objects.select_for_update(no_key=True).get(pk=org.pk)
    address = web_address_typed(url, field="official_url")
    if address == found.official_url:
        return found
    found.official_url = address
    found.save(update_fields=["official_url"])
    enter_register(found, "set_official_text", by=by, at=at, facts={"address": digest(address.encode())})
    return found
