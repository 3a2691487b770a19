"""The private address of somebody's calendar: computed from a nonce under the server's key, ended at any time."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from folkmoot.kernel.tokens import link_token, new_nonce, same
from folkmoot.members.models import Organisation, Person
from folkmoot.pinboard.models import CalendarLink


def calendar_of(person: Person) -> CalendarLink | None:
    """Return the link that is open now, or `None`."""
    return CalendarLink.objects.within(person.org).filter(person=person, ended_at=None).first()


@transaction.atomic
def new_calendar(person: Person, *, at: datetime) -> CalendarLink:
    """Make a link; one that was open before opens nothing any more."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # two at once: the second ends the first
    end_calendar(person, at=at)
    return CalendarLink.objects.create(org=person.org, person=person, nonce=new_nonce(), made_at=at)


def end_calendar(person: Person, *, at: datetime) -> bool:
    """End the open link; say whether there was one."""
    return bool(CalendarLink.objects.within(person.org).filter(person=person, ended_at=None).update(ended_at=at))


def secret_of(link: CalendarLink) -> str:
    """Return what stands in the link's address."""
    return f"{link.pk}.{link_token(settings.FOLKMOOT_KEY, 'calendar', link.nonce)}"


def whose_calendar(org: Organisation, secret: str) -> Person | None:
    """Return whose calendar an address opens, or `None` where it opens nothing."""
    number, _dot, token = secret.partition(".")
    rows = CalendarLink.objects.within(org).select_related("person__org", "person__user")
    link = rows.filter(pk=int(number), ended_at=None).first()
    if link is None or not same(token, link_token(settings.FOLKMOOT_KEY, "calendar", link.nonce)):
        return None
    user = link.person.user
    return link.person if user and user.is_active else None
