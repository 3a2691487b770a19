"""The same insult by one account at the same person, again on another day."""

from collections.abc import Sequence

from folkmoot.archive.models import Account
from folkmoot.archive.persistence.people import standing_of
from folkmoot.archive.persistence.reading import Row, seen
from folkmoot.members.models import Organisation
from folkmoot.procedure.persistence.noticed import Noticed, Standing, cut
from folkmoot.procedure.persistence.same_insult import same_insult

_MOST = 100  # the newest posts; words are looked for in each of them


def same_insult_at(org: Organisation, account: Account, person: Account, posts: Sequence[Row]) -> Noticed | None:
    """Return what is seen in `posts`, those of `account` that are towards `person`, newest first; or `None`."""
    standing = standing_of(person)
    if standing == Standing.OURS:
        return None
    found = same_insult(seen(org, posts[:_MOST]), standing, by=account.pk, towards=person.pk)
    return cut(found, len(posts), most=_MOST)
