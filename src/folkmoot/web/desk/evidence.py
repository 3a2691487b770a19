"""The post of a case as it was kept, what is around it, and how it is seen at the place now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.papers import is_sealed
from folkmoot.outbox.models import Item, Task
from folkmoot.procedure.words import ReportKind, Subject
from folkmoot.steps.enforce import asked_of_post
from folkmoot.web.desk import by_hand, words

BEFORE, AFTER = 3, 5  # how much of the conversation is shown
MATTER = 20  # how many posts of a conversation or an account, where that is what the case is about


@dataclass(frozen=True)
class Kept:
    """What the case holds of the post. `text` is evidence; `since` is a later text, if the post was changed."""

    text: str
    author: str
    place: str
    at: datetime | None  # None: not known
    url: str
    copied: bool
    child: bool  # DP20: nothing may be copied, only the link is shown
    since: str


@dataclass(frozen=True)
class Seen:
    """How the post is seen at the place: a word, the sign that goes with it, and what is not certain yet."""

    word: str
    sign: str
    note: str = ""


@dataclass(frozen=True)
class Around:
    """The conversation: posts before and after, oldest first."""

    before: Sequence[Post]
    after: Sequence[Post]
    more: int  # posts of the thread that are not shown


def kept(case: Case, papers: Sequence[Paper]) -> Kept:
    """Return what may be shown of the post; `papers` are all of the case, in order."""
    reports = [paper for paper in papers if paper.kind == Paper.Kind.REPORT]
    child = is_sealed(case) or any(report.facts["kind"] == ReportKind.CHILD_SAFETY for report in reports)
    snapshot = next((paper for paper in papers if paper.kind == Paper.Kind.SNAPSHOT), None)
    post = case.post
    text = snapshot.words.get("text", "") if snapshot and not child else ""
    newest = post.revisions.order_by("-seen_at").first() if post and text else None
    return Kept(
        text=text,
        author=words.author(post) or (snapshot.words.get("author", "") if snapshot else ""),
        place=words.place(case),
        at=known_time(post) if post else None,
        url=web_link((post.url if post else "") or case.link),
        copied=bool(snapshot),
        child=child,
        since=newest.text if newest and newest.text != text else "",
    )


def matter(case: Case) -> list[Post]:
    """Return the posts that a conversation or an account's pattern is made of, the newest first; none where sealed."""
    if is_sealed(case):
        return []
    found = (
        Post.objects.within(case.org)
        .exclude(cases__sealed=True)
        .select_related("account", "platform")
        .order_by("-posted_at", "-pk")
    )
    if case.subject == Subject.PATTERN and case.account_id:
        return list(found.filter(account=case.account_id)[:MATTER])
    if case.subject == Subject.THREAD and case.thread:
        return list(found.filter(Q(thread=case.thread) | Q(native_id=case.thread), platform=case.platform_id)[:MATTER])
    return []


def around(post: Post | None) -> Around:
    """Return the posts of the same thread just before and after `post`; of what it answers, always the post itself."""
    if post is None or not (post.thread or post.reply_to):
        return _whole_thread(post) if post else Around([], [], 0)
    start = post.thread or post.reply_to
    same = Post.objects.filter(platform=post.platform_id).filter(
        Q(thread=start) | Q(native_id=start) | Q(native_id=post.reply_to or start)
    )
    return _cut(same, post)


def seen(case: Case) -> Seen | None:
    """Return how the post is seen, never as removed before somebody has said so; `None` without a post."""
    asked = asked_of_post(case).exclude(state=Task.State.SUPERSEDED).order_by("-pk").first()
    if asked and asked.state == Task.State.OPEN:
        return Seen(str(by_hand.ASKED[Task.Op(asked.op)]), "soon", _("Nobody has confirmed yet."))
    if asked and asked.state == Task.State.CANNOT:
        return Seen(str(by_hand.FAILED[Task.Op(asked.op)]), "harm", _("Whoever tried says that it cannot be done."))
    post = case.post
    if post is None:
        return None
    item = Item.objects.filter(post=post).first()
    observed = Item.Visibility(item.observed) if item else None
    if observed is None:
        return Seen(_("Waits for approval") if post.state == Post.State.HELD else _("Published"), "neutral")
    if observed == Item.Visibility.GONE:
        return Seen(_("Not let through") if post.state == Post.State.HELD else _("Removed"), "final", _("Confirmed."))
    word, sign = _SEEN[observed]
    return Seen(str(word), sign, _("Confirmed.") if observed == Item.Visibility.HIDDEN else "")


def known_time(post: Post) -> datetime | None:
    """Return when the post was written, or `None` when nobody knows."""
    return None if post.precision == Post.Precision.UNKNOWN else post.posted_at


def web_link(link: str) -> str:
    """Return `link` when it is one that can be followed; people type all sorts of things there."""
    return link if link.startswith(("https://", "http://")) else ""


_SEEN = {
    Item.Visibility.VISIBLE: (later("Published"), "ok"),
    Item.Visibility.HELD: (later("Waits for approval"), "neutral"),
    Item.Visibility.HIDDEN: (later("Hidden for now"), "final"),
    Item.Visibility.UNCERTAIN: (later("Nobody is sure"), "soon"),
}


def _whole_thread(post: Post) -> Around:
    """Return the answers to a post that began a thread without saying so."""
    same = Post.objects.filter(platform=post.platform_id).filter(Q(thread=post.native_id) | Q(reply_to=post.native_id))
    return _cut(same, post)


def _cut(same: QuerySet[Post], post: Post) -> Around:
    shown = same.exclude(pk=post.pk).exclude(cases__sealed=True)  # DP20
    others = shown.select_related("account", "platform").order_by("posted_at", "pk")
    earlier = others.filter(Q(posted_at__lt=post.posted_at) | Q(posted_at=post.posted_at, pk__lt=post.pk))
    later = others.filter(Q(posted_at__gt=post.posted_at) | Q(posted_at=post.posted_at, pk__gt=post.pk))
    before = list(earlier.order_by("-posted_at", "-pk")[:BEFORE])[::-1]
    answered = others.filter(native_id=post.reply_to).first() if post.reply_to else None
    if answered and answered.posted_at <= post.posted_at and answered not in before:
        before = [answered, *before]
    after = list(later[:AFTER])
    return Around(before, after, others.count() - len(before) - len(after))
