"""Whoever runs the server makes a link that signs somebody in, where no mail can reach them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, Machine, enter_register
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import OneTimeLink, Person
from folkmoot.steps.one_time import close_links, make_link

GOOD_FOR_DAYS = 1
_SIGN_IN = OneTimeLink.Purpose.SIGN_IN


@transaction.atomic
def make_sign_in_link(email: str, *, by: Actor, at: datetime) -> OneTimeLink:
    """Return a link that signs the person with this address in once; their second factor is still asked for.

    Any earlier one is worthless from now on. Raises `BadInput` (field "email") when nobody signs in with
    this address, `NotPermitted` to all but the server's own console: it opens somebody else's sign-in.
    """
    if not isinstance(by, Machine):
        raise NotPermitted(gettext("Only whoever runs the server may make a link that signs somebody in."))
    people = Person.objects.filter(user__email=email.strip().casefold(), user__is_active=True)
    person = people.select_related("org", "user").order_by("pk").first()
    if person is None:
        raise BadInput(gettext("Nobody signs in here as %(email)s.") % {"email": repr(email)}, field="email")
    enter_register(person.org, "make_sign_in_link", by=by, at=at, facts={"person": person.pk})
    close_links(person, _SIGN_IN, at=at)
    return make_link(_SIGN_IN, org=person.org, person=person, days=GOOD_FOR_DAYS, at=at)
