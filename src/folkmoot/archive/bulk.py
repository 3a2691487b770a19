"""Many posts at once, by what each database has for it. The ORM's own way spends its time on writing SQL.

`store` is the only way in which words come into the archive, so that what is derived from them never lags behind.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection

from folkmoot.archive.derived import derive
from folkmoot.archive.indexes import writing_on
from folkmoot.archive.models import Post, Revision
from folkmoot.archive.worked_out import NewWords, WorkedOut, worked_out


class NewPost(NamedTuple):
    """A post that the archive does not have yet: the columns of `Post` as plain values, but for `text_key`."""

    org_id: int
    platform_id: int
    native_id: str
    account_id: int | None
    url: str
    text: str
    posted_at: datetime
    precision: str
    first_seen_at: datetime
    state: str
    thread: str = ""
    reply_to: str = ""
    quotes: str = ""
    attachments: str = ""
    gone_seen_at: datetime | None = None
    worked_out: WorkedOut | None = None  # for the index of this database, where somebody did it before


def store(posts: Sequence[NewPost], revisions: Sequence[Revision] = ()) -> list[int]:
    """Insert new posts, and later words of known ones; return the new posts' primary keys, in their order.

    Call it inside a transaction.
    """
    numbers = _numbers(len(posts)) if posts else []
    writing = writing_on(connection)
    done = [post.worked_out or worked_out(post.text, post.attachments, writing) for post in posts]
    if posts:
        _insert(posts, [one.text_key for one in done], numbers)
    Revision.objects.bulk_create(revisions)
    new = [
        NewWords(number, post.org_id, post.platform_id, post.account_id, post.posted_at, one)
        for number, post, one in zip(numbers, posts, done, strict=True)
    ]
    derive(new, revisions)
    return numbers


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


def _insert(posts: Sequence[NewPost], keys: Sequence[str], numbers: Sequence[int]) -> None:
    quoted = connection.ops.quote_name
    columns = [quoted(column) for column in _columns()]
    into = f"{quoted(Post._meta.db_table)} ({', '.join(columns)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for number, key, post in zip(numbers, keys, posts, strict=True):
                    copy.write_row((number, key, *post[:-1]))
        else:
            rows = [
                [number, key, *[_time(value) if isinstance(value, datetime) else value for value in post[:-1]]]
                for number, key, post in zip(numbers, keys, posts, strict=True)
            ]
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({places})", rows)  # noqa: S608


def _time(at: datetime) -> str | None:
    """Return a time as Django writes it on SQLite, which takes it long to find out that nearly all are UTC."""
    if at.tzinfo is UTC:
        return str(at)[: -len("+00:00")]
    return connection.ops.adapt_datetimefield_value(at)


def _columns() -> list[str]:
    by_name = {field.attname: str(field.column) for field in Post._meta.concrete_fields}
    return [by_name[name] for name in ("id", "text_key", *NewPost._fields[:-1])]
