"""Who may change people, places and the policy of an organisation."""

from datetime import datetime

from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, Machine
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Organisation, Person
from folkmoot.procedure.words import OFFICES, Role

_NAMES = {
    Role.ADMINISTRATOR: "an administrator",
    Role.MODERATOR: "a moderator",
    Role.SECRETARY: "the Secretary",
    Role.EXECUTIVE: "a member of the Executive",
}


def require_office(org: Organisation, by: Actor, *roles: Role, at: datetime) -> None:
    """Raise `NotPermitted` unless `by` holds one of `roles` in `org`; the server's own console may do all."""
    if isinstance(by, Machine):
        return
    if not isinstance(by, Person) or by.org_id != org.pk or not by.offices(at=at).intersection(roles):
        raise NotPermitted(
            gettext("Only %(roles)s may do this.") % {"roles": " or ".join(_NAMES[role] for role in roles)}
        )


def weightiest_office(person: Person, *, at: datetime) -> Role | None:
    """Return in which office `person` acts where any will do: the weightiest that they hold, `None` without one."""
    held = person.offices(at=at)
    return next((role for role in reversed(OFFICES) if role in held), None)


def require_same(org: Organisation, *others: Organisation) -> None:
    """Raise `NotPermitted` when something of another organisation was handed over."""
    if any(other.pk != org.pk for other in others):
        raise NotPermitted(gettext("This belongs to another organisation."))
