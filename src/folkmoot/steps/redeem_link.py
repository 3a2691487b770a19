"""A one-time link is exchanged for a sign-in: an invitation, or a link from the server's own console."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import enter_register
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import OneTimeLink, Person, User
from folkmoot.steps.invite_person import may_be_invited
from folkmoot.steps.one_time import find_link, use_link


def open_link(text: str, purpose: OneTimeLink.Purpose, *, at: datetime) -> tuple[OneTimeLink, Person, User]:
    """Return the link that `text` ("12.token", as in the address) opens, and whom it would sign in.

    Uses nothing up. Raises `NotPermitted` with what to do: when it is not whole, used, too old, or its person
    has a sign-in in use, which an invitation never opens.
    """
    link = find_link(text, purpose, at=at)
    person = Person.objects.select_related("org", "user").filter(pk=link.person_id or 0).first()
    if person is None or person.user is None or not person.user.is_active:
        raise NotPermitted(gettext("This sign-in is closed. Please ask an administrator of your organisation."))
    if purpose is OneTimeLink.Purpose.INVITATION and not may_be_invited(person):
        raise NotPermitted(
            gettext(
                "Whoever this invitation is for has signed in before and no longer needs it. Please sign "
                "in with your e-mail address."
            )
        )
    return link, person, person.user


@transaction.atomic
def redeem_link(text: str, purpose: OneTimeLink.Purpose, *, at: datetime) -> User:
    """Use the link up and return whom it signs in. Raises `NotPermitted` as `open_link` does."""
    link, person, user = open_link(text, purpose, at=at)
    use_link(link, at=at)
    enter_register(person.org, f"redeem_{purpose}", by=person, at=at, facts={"person": person.pk})
    return user
