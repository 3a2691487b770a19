"""Rows by what many of them have: names at a place, of which the ORM's own `in` would be slow, and whole texts."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from folkmoot.archive.models import Account, Platform, Post, Revision
from folkmoot.archive.shelves import SHELF, shelf_of
from folkmoot.members.models import Organisation


def shelves() -> range:
    """Return all shelves on which anything can stand."""
    numbers = Post.objects.values_list("pk", flat=True)
    first, last = numbers.order_by("pk").first(), numbers.order_by("-pk").first()
    return range(0) if first is None or last is None else range(shelf_of(first), shelf_of(last) + 1)


def with_words(org: Organisation, text_key: str) -> QuerySet[Post]:
    """Return the posts of which `worked_out.text_key` is this."""
    # All shelves are named, so that the index is entered once for each of them, and not read through.
    return Post.objects.within(org).alias(shelf=SHELF).filter(shelf__in=shelves(), text_key=text_key)


def having(
    model: type[Account | Post], place: Platform, column: str, values: Collection[str], *wanted: str
) -> list[tuple[Any, ...]]:
    """Return the columns `wanted` of the rows at `place` whose `column` is one of `values`, in no order."""
    if not values:
        return []
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(name) for name in wanted)
    is_sqlite = connection.vendor == "sqlite"
    among = "IN (SELECT value FROM json_each(%s))" if is_sqlite else "= ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {quoted(model._meta.db_table)} "  # noqa: S608
            f"WHERE platform_id = %s AND {quoted(column)} {among}",
            [place.pk, json.dumps(list(values)) if is_sqlite else list(values)],
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def newest_texts(posts: Iterable[Post]) -> dict[int, str]:
    """Return by number what each of the posts says now: its newest words, the first where there are no later ones."""
    texts = {post.pk: post.text for post in posts}
    if not texts:
        return {}
    texts |= dict(Revision.objects.filter(post__in=list(texts)).order_by("pk").values_list("post", "text"))
    return texts
