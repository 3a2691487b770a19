"""An invitation is withdrawn before anybody has used it, and with it the roles that came with it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import OneTimeLink, Person
from folkmoot.procedure.words import Role
from folkmoot.steps.end_role import end_role
from folkmoot.steps.invite_person import may_be_invited
from folkmoot.steps.office import require_office
from folkmoot.steps.one_time import close_links


@transaction.atomic
def withdraw_invitation(person: Person, *, by: Actor, at: datetime) -> Person:
    """Make the link worthless and end the roles: else they could still sign in by their mail address.

    Raises `BadInput` (field "person") when they have signed in already, or hold nothing that could be withdrawn.
    """
    require_office(person.org, by, Role.ADMINISTRATOR, at=at)
    if not may_be_invited(person):
        raise BadInput(
            gettext("%(name)s has signed in already. End their roles instead.") % {"name": person.name}, field="person"
        )
    roles = sorted(person.own_offices(at=at))
    if not roles:
        raise BadInput(
            gettext("%(name)s holds no role, so there is no invitation to withdraw.") % {"name": person.name},
            field="person",
        )
    close_links(person, OneTimeLink.Purpose.INVITATION, at=at)
    enter_register(person.org, "withdraw_invitation", by=by, at=at, facts={"person": person.pk})
    for role in roles:
        end_role(person, role, by=by, at=at)
    return person
