"""A person gives a role up, or loses it."""

from datetime import datetime

from django.db import transaction

from folkmoot.archive.models import Operator
from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Organisation, Person, RoleHeld
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office


@transaction.atomic
def end_role(person: Person, role: Role, *, by: Actor, at: datetime) -> RoleHeld:
    """End `role`; whoever is no moderator any more looks after no place either.

    Raises `BadInput` when they do not hold it, `NotPermitted` for the last administrator.
    """
    org = Organisation.objects.select_for_update(no_key=True).get(pk=person.org_id)  # two last administrators, at once
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    held = RoleHeld.objects.filter(person=person, role=role, until=None).first()
    if held is None:
        raise BadInput(f"{person.name} does not hold this role (any more).", field="role")
    if role is Role.ADMINISTRATOR and not _others_can_administer(org, person, at=at):
        raise NotPermitted(
            f"{person.name} is the last administrator who has signed in. Make somebody else an administrator "
            "first, and wait until they have signed in."
        )
    held.until = at
    held.save(update_fields=["until"])
    places = _end_operating(person, at=at) if role is Role.MODERATOR else []
    enter_register(org, "end_role", by=by, at=at, facts={"person": person.pk, "role": role, "places": places})
    return held


def _others_can_administer(org: Organisation, person: Person, *, at: datetime) -> bool:
    others = Person.objects.holding(org, Role.ADMINISTRATOR, at=at).exclude(pk=person.pk)
    return others.exclude(user__last_login=None).exists()


def _end_operating(person: Person, *, at: datetime) -> list[int]:
    rows = Operator.objects.filter(person=person, until=None)
    places = sorted(rows.values_list("platform_id", flat=True))
    rows.update(until=at)
    return places
