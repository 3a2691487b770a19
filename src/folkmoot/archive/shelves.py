"""Shelves: each holds 16,384 posts in a row, so that what is kept under hashes of new posts goes into few pages.

Hashes alone would scatter every batch over a whole index. In return, whoever looks for a hash names all shelves.
"""

from django.db import models
from django.db.models import F, Func

SHELF_BITS = 14


class Shelf(Func):
    """The shelf of a post, for an index and for whoever asks it."""

    template = f"(%(expressions)s >> {SHELF_BITS})"  # spelt out: SQLite knows an index again by its very words
    output_field = models.BigIntegerField()


SHELF = Shelf(F("id"))


def shelf_of(post_id: int) -> int:
    """Return the shelf of a post."""
    return post_id >> SHELF_BITS
