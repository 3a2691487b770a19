"""Somebody outside is named to whom checkpoints of the record are mailed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.canonical import new_salt
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation, Outsider, Person
from folkmoot.members.outsiders import outsider_mark
from folkmoot.procedure.words import Role
from folkmoot.steps.naming import address_typed, name_typed
from folkmoot.steps.office import require_office


@transaction.atomic
def name_outsider(org: Organisation, *, name: str, email: str, rhythm: str, by: Actor, at: datetime) -> Outsider:
    """Name them; `rhythm` is one of `Outsider.Rhythm`. Raises `BadInput` with its field: name, email or rhythm.

    Whoever holds an office here is no outsider. Name and address stay out of the register, but for a salted hash.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    Organisation.objects.select_for_update(no_key=True).get(pk=org.pk)
    name = name_typed(name, field="name", limit=120, name="The name")
    email = address_typed(email)
    if rhythm not in Outsider.Rhythm.values:
        raise BadInput(gettext("Please choose how often."), field="rhythm")
    if Outsider.objects.within(org).filter(email=email, until=None).exists():
        raise BadInput(gettext("They get the checkpoints already."), field="email")
    here = Person.objects.within(org).filter(email=email).first()
    if here is not None and here.offices(at=at):
        raise BadInput(
            gettext("%(name)s holds an office here. What proves something is a copy with somebody who holds none.")
            % {"name": here.name},
            field="email",
        )
    outsider = Outsider.objects.create(org=org, name=name, email=email, rhythm=rhythm, salt=new_salt(), since=at)
    facts = {"outsider": outsider.pk, "rhythm": rhythm, "mark": outsider_mark(outsider)}
    enter_register(org, "name_outsider", by=by, at=at, facts=facts)
    return outsider
