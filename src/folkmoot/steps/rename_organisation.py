"""An organisation is called otherwise from now on; its addresses stay as they are."""

from datetime import datetime

from django.db import transaction

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.steps.add_organisation import org_name
from folkmoot.steps.office import require_office


@transaction.atomic
def rename_organisation(org: Organisation, *, name: str, by: Actor, at: datetime) -> Organisation:
    """Keep the name that pages and letters show; the same name changes nothing. Raises `BadInput` (field "name").

    The short name in addresses never changes: links that people hold would lead nowhere.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    found = Organisation.objects.select_for_update(no_key=True).get(pk=org.pk)
    kept = org_name(name)
    if kept == found.name:
        return found
    found.name = kept
    found.save(update_fields=["name"])
    enter_register(found, "rename_organisation", by=by, at=at, facts={})
    return found
