"""A person is given a role."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Person, RoleHeld, User
from folkmoot.procedure.words import OFFICES, Role
from folkmoot.steps.office import require_office


@transaction.atomic
def give_role(person: Person, role: Role, *, by: Actor, at: datetime) -> RoleHeld:
    """Give `role` to `person` from now on, and a sign-in if they have none yet.

    Raises `BadInput` (field "role") when they hold it already, or when nobody can be given it.
    """
    require_office(person.org, by, Role.ADMINISTRATOR, at=at)
    return enter_role(person, role, by=by, at=at)


def enter_role(person: Person, role: Role, *, by: Actor, at: datetime) -> RoleHeld:
    """Write the role and its place on the register, inside the caller's transaction."""
    if role not in OFFICES:
        raise BadInput(gettext("Nobody can be given the role “%(role)s”.") % {"role": role}, field="role")
    person = Person.objects.select_for_update(of=("self",), no_key=True).select_related("org").get(pk=person.pk)
    if person.roles.filter(role=role, until=None).exists():
        raise BadInput(gettext("%(name)s holds this role already.") % {"name": person.name}, field="role")
    let_sign_in(person)
    held = RoleHeld.objects.create(org=person.org, person=person, role=role, since=at)
    enter_register(person.org, "give_role", by=by, at=at, facts={"person": person.pk, "role": role})
    return held


def let_sign_in(person: Person) -> None:
    """Give `person` a sign-in if they have none yet."""
    if person.user_id is None:
        known = User.objects.filter(email=person.email).first()
        person.user = known or User.objects.create_user(person.email)
        person.save(update_fields=["user"])
