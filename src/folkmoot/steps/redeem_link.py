"""A one-time link is exchanged for a sign-in: an invitation, or a link from the server's own console."""

from datetime import datetime

from django.db import transaction

from folkmoot.casefile.record import enter_register
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import OneTimeLink, Person, User
from folkmoot.steps.invite_person import may_be_invited
from folkmoot.steps.one_time import find_link, use_link


@transaction.atomic
def redeem_link(text: str, purpose: OneTimeLink.Purpose, *, at: datetime) -> User:
    """Use the link up and return whom it signs in; `text` is "12.token", as in the address.

    Raises `NotPermitted` with what to do: when it is not whole, used, too old, or its person has a sign-in
    in use, which an invitation never opens.
    """
    link = find_link(text, purpose, at=at)
    use_link(link, at=at)
    person = Person.objects.select_related("org", "user").get(pk=link.person_id)
    if purpose is OneTimeLink.Purpose.INVITATION and not may_be_invited(person):
        raise NotPermitted(
            f"{person.name} has signed in before, so this invitation is no longer needed. "
            "Please sign in with your e-mail address."
        )
    if person.user is None or not person.user.is_active:
        raise NotPermitted("This sign-in is closed. Please ask an administrator of your organisation.")
    enter_register(person.org, f"redeem_{purpose}", by=person, at=at, facts={"person": person.pk})
    return person.user
