"""Many posts at once, by what each database has for it. The ORM's own way spends its time on writing SQL.

`store` is the only way in which words come into the archive, so that what is derived from them never lags behind.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from folkmoot.archive.derived import Words, derive
from folkmoot.archive.models import Post, Revision


class NewPost(NamedTuple):
    """A post that the archive does not have yet: the columns of `Post`, as plain values."""

    org_id: int
    platform_id: int
    native_id: str
    account_id: int | None
    url: str
    text: str
    text_key: str
    posted_at: datetime
    precision: str
    first_seen_at: datetime
    state: str
    thread: str = ""
    reply_to: str = ""
    quotes: str = ""
    attachments: str = ""
    gone_seen_at: datetime | None = None


def store(posts: Sequence[NewPost], revisions: Sequence[Revision] = ()) -> list[int]:
    """Insert new posts, and later words of known ones; return the new posts' primary keys, in their order.

    Call it inside a transaction.
    """
    numbers = _numbers(len(posts)) if posts else []
    if posts:
        _insert(posts, numbers)
    Revision.objects.bulk_create(revisions)
    words = [
        Words(
            number,
            post.org_id,
            post.platform_id,
            post.account_id,
            post.posted_at,
            post.text,
            is_later=False,
            attachments=post.attachments,
        )
        for number, post in zip(numbers, posts, strict=True)
    ]
    derive(words + [_later(revision) for revision in revisions])
    return numbers


def _later(revision: Revision) -> Words:
    post = revision.post
    where = (post.org_id, post.platform_id, post.account_id)
    return Words(post.pk, *where, post.posted_at, revision.text, is_later=True)


def _numbers(count: int) -> list[int]:
    """Take the next `count` primary keys: to read them back afterwards costs more than to choose them."""
    table = Post._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        # Nobody else writes: transactions here begin with the lock. Explicit numbers move the sequence on.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        last = row[0] if row else 0
        return list(range(last + 1, last + 1 + count))


def _insert(posts: Sequence[NewPost], numbers: Sequence[int]) -> None:
    quoted = connection.ops.quote_name
    columns = [quoted(column) for column in _columns()]
    into = f"{quoted(Post._meta.db_table)} ({', '.join(columns)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for number, post in zip(numbers, posts, strict=True):
                    copy.write_row((number, *post))
        else:
            written = lru_cache(maxsize=1000)(connection.ops.adapt_datetimefield_value)
            rows = [
                [number, *[written(value) if isinstance(value, datetime) else value for value in post]]
                for number, post in zip(numbers, posts, strict=True)
            ]
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({places})", rows)  # noqa: S608


def _columns() -> list[str]:
    by_name = {field.attname: str(field.column) for field in Post._meta.concrete_fields}
    return [by_name["id"], *[by_name[name] for name in NewPost._fields]]
