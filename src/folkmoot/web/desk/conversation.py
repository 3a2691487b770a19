"""What was said around a post: the posts before and after it, with what ties them to it and what became of them."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.archive.models import Post, Revision
from folkmoot.archive.words import shared
from folkmoot.members.prepared import prepared
from folkmoot.outbox.models import Item, Task
from folkmoot.web.desk.post_state import as_they_are, state_of
from folkmoot.web.desk.stakes import Closed

BEFORE, AFTER = 2, 4  # how much of the conversation is shown at once
FOLDED = 40  # how much more, before and after, is shown when somebody asks for it


@dataclass(frozen=True)
class Heard:
    """One post of a conversation as the desk shows it."""

    post: Post
    pieces: Sequence[tuple[str, bool]]  # its words, and of each piece whether it is taken from the post in question
    tie: str  # how it belongs to the post in question, as a short sentence; empty where they only stand together
    signs: Sequence[tuple[str, str]]  # what became of it: the sign, and the word
    since: str  # its newest words, where it was changed


@dataclass(frozen=True)
class Around:
    """The conversation, oldest first: what stands close by, and what is folded away farther off."""

    before: Sequence[Heard]
    after: Sequence[Heard]
    more: int  # posts of the thread that are not even folded away
    earlier: Sequence[Heard] = ()
    later: Sequence[Heard] = ()


def around(post: Post | None, *, closed: Closed) -> Around:
    """Return the posts of the same thread just before and after `post`; of what it answers, always the post itself.

    Of what was decided in cases that are `closed` to the reader nothing is told.
    """
    if post is None:
        return Around([], [], 0)
    return _cut(_same_conversation(post), post, closed)


def heard(posts: Sequence[Post], of: Post | None = None) -> list[Heard]:
    """Return `posts` as the desk shows them, in a handful of queries; `of` is the post in question."""
    numbers = [post.pk for post in posts]
    newest = dict(_revisions(numbers))
    return [
        Heard(
            post,
            _pieces(post.text, of.text if of else ""),
            _tie(post, of) if of else "",
            list(_signs(post)),
            newest[post.pk] if newest.get(post.pk, post.text) != post.text else "",
        )
        for post in posts
    ]


class _Stands(NamedTuple):
    """Where a post of the conversation stands in it."""

    at: datetime
    number: int
    native_id: str


def _same_conversation(post: Post) -> list[_Stands]:
    """Return where all other posts of the conversation stand, the oldest first.

    Each way in which they can belong to it has an index of its own, so each is a question of its own.
    """
    threads = {post.thread or post.reply_to or post.native_id, post.native_id}  # whoever begins one may not say so
    named = [one for one in (post.thread, post.reply_to, post.quotes) if one]
    found = _belonging(post.platform_id, post.native_id, threads, named)
    return sorted(_Stands(*row) for row in found if row[1] != post.pk)


def _cut(others: Sequence[_Stands], post: Post, closed: Closed) -> Around:
    here = _Stands(post.posted_at, post.pk, "")
    at = bisect_left(others, here)
    before, after = others[max(0, at - BEFORE - FOLDED) : at], others[at : at + AFTER + FOLDED]
    folded, close = before[:-BEFORE], before[-BEFORE:]
    answered = next((one for one in others[:at] if post.reply_to and one.native_id == post.reply_to), None)
    if answered and answered not in close:
        folded = [one for one in folded if one != answered]
        close = [answered, *close]
    told = [one.number for one in (*folded, *close, *after)]
    posts = as_they_are(told, closed=closed)
    every = heard([posts[number] for number in told], post)
    begins, ends = len(folded), len(folded) + len(close)
    return Around(
        before=every[begins:ends],
        after=every[ends : ends + AFTER],
        more=len(others) - len(every),
        earlier=every[:begins],
        later=every[ends + AFTER :],
    )


def _pieces(text: str, quoted: str) -> list[tuple[str, bool]]:
    made, at = [], 0
    for start, end in shared(text, quoted) if quoted else ():
        made += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*made, (text[at:], False)] if piece[0]]


def _tie(post: Post, of: Post) -> str:
    if of.quotes and post.native_id == of.quotes:
        return _("the post in question quotes this")
    if of.reply_to and post.native_id == of.reply_to:
        return _("the post in question answers this")
    if post.quotes and post.quotes == of.native_id:
        return _("quotes the post in question")
    if post.reply_to and post.reply_to == of.native_id:
        return _("answers the post in question")
    return ""


def _signs(post: Post) -> Iterable[tuple[str, str]]:
    item: Item | None = getattr(post, "item", None)
    seen = item.observed if item else None
    shown = state_of(post)
    if shown.word:
        yield shown.sign, shown.word
    elif back := _came_back(post):
        yield "ok", back
    if post.gone_seen_at and seen != Item.Visibility.GONE:
        yield "final", _("Deleted there, kept here")


def _came_back(post: Post) -> str:
    """Return how the post came back; empty for one of which nobody has said that it was away."""
    done = [one.op for one in post.tasks.all() if one.state == Task.State.DONE]
    if not done or done[-1] not in _BACK:
        return ""
    away, words = _BACK[Task.Op(done[-1])]
    return str(words) if away & set(done) else ""


_BACK = {
    Task.Op.RESTORE: (frozenset({Task.Op.REMOVE, Task.Op.REJECT}), later("Restored")),
    Task.Op.UNHIDE: (frozenset({Task.Op.HIDE}), later("Shown again")),  # it was hidden for a while, and not removed
}


@prepared
def _belonging(
    platform: int, native_id: str, threads: Collection[str], named: Collection[str]
) -> QuerySet[Post, tuple[datetime, int, str]]:
    here = Post.objects.filter(platform=platform).exclude(cases__sealed=True)  # DP20
    ways = [
        here.filter(thread__in=threads).exclude(thread=""),
        here.filter(reply_to=native_id).exclude(reply_to=""),
        here.filter(quotes=native_id).exclude(quotes=""),
        *([here.filter(native_id__in=named)] if named else []),
    ]
    first, *others = (way.values_list("posted_at", "pk", "native_id") for way in ways)
    return first.union(*others)


@prepared
def _revisions(posts: Collection[int]) -> QuerySet[Revision, tuple[int, str]]:
    return Revision.objects.filter(post__pk__in=posts).exclude(text="").order_by("pk").values_list("post", "text")
