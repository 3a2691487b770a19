"""Repeated mentions of one person by one account, with or without an answer (F10)."""

from collections.abc import Sequence
from datetime import date

from folkmoot.archive.models import Account
from folkmoot.archive.persistence.contacts import has_answered
from folkmoot.archive.persistence.people import standing_of
from folkmoot.archive.persistence.reading import Between, Row, seen
from folkmoot.members.models import Organisation
from folkmoot.procedure.persistence.noticed import Noticed
from folkmoot.procedure.persistence.repeated import repeated


def repeated_at(
    org: Organisation,
    account: Account,
    person: Account,
    posts: Sequence[Row],
    when: Between,
    *,
    asked_on: date | None = None,
) -> Noticed | None:
    """Return what is seen in `posts`, those of `account` in that time that are towards `person`; or `None`.

    `asked_on` is the day on which the person asked to be left alone. There is no register of such requests yet (F10):
    nobody hands it over until there is one.
    """
    counted, standing = seen(org, posts, words=False, wording=False), standing_of(person)

    def ask(*, answered: bool) -> Noticed | None:
        return repeated(counted, standing, answered=answered, asked_on=asked_on, by=account.pk, towards=person.pk)

    found = ask(answered=False)  # whether they answered costs questions to the database: only where it matters
    return ask(answered=has_answered(org, person, account, posts, when)) if found else None
