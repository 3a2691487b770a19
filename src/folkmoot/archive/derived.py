"""What is worked out from the words of posts, kept in step with them: the one place that is told of new words.

Everything that brings words into the archive goes through `bulk.store`, which calls `derive` once for each batch, in
the transaction that writes the batch: what is derived is there when the post is, or neither is.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from folkmoot.archive.arrivals import note_arrived
from folkmoot.archive.copies import fingerprints_of, more_fingerprints_of
from folkmoot.archive.index_posts import note_words


class Words(NamedTuple):
    """Words that the archive has now and had not before: those of a new post, or later ones of a known post."""

    post_id: int
    org_id: int
    platform_id: int
    account_id: int | None
    posted_at: datetime
    text: str  # "" where only a picture or the like was posted
    is_later: bool  # the post's earlier words stay in the archive, as evidence; these stand beside them
    attachments: str = ""  # what was with it, in words


def derive(words: Sequence[Words]) -> None:
    """Work out what is kept about `words`; called inside the transaction that stores them, up to 2,000 at a time.

    A post may come up more than once in a batch, its later words after the earlier.
    """
    note_words(words)
    new = [one for one in words if not one.is_later]
    fingerprints_of((one.org_id, one.post_id, text) for one in new for text in (one.text, one.attachments) if text)
    more_fingerprints_of((one.org_id, one.post_id, one.text) for one in words if one.is_later)
    note_arrived((one.org_id, one.post_id) for one in words)
