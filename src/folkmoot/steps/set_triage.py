"""An organisation says which posts the software looks over by itself (data protection: no more than is needed)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation, Triage
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office


@transaction.atomic
def set_triage(org: Organisation, *, triage: str, by: Actor, at: datetime) -> Organisation:
    """Keep one of `Triage`; the same one changes nothing. Raises `BadInput` (field "triage").

    What has been judged already stays until its words go; posts passed over meanwhile are judged once they may be.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    if triage not in Triage.values:
        raise BadInput(gettext("Please choose which posts the software looks over by itself."), field="triage")
    found = Organisation.objects.select_for_update(no_key=True).get(pk=org.pk)
    if triage == found.triage:
        return found
    before, found.triage = found.triage, triage
    found.save(update_fields=["triage"])
    enter_register(found, "set_triage", by=by, at=at, facts={"from": before, "to": triage})
    return found
