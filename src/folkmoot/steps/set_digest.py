"""Somebody says how often they want one mail with what waits for them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import enter_register
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Digest, Person


@transaction.atomic
def set_digest(person_id: int, choice: str, *, by: Person, at: datetime) -> Person:
    """Keep the choice: "daily", "weekly" or "never". Everybody says so for themselves.

    Raises `NotPermitted`, or `BadInput` (field "digest").
    """
    people = Person.objects.select_for_update(of=("self",), no_key=True).select_related("org")
    person = people.get(pk=person_id)
    if person.pk != by.pk:
        raise NotPermitted(gettext("How often they want this mail, everybody says for themselves."))
    if choice not in Digest.values:
        raise BadInput(gettext("Please choose each day, once a week, or never."), field="digest")
    if choice != person.digest:
        person.digest, person.digest_at = choice, None
        person.save(update_fields=["digest", "digest_at"])
        enter_register(person.org, "set_digest", by=by, at=at, facts={"person": person.pk, "digest": choice})
    return person
