"""An organisation says in which time zone its days begin and end (D11)."""

from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office


@transaction.atomic
def set_zone(org: Organisation, *, zone: str, by: Actor, at: datetime) -> Organisation:
    """Keep the time zone, such as "Europe/London"; the same one changes nothing. Raises `BadInput` (field "zone").

    Time limits that run already keep their end; those that begin from now on end with the day there.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    if zone not in available_timezones():
        raise BadInput(
            gettext("There is no time zone %(zone)s. It should look like Europe/London.") % {"zone": repr(zone)},
            field="zone",
        )
    found = Organisation.objects.select_for_update(no_key=True).get(pk=org.pk)
    if zone == found.zone:
        return found
    before, found.zone = found.zone, zone
    found.save(update_fields=["zone"])
    enter_register(found, "set_zone", by=by, at=at, facts={"from": before, "to": zone})
    return found
