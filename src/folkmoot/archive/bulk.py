"""Many posts at once, by what each database has for it. The ORM's own way spends its time on writing SQL."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from folkmoot.archive.models import Post


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
    thread: str
    reply_to: str


def insert_posts(posts: Sequence[NewPost]) -> None:
    """Insert posts; their primary keys are not read back. Call it inside a transaction."""
    quoted = connection.ops.quote_name
    columns = [quoted(column) for column in _columns()]
    into = f"{quoted(Post._meta.db_table)} ({', '.join(columns)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for post in posts:
                    copy.write_row(post)
        else:
            written = lru_cache(maxsize=1000)(connection.ops.adapt_datetimefield_value)
            rows = [[written(value) if isinstance(value, datetime) else value for value in post] for post in posts]
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({places})", rows)  # noqa: S608


def _columns() -> list[str]:
    by_name = {field.attname: str(field.column) for field in Post._meta.concrete_fields}
    return [by_name[name] for name in NewPost._fields]
