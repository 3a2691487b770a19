"""The fingerprints of all posts, by which copies are found: kept in step with the archive by whoever changes a post."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import QuerySet

from folkmoot.archive.fingerprint import Fingerprint
from folkmoot.archive.models import Post, Revision
from folkmoot.archive.shelves import SHELF_BITS, shelf_of
from folkmoot.procedure.cascade.prints import kept

_BATCH = 2000
_AT_ONCE = 1000  # rows that the server takes in while the next are written
_TABLE, _COLUMNS = Fingerprint._meta.db_table, "org_id, shelf, hash, post_id"
_LOW = (1 << SHELF_BITS) - 1  # the part of a post's number that its shelf does not say
# No `executemany`, which makes a row of each; FAIL: else SQLite would note how to take half a statement back.
_SQLITE = (
    f"INSERT OR FAIL INTO {_TABLE} ({_COLUMNS}) "  # noqa: S608
    f"SELECT %s, %s, value >> {SHELF_BITS}, %s | (value & {_LOW}) FROM json_each(%s)"
)

Text = tuple[int, int, str]  # an organisation, a post, and words of it
Prints = tuple[int, int, Collection[int]]  # an organisation, a post, and fingerprints of it


def keep_prints(found: Iterable[Prints], *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Keep the fingerprints of posts that have none yet, thousands of posts at a time.

    Call it in the transaction that stores the posts.
    """
    shelves = _by_shelf(found)
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # two and a half times as fast as rows that may be there already
            with cursor.copy(f"COPY {_TABLE} ({_COLUMNS}) FROM STDIN") as copy:
                for (org, shelf), numbers in shelves.items():
                    first, here = shelf << SHELF_BITS, f"{org}\t{shelf}\t"
                    for at in range(0, len(numbers), _AT_ONCE):
                        some = numbers[at : at + _AT_ONCE]
                        rows = [f"{here}{number >> SHELF_BITS}\t{first | number & _LOW}\n" for number in some]
                        copy.write("".join(rows))
        else:
            for (org, shelf), numbers in shelves.items():
                cursor.execute(_SQLITE, [org, shelf, shelf << SHELF_BITS, json.dumps(numbers)])


def keep_prints_of(words: Iterable[Text], *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Keep the fingerprints of posts that have none yet, thousands of posts at a time."""
    keep_prints(((org, post, kept(text)) for org, post, text in words), using=using)


def keep_more_prints_of(words: Iterable[Text]) -> None:
    """Keep the fingerprints of further words of known posts; those that are there already stay."""
    Fingerprint.objects.bulk_create(
        (
            Fingerprint(org=org, shelf=shelf_of(post), hash=hashed, post=post)
            for org, post, text in words
            for hashed in sorted(kept(text))
        ),
        ignore_conflicts=True,
    )


def forget_prints(posts: Collection[int]) -> None:
    """Take away the fingerprints of posts whose words are destroyed: short runs of words could be guessed from them."""
    shelves: dict[int, list[int]] = defaultdict(list)
    for post in posts:
        shelves[shelf_of(post)].append(post)
    for shelf, numbers in shelves.items():
        orgs = Post.objects.filter(pk__in=numbers).values("org")
        Fingerprint.objects.filter(org__in=orgs, shelf=shelf, post__in=numbers).delete()


def bring_up_to_date(using: str) -> None:
    """Make the fingerprints of all posts where there are none yet: they came before there were any."""
    posts = Post.objects.using(using)
    if Fingerprint.objects.using(using).exists():
        return
    with transaction.atomic(using=using):  # all or none: by one it is known that they were made
        _make_all(posts, using)


def _make_all(posts: QuerySet[Post], using: str) -> None:
    last = 0
    while batch := list(posts.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        later = Revision.objects.using(using).filter(post__in=batch).values_list("org_id", "post_id", "text")
        own = [(post.org_id, post.pk, text) for post in batch for text in (post.text, post.attachments)]
        keep_prints_of([*own, *later], using=using)
        last = batch[-1].pk


def _by_shelf(found: Iterable[Prints]) -> dict[tuple[int, int], list[int]]:
    """Return, for each organisation and shelf, hash and post in one number: each once, in the order of the index."""
    shelves: dict[tuple[int, int], set[int]] = defaultdict(set)
    for org, post, prints in found:
        low = post & _LOW
        shelves[org, shelf_of(post)].update([hashed << SHELF_BITS | low for hashed in prints])
    return {where: sorted(shelves[where]) for where in sorted(shelves)}
