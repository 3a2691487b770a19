"""A pile-on on one person around a moment: who answered, quoted or named them then."""

from datetime import datetime, timedelta

from folkmoot.archive.models import Account
from folkmoot.archive.persistence.contacts import of_others
from folkmoot.archive.persistence.people import standing_of
from folkmoot.archive.persistence.reading import Between, seen
from folkmoot.members.models import Organisation
from folkmoot.procedure.persistence.noticed import Noticed, Standing, cut
from folkmoot.procedure.persistence.pile_on import WITHIN, pile_on

_AROUND = WITHIN + timedelta(hours=12)  # a post of which only the day is known stands at its noon or its midnight


def pile_on_at(org: Organisation, person: Account, *, around: datetime) -> Noticed | None:
    """Return what is seen of a pile-on on `person` within a day or so of `around`; or `None`."""
    standing = standing_of(person)
    if standing == Standing.OURS:
        return None
    found = of_others(org, person, Between(around - _AROUND, around + _AROUND))
    return cut(pile_on(seen(org, found, wording=False), standing, towards=person.pk), len(found))
