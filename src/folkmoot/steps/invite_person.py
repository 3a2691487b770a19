"""Somebody is invited with their roles; a one-time link lets them in, and can be copied."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import OneTimeLink, Organisation, Person
from folkmoot.outbox.marks import new_marker, place
from folkmoot.outbox.models import Dispatch
from folkmoot.outbox.promise import promise_mail
from folkmoot.procedure.words import Role
from folkmoot.steps.give_role import enter_role
from folkmoot.steps.naming import address_typed, name_typed
from folkmoot.steps.office import require_office
from folkmoot.steps.one_time import close_links, make_link

GOOD_FOR_DAYS = 14
_INVITATION = OneTimeLink.Purpose.INVITATION


@transaction.atomic
def invite_person(
    org: Organisation, *, name: str, email: str, roles: Collection[Role], by: Actor, at: datetime
) -> OneTimeLink:
    """Make the person, give them `roles`, and return their invitation.

    Somebody who signs in here already, for another organisation, needs none: their invitation comes back
    used up (`used_at` is set), for it must never let an administrator in as somebody else.
    Raises `BadInput` with its field: name, email or roles.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    name = name_typed(name, field="name", limit=120, name="The name")
    email = address_typed(email)
    if not roles:
        raise BadInput(gettext("Please choose at least one role."), field="roles")
    person = Person.objects.within(org).filter(email=email).first()
    if person is not None and person.roles.exists():
        raise BadInput(
            gettext("%(name)s is among your people with this address already. Give them the role there.")
            % {"name": person.name},
            field="email",
        )
    if person is None:
        person = Person.objects.create(org=org, name=name, email=email, created_at=at)
    enter_register(org, "invite_person", by=by, at=at, facts={"person": person.pk})
    for role in sorted(roles):
        enter_role(person, role, by=by, at=at)
    return _invitation(person.pk, at=at)


@transaction.atomic
def reissue_invitation(person: Person, *, by: Actor, at: datetime) -> OneTimeLink:
    """Return a new invitation; the one before is worthless from now on.

    Raises `BadInput` when the person has a sign-in that they use: nobody else may open it.
    """
    require_office(person.org, by, Role.ADMINISTRATOR, at=at)
    if not may_be_invited(person):
        raise BadInput(
            gettext("%(name)s needs no invitation: they sign in with their own e-mail address.")
            % {"name": person.name},
            field="person",
        )
    enter_register(person.org, "reissue_invitation", by=by, at=at, facts={"person": person.pk})
    return _invitation(person.pk, at=at)


@transaction.atomic
def mail_invitation(person: Person, link: OneTimeLink, *, at: datetime) -> Dispatch:
    """Promise to mail the invitation (or, where it is used up, the news) to the person it is for."""
    marker = new_marker()
    opens = "Use your e-mail address to sign in."
    if link.used_at is None:
        opens = (
            f"Open this link to begin; it works once, for {GOOD_FOR_DAYS} days:\n\n"
            f"{place(marker, 'invitation', link.pk)}\n\n"
            "Nobody at Folkmoot will ever ask you for it. If you did not expect this, you need do nothing."
        )
    return promise_mail(
        org=person.org,
        kind="invitation",
        to=person.email,
        subject=f"{person.org.name} asks you to help with its social media policy",
        body=(
            f"Dear {person.name},\n\n{person.org.name} looks after what is said in its name and among its "
            f"members with Folkmoot, and would like you to take part.\n\n{opens}\n"
        ),
        marker=marker,
        at=at,
    )


def may_be_invited(person: Person) -> bool:
    """Say whether an invitation may open the person's sign-in: never used, and for one organisation only."""
    user = person.user
    return user is None or (user.last_login is None and user.people.count() == 1)


def _invitation(person_id: int, *, at: datetime) -> OneTimeLink:
    person = Person.objects.select_related("org", "user").get(pk=person_id)
    close_links(person, _INVITATION, at=at)
    link = make_link(_INVITATION, org=person.org, person=person, days=GOOD_FOR_DAYS, at=at)
    if not may_be_invited(person):
        link.used_at = at
        link.save(update_fields=["used_at"])
    return link
