"""The post of a case as it was kept, what is around it, and how it is seen at the place now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.archive.models import Post, Revision
from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.papers import is_sealed
from folkmoot.members.prepared import prepared
from folkmoot.outbox.models import Item, Task
from folkmoot.procedure.words import ReportKind, Subject
from folkmoot.web.desk import by_hand, words
from folkmoot.web.desk.conversation import Heard, heard
from folkmoot.web.desk.post_state import with_state
from folkmoot.web.desk.stakes import Closed
from folkmoot.web.look.links import web_link

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


def kept(case: Case, papers: Sequence[Paper]) -> Kept:
    """Return what may be shown of the post; `papers` are all of the case, in order."""
    reports = [paper for paper in papers if paper.kind == Paper.Kind.REPORT]
    child = is_sealed(case) or any(report.facts["kind"] == ReportKind.CHILD_SAFETY for report in reports)
    snapshot = next((paper for paper in papers if paper.kind == Paper.Kind.SNAPSHOT), None)
    post = case.post
    text = snapshot.words.get("text", "") if snapshot and not child else ""
    newest = next(iter(_newest_words(post)), None) if post and text else None
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


def matter(case: Case, *, closed: Closed) -> list[Heard]:
    """Return the posts that a conversation or an account's pattern is made of, the newest first; none where sealed."""
    if case.subject not in (Subject.PATTERN, Subject.THREAD) or is_sealed(case):
        return []
    open_ones = Post.objects.within(case.org).exclude(cases__sealed=True)
    found = with_state(open_ones, closed=closed).order_by("-posted_at", "-pk")
    if case.subject == Subject.PATTERN and case.account_id:
        return heard(list(found.filter(account=case.account_id)[:MATTER]))
    if case.subject == Subject.THREAD and case.thread:
        thread = found.filter(Q(thread=case.thread) | Q(native_id=case.thread), platform=case.platform_id)
        return heard(list(thread[:MATTER]))
    return []


def seen(case: Case) -> Seen | None:
    """Return how the post is seen, never as removed before somebody has said so; `None` without a post."""
    asked = _asked_last(case)
    if asked and asked.state == Task.State.OPEN:
        return Seen(str(by_hand.ASKED[Task.Op(asked.op)]), "soon", _("Nobody has confirmed yet."))
    if asked and asked.state == Task.State.CANNOT:
        return Seen(str(by_hand.FAILED[Task.Op(asked.op)]), "harm", _("Whoever tried says that it cannot be done."))
    post = case.post
    if post is None:
        return None
    item = next(iter(_items(post)), None)
    observed = Item.Visibility(item.observed) if item else None
    if observed is None and post.gone_seen_at:
        return Seen(_("Deleted there, kept here"), "final", _("As it was when it was first seen."))
    if observed is None:
        return Seen(_("Waits for approval") if post.state == Post.State.HELD else _("Published"), "neutral")
    if observed == Item.Visibility.GONE:
        return Seen(_("Not let through") if post.state == Post.State.HELD else _("Removed"), "final", _("Confirmed."))
    word, sign = _SEEN[observed]
    return Seen(str(word), sign, _("Confirmed.") if observed == Item.Visibility.HIDDEN else "")


def known_time(post: Post) -> datetime | None:
    """Return when the post was written, or `None` when nobody knows."""
    return None if post.precision == Post.Precision.UNKNOWN else post.posted_at


_SEEN = {
    Item.Visibility.VISIBLE: (later("Published"), "ok"),
    Item.Visibility.HELD: (later("Waits for approval"), "neutral"),
    Item.Visibility.HIDDEN: (later("Hidden for now"), "final"),
    Item.Visibility.UNCERTAIN: (later("Nobody is sure"), "soon"),
}


def _asked_last(case: Case) -> Task | None:
    """Return what was asked last to be done with the post, for whatever case."""
    found = _asked_of_post(case, case.post_id) if case.post_id else _asked(case)
    return next(iter(found), None)


@prepared
def _asked_of_post(case: Case, post: int) -> QuerySet[Task]:
    asked = Task.objects.filter(Q(case=case) | Q(post=post), op__in=Task.POST_OPS)
    return asked.exclude(state=Task.State.SUPERSEDED).order_by("-pk")[:1]


@prepared
def _asked(case: Case) -> QuerySet[Task]:
    asked = Task.objects.filter(case=case, op__in=Task.POST_OPS)
    return asked.exclude(state=Task.State.SUPERSEDED).order_by("-pk")[:1]


@prepared
def _newest_words(post: Post) -> QuerySet[Revision]:
    return Revision.objects.filter(post=post).order_by("-seen_at")[:1]


@prepared
def _items(post: Post) -> QuerySet[Item]:
    return Item.objects.filter(post=post)
