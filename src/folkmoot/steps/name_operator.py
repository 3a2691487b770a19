"""A moderator is named as an operator of a place: who looks after it (Sh)."""

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
def name_operator(place: Platform, person: Person, *, by: Actor, at: datetime) -> Operator:
    """Name `person`, a moderator; raises `BadInput` (field "person") for others, and when named already."""
    require_office(place.org, by, Role.ADMINISTRATOR, at=at)
    require_same(place.org, person.org)
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if not person.holds(Role.MODERATOR, at=at):
        raise BadInput(
            gettext("%(name)s is not a moderator. Give them that role first.") % {"name": person.name}, field="person"
        )
    if Operator.objects.filter(platform=place, person=person, until=None).exists():
        raise BadInput(
            gettext("%(name)s looks after %(place)s already.") % {"name": person.name, "place": place.name},
            field="person",
        )
    row = Operator.objects.create(org=place.org, platform=place, person=person, since=at)
    enter_register(place.org, "name_operator", by=by, at=at, facts={"place": place.pk, "person": person.pk})
    return row
