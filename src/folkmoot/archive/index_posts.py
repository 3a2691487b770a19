"""The words of all posts, by which they are found: kept in step with the archive by whoever changes a post.

What is kept of a post is its words, all that were ever seen, those about what was with it, and three marks:
organisation, place and account.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, connection, connections

from folkmoot.archive.index import Entry, Index, Wanted, key_of, mark
from folkmoot.archive.indexes import has_any, index_on, is_current, make_anew, writing_on
from folkmoot.archive.models import Post, Revision
from folkmoot.archive.words import indexed
from folkmoot.archive.worked_out import NewWords

NAME = "archive_words"
PLACE, ACCOUNT = "p", "w"  # kinds of marks
_BATCH = 2000


def note_new(words: Iterable[NewWords]) -> None:
    """Let new posts be found; `archive.derived` calls it."""
    index_on(connection, NAME).enter(
        Entry(
            one.org_id,
            key_of(one.posted_at, one.post_id),
            one.worked_out.tokens,
            _marks(one.platform_id, one.account_id),
        )
        for one in words
    )


def note_later(posts: Collection[int]) -> None:
    """Let posts be found by later words as well; `archive.derived` calls it."""
    if posts:
        index = index_on(connection, NAME)
        rows = Post.objects.filter(pk__in=posts).values_list("org", "pk", "posted_at")
        index.forget((org, key_of(at, number)) for org, number, at in rows)
        index.enter(_entries(posts))


def note_changed(stood: Mapping[int, datetime]) -> None:
    """Let posts be found as they are now; `stood` says at which time each of them stood until then.

    Call it after an account or a time was put into posts, in the same transaction.
    """
    if stood:
        _forget(stood)
        index_on(connection, NAME).enter(_entries(list(stood)))


def forget_words(posts: Iterable[Post]) -> None:
    """Let nothing be left of the words of `posts`, which are being destroyed (DP20)."""
    _forget({post.pk: post.posted_at for post in posts})


def settle(many: int) -> None:
    """Let the database take in that `many` posts came at once, so that the next search need not."""
    if many:
        index_on(connection, NAME).settle()


def bring_up_to_date(using: str) -> None:
    """Make the index where there is none, or none that fits, out of all posts."""
    if not is_up_to_date(using):
        make_anew(connections[using], NAME, lambda index: _fill(index, using))


def is_up_to_date(using: str) -> bool:
    """Say whether there is an index that fits, and posts in it if there are posts."""
    database = connections[using]
    return is_current(database, NAME) and has_any(database, NAME) == Post.objects.using(using).exists()


def account_marks(accounts: Collection[int]) -> tuple[str, ...]:
    """Return what posts of one of `accounts` are marked with."""
    return tuple(mark(ACCOUNT, number) for number in accounts)


def place_marks(places: Collection[int]) -> tuple[str, ...]:
    """Return what posts at one of `places` are marked with."""
    return tuple(mark(PLACE, number) for number in places)


def find_posts(wanted: Wanted, *, most: int) -> list[int]:
    """Return the keys of posts, newest first; `number_of` a key is the post's."""
    return index_on(connection, NAME).find(wanted, most=most)


def _forget(stood: Mapping[int, datetime]) -> None:
    orgs = Post.objects.filter(pk__in=list(stood)).values_list("org", "pk")
    index_on(connection, NAME).forget((org, key_of(stood[number], number)) for org, number in orgs)


def _fill(index: Index, using: str) -> None:
    last = 0
    while True:
        numbers = list(
            Post.objects.using(using).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_BATCH]
        )
        if not numbers:
            return
        index.enter(_entries(numbers, using))
        last = numbers[-1]


def _entries(numbers: Collection[int], using: str = DEFAULT_DB_ALIAS) -> list[Entry]:
    """Return what is to be known of posts as they stand now; of what was destroyed nothing."""
    texts: dict[int, list[str]] = defaultdict(list)
    later = Revision.objects.using(using).filter(post__in=numbers).order_by("pk").values_list("post", "text")
    for number, text in later:
        texts[number].append(text)
    writing, entries = writing_on(connections[using]), list[Entry]()
    columns = ("org", "pk", "platform", "account", "posted_at", "text", "attachments")
    for org, number, place, account, at, text, attachments in (
        Post.objects.using(using).filter(pk__in=numbers).exclude(text_key="").values_list(*columns)
    ):
        tokens = indexed(filter(None, [text, attachments, *texts[number]]))
        entries.append(Entry(org, key_of(at, number), writing(tokens), _marks(place, account)))
    return entries


def _marks(place: int, account: int | None) -> tuple[str, ...]:
    return (mark(PLACE, place), mark(ACCOUNT, account)) if account else (mark(PLACE, place),)
