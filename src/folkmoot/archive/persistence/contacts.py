"""Who writes to whom: posts that answer, quote or name somebody, asked from either side."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from itertools import chain

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from folkmoot.archive.index import key_of, number_of
from folkmoot.archive.lookup import having
from folkmoot.archive.models import Account, Post
from folkmoot.archive.persistence.naming import named_in, names, names_of, phrase_of
from folkmoot.archive.persistence.reading import Between, Row, keys_saying, rows, saying, written_by
from folkmoot.members.models import Organisation
from folkmoot.procedure.persistence.noticed import MOST_POSTS

_OWN_POSTS = 200  # newest posts of a person, answers to which count
_OWN_BEFORE = timedelta(days=14)  # so much older than the answers they may be
_LINKED = 3000  # answers to one person's posts that are looked at, of whatever time
_EMPTY = RawSQL("''", ())  # SQLite takes the index of what is not empty only when a constant says so


def towards(account: Account, written: Sequence[Row], person: Account) -> list[Row]:
    """Return which of the posts that `account` has `written` answer, quote or name `person`."""
    writers = _writers(account, written)
    named = names_of(person)
    return [
        row
        for row in written
        if row.platform == person.platform_id
        and (person.pk in _linked_to(row, writers) or any(names(row.text, name) for name in named))
    ]


def by_person(account: Account, written: Sequence[Row]) -> dict[int, list[Row]]:
    """Return to whom `account` has `written`: the account's number to the posts that answer, quote or name it."""
    here = [row for row in written if row.platform == account.platform_id]
    writers = _writers(account, here)
    named = named_in(account.platform, [(row.pk, row.text) for row in here])
    found: dict[int, list[Row]] = defaultdict(list)
    for row in here:
        for other in (_linked_to(row, writers) | named.get(row.pk, set())) - {account.pk}:
            found[other].append(row)
    return dict(found)


def of_others(org: Organisation, person: Account, when: Between) -> list[Row]:
    """Return the posts of others in that time that answer, quote or name `person`, the newest `MOST_POSTS`."""
    own = written_by(org, person.pk, Between(when.first - _OWN_BEFORE, when.last), most=_OWN_POSTS)
    linked = set(
        chain.from_iterable(
            posts.filter(posted_at__range=when).exclude(account=person).values_list("posted_at", "pk")[:_LINKED]
            for posts in _links(person, [row.native_id for row in own])
        )
    )
    named = names_of(person)
    keys = {key_of(at, number) for at, number in linked}
    keys |= {key for name in named for key in keys_saying(org, phrase_of(name), when)}
    answers = {number for _, number in linked}
    return [
        row
        for row in rows(org, [number_of(key) for key in sorted(keys, reverse=True)[:MOST_POSTS]])
        if row.account != person.pk
        and row.platform == person.platform_id
        and (row.pk in answers or any(names(row.text, name) for name in named))
    ]


def has_answered(org: Organisation, person: Account, other: Account, posts: Sequence[Row], when: Between) -> bool:
    """Say whether `person` answered or quoted one of `posts`, which are by `other`, or named them in that time."""
    if any(found.filter(account=person).exists() for found in _links(person, [row.native_id for row in posts])):
        return True
    named = names_of(other)
    return any(names(row.text, name) for name in named for row in saying(org, phrase_of(name), when, by=person.pk))


def _writers(account: Account, written: Sequence[Row]) -> dict[str, int | None]:
    """Return who wrote the posts that those of `account` answer or quote."""
    linked = {native_id for row in written for native_id in (row.reply_to, row.quotes) if native_id}
    return dict(having(Post, account.platform, "native_id", linked, "native_id", "account_id"))


def _linked_to(row: Row, writers: Mapping[str, int | None]) -> set[int]:
    return {writer for native_id in (row.reply_to, row.quotes) if (writer := writers.get(native_id)) is not None}


def _links(person: Account, native_ids: Collection[str]) -> list[QuerySet[Post]]:
    """Return the posts that answer and those that quote one of `native_ids`: each way has an index of its own."""
    here = Post.objects.filter(platform=person.platform_id)
    if not native_ids:
        return []
    return [
        here.filter(reply_to__in=native_ids).exclude(reply_to=_EMPTY),
        here.filter(quotes__in=native_ids).exclude(quotes=_EMPTY),
    ]
