"""What is worked out from the words of posts, kept in step with them: the one place that is told of new words.

Everything that brings words into the archive goes through `bulk.store`, which calls `derive` once for each batch, in
the transaction that writes the batch: what is derived is there when the post is, or neither is.
"""

from collections.abc import Sequence

from folkmoot.archive.arrivals import note_arrived
from folkmoot.archive.index_posts import note_later, note_new
from folkmoot.archive.index_prints import keep_more_prints_of, keep_prints
from folkmoot.archive.models import Revision
from folkmoot.archive.to_assess import note_later_to_assess, note_to_assess
from folkmoot.archive.worked_out import NewWords


def derive(new: Sequence[NewWords], later: Sequence[Revision]) -> None:
    """Keep what is derived from the words of new posts, and from `later` ones, which stand beside the earlier.

    Called inside the transaction that stores them, up to 2,000 at a time; a post of `new` may be in `later` too.
    """
    note_new(new)
    note_later({one.post_id for one in later})
    keep_prints((one.org_id, one.post_id, one.worked_out.prints) for one in new)
    keep_more_prints_of((one.org_id, one.post_id, one.text) for one in later)
    note_to_assess([(one.org_id, one.platform_id, one.post_id) for one in new])
    note_later_to_assess([one.post_id for one in later])
    came = [(one.org_id, one.post_id) for one in new] + [(one.org_id, one.post_id) for one in later]
    note_arrived(dict.fromkeys(came))
