"""An operator stops looking after a place."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.archive.models import Operator, Platform
from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Person
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office, require_same


@transaction.atomic
def end_operator(place: Platform, person: Person, *, by: Actor, at: datetime) -> Operator:
    """End it from now on; raises `BadInput` (field "person") when they do not look after the place."""
    require_office(place.org, by, Role.ADMINISTRATOR, at=at)
    require_same(place.org, person.org)
    row = Operator.objects.select_for_update(no_key=True).filter(platform=place, person=person, until=None).first()
    if row is None:
        raise BadInput(
            gettext("%(name)s does not look after %(place)s (any more).") % {"name": person.name, "place": place.name},
            field="person",
        )
    row.until = at
    row.save(update_fields=["until"])
    enter_register(place.org, "end_operator", by=by, at=at, facts={"place": place.pk, "person": person.pk})
    return row
