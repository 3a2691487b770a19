"""People, from the server's console: what administrators do on their pages, and letting somebody in."""

from collections.abc import Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from folkmoot.casefile.record import SYSTEM
from folkmoot.cli.tables import table
from folkmoot.cli.target import only_organisation
from folkmoot.cli.words import answer, say
from folkmoot.config.clock import now
from folkmoot.config.readiness import bring_up_to_date
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation, Person
from folkmoot.outbox.links import one_time_link
from folkmoot.procedure.words import OFFICES, Role
from folkmoot.steps.end_role import end_role
from folkmoot.steps.give_role import give_role
from folkmoot.steps.invite_person import invite_person, mail_invitation
from folkmoot.steps.make_sign_in_link import GOOD_FOR_DAYS, make_sign_in_link
from folkmoot.steps.remove_second_factor import remove_second_factor


def show_all(org: str | None) -> None:
    """List the people of the organisation."""
    bring_up_to_date()
    owner = only_organisation(org)
    people = [_facts(person) for person in Person.objects.within(owner).select_related("user").order_by("name", "pk")]
    table(
        ("Address", "Name", "Roles", "Last signed in", "Proofs"),
        [
            (
                one["email"],
                one["name"],
                ", ".join(one["roles"]),
                f"{one['last_sign_in']:%Y-%m-%d}" if one["last_sign_in"] else "never",
                ", ".join(one["proofs"]),
            )
            for one in people
        ],
    )
    answer(people=people)


def invite(org: str | None, email: str, *, name: str, roles: Sequence[str], mail: bool) -> None:
    """Invite somebody. Raises `BadInput` for an address or a name that is none, or one that is known already."""
    bring_up_to_date()
    owner, at = only_organisation(org), now()
    with transaction.atomic():  # no person without their roles, no mail without its link
        held = {Role(role) for role in roles}
        link = invite_person(owner, name=name, email=email, roles=held, by=SYSTEM, at=at)
        if mail:
            mail_invitation(_person(owner, email), link, at=at)
    address = one_time_link(link) if link.used_at is None else None
    if address:
        say(f"This link lets {name} in, and works once:\n  {address}")
    else:
        say(f"{name} signs in here already, and has the roles from now on.")
    answer(**_facts(_person(owner, email)), link=address, mailed=mail)


def change_roles(org: str | None, email: str, *, give: Sequence[str], end: Sequence[str]) -> None:
    """Give and end roles, all or none, and say which there are. Raises what the pages would refuse."""
    bring_up_to_date()
    owner, at = only_organisation(org), now()
    person = _person(owner, email)
    with transaction.atomic():
        for role in give:
            give_role(person, Role(role), by=SYSTEM, at=at)
        for role in end:
            end_role(person, Role(role), by=SYSTEM, at=at)
    found = _facts(_person(owner, email))
    say(f"{found['name']}: {', '.join(found['roles']) or 'no role'}.")
    answer(**found)


def link(email: str) -> None:
    """Make a link that signs somebody in once."""
    bring_up_to_date()
    made = make_sign_in_link(email, by=SYSTEM, at=now())
    days = "a day" if GOOD_FOR_DAYS == 1 else f"{GOOD_FOR_DAYS} days"
    say(f"This link signs them in, and works once, for {days}:\n  {one_time_link(made)}")
    answer(email=email.strip().casefold(), link=one_time_link(made), good_for_days=GOOD_FOR_DAYS)


def reset(email: str) -> None:
    """Remove somebody's second proofs."""
    bring_up_to_date()
    number = remove_second_factor(email, by=SYSTEM, at=now())
    say(f"{number} removed. They sign in by mailed code now, and are asked to add a new second factor.")
    answer(email=email.strip().casefold(), removed=number)


def _person(org: Organisation, email: str) -> Person:
    found = Person.objects.within(org).filter(email=email.strip().casefold()).select_related("org", "user").first()
    if found is None:
        raise BadInput(f"{org.name} knows nobody with the address {email!r}. ./folkmoot user list.", field="email")
    return found


def _facts(person: Person) -> dict[str, Any]:
    user, held = person.user, person.own_offices(at=now())
    proofs = Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True) if user else []
    return {
        "email": person.email,
        "name": person.name,
        "roles": [role.value for role in OFFICES if role in held],
        "last_sign_in": user.last_login if user else None,
        "proofs": sorted(proofs),
    }
