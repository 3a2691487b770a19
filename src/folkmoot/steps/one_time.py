"""Links that work once: made, found again by what stands in the address, and used up."""

from datetime import datetime, timedelta

from django.utils.translation import gettext

from folkmoot.kernel.errors import NotPermitted, OpensNothing
from folkmoot.kernel.tokens import new_nonce
from folkmoot.members.models import OneTimeLink, Organisation, Person
from folkmoot.outbox.links import one_time_token_fits

_NAMES = {
    OneTimeLink.Purpose.SET_UP: "set-up link",
    OneTimeLink.Purpose.INVITATION: "invitation",
    OneTimeLink.Purpose.SIGN_IN: "sign-in link",
}


def make_link(
    purpose: OneTimeLink.Purpose, *, org: Organisation | None, person: Person | None, days: int, at: datetime
) -> OneTimeLink:
    """Return a new link, good for `days`; its address is `outbox.links.one_time_link`."""
    return OneTimeLink.objects.create(
        purpose=purpose,
        org=org,
        person=person,
        nonce=new_nonce(),
        made_at=at,
        expires_at=at + timedelta(days=days),
    )


def find_link(text: str, purpose: OneTimeLink.Purpose, *, at: datetime) -> OneTimeLink:
    """Return the link that `text` ("12.token", as in the address) opens now, without using it.

    Raises `NotPermitted` with what to do: when it is not whole, used up, or too old.
    """
    name = _NAMES[purpose]
    number, _, token = text.partition(".")
    digits = number.isascii() and number.isdigit() and len(number) <= 18
    link = OneTimeLink.objects.filter(pk=int(number), purpose=purpose).first() if digits else None
    if link is None or not token.isascii() or not one_time_token_fits(link, token):
        raise OpensNothing(
            gettext("This %(name)s is not complete. Please copy it again, from its first to its last letter.")
            % {"name": name}
        )
    if link.used_at is not None:
        raise NotPermitted(
            gettext("This %(name)s works once, and it has been used, or replaced by a newer one.") % {"name": name}
        )
    if link.expires_at <= at:
        raise NotPermitted(gettext("This %(name)s is too old. Please ask for a new one.") % {"name": name})
    return link


def use_link(link: OneTimeLink, *, at: datetime) -> None:
    """Use `link` up; of two who try at once one gets through, the other meets `NotPermitted`.

    Call inside the transaction of what the link lets people do.
    """
    if not OneTimeLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=at).update(used_at=at):
        name = _NAMES[OneTimeLink.Purpose(link.purpose)]
        raise NotPermitted(gettext("This %(name)s works once, and it has been used already.") % {"name": name})
    link.used_at = at


def close_links(person: Person, purpose: OneTimeLink.Purpose, *, at: datetime) -> None:
    """Make every unused link of `person` for `purpose` worthless, in whatever organisation it was made."""
    open_links = OneTimeLink.objects.filter(purpose=purpose, used_at=None)
    if person.user_id is None:
        open_links.filter(person=person).update(used_at=at)
    else:
        open_links.filter(person__user=person.user_id).update(used_at=at)
