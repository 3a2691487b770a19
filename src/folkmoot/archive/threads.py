"""To which conversation a post belongs that says only what it answers."""

from collections.abc import Sequence

from folkmoot.archive.intake import SeenPost
from folkmoot.archive.lookup import having
from folkmoot.archive.models import Platform, Post


def threads_of(place: Platform, new: Sequence[SeenPost]) -> dict[str, str]:
    """Return, for the new posts whose file does not tell it, the native id of their conversation's first post.

    That is known of what they answer: a post in the archive, or one of `new`. A post that answers one that nobody has
    yet stays as its file has it; conversations that a case may be about are never put together afterwards.
    """
    unsaid = {seen.native_id: seen for seen in new if seen.reply_to and seen.thread in {"", seen.reply_to}}
    if not unsaid:
        return {}
    answered = {seen.reply_to for seen in unsaid.values()}
    here = having(Post, place, "native_id", answered, "native_id", "thread")
    first = {native_id: thread or native_id for native_id, thread in here}
    first |= {seen.native_id: seen.thread or seen.native_id for seen in new if seen.native_id not in unsaid}
    for native_id in unsaid:
        chain: list[str] = []
        at = native_id
        while at in unsaid and at not in first and len(chain) <= len(unsaid):  # an answer may go round in a ring
            chain.append(at)
            at = unsaid[at].reply_to
        first |= dict.fromkeys(chain, first.get(at, at))
    return {native_id: first[native_id] for native_id in unsaid if unsaid[native_id].reply_to in first}
