"""A person gives a role up, or loses it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from folkmoot.archive.models import Operator
from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Cover, Organisation, Person, RoleHeld
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office


@transaction.atomic
def end_role(person: Person, role: Role, *, by: Actor, at: datetime) -> RoleHeld:
    """End `role`, and with it whatever cover there is for it; whoever is no moderator looks after no place either.

    Raises `BadInput` when they do not hold it, `NotPermitted` for the last administrator.
    """
    org = Organisation.objects.select_for_update(no_key=True).get(pk=person.org_id)  # two last administrators, at once
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    held = RoleHeld.objects.filter(person=person, role=role, until=None).first()
    if held is None:
        raise BadInput(gettext("%(name)s does not hold this role (any more).") % {"name": person.name}, field="role")
    if role is Role.ADMINISTRATOR and not _others_can_administer(org, person, at=at):
        raise NotPermitted(
            gettext(
                "%(name)s is the last administrator who has signed in. Make somebody else an "
                "administrator first, and wait until they have signed in."
            )
            % {"name": person.name}
        )
    held.until = at
    held.save(update_fields=["until"])
    places = _end_operating(person, at=at) if role is Role.MODERATOR else []
    facts = {"person": person.pk, "role": role, "places": places, "covers": _end_covers(person, role, at=at)}
    enter_register(org, "end_role", by=by, at=at, facts=facts)
    return held


def _others_can_administer(org: Organisation, person: Person, *, at: datetime) -> bool:
    # in their own right: whoever only covers for this person goes with them
    own = RoleHeld.objects.filter(org=org, role=Role.ADMINISTRATOR, until=None, since__lte=at).exclude(person=person)
    return own.exclude(person__user__is_active=False).exclude(person__user__last_login=None).exists()


def _end_covers(person: Person, role: Role, *, at: datetime) -> list[int]:
    rows = Cover.objects.filter(Q(until=None) | Q(until__gt=at), person=person, role=role, ended_at=None)
    numbers = sorted(rows.values_list("pk", flat=True))
    Cover.objects.filter(pk__in=numbers).update(ended_at=at)
    return numbers


def _end_operating(person: Person, *, at: datetime) -> list[int]:
    rows = Operator.objects.filter(person=person, until=None)
    places = sorted(rows.values_list("platform_id", flat=True))
    rows.update(until=at)
    return places
