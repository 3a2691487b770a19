"""Hints of the text check that were called wrong by people who decide; nothing is sent, and it can be taken back."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from folkmoot.archive.models import Post
from folkmoot.detectors.finding import Signal
from folkmoot.members.models import Person
from folkmoot.members.prepared import prepared
from folkmoot.pinboard.models import WrongHint


def call_wrong(post: Post, signal: Signal, *, model: str, by: Person, at: datetime) -> None:
    """Keep that the hint was wrong; who said so first stays."""
    row = WrongHint(org_id=post.org_id, post=post, signal=signal, model=model, by=by, at=at)
    WrongHint.objects.bulk_create([row], ignore_conflicts=True)  # two may say so at once


def take_wrong_back(post: Post, signal: Signal) -> None:
    """Leave nothing of it: the hint counts as any other again."""
    WrongHint.objects.filter(post=post, signal=signal).delete()


def forget_wrong(post: int) -> None:
    """Leave nothing of what was noticed in words that are being destroyed (DP20)."""
    WrongHint.objects.filter(post=post).delete()


def called_wrong(posts: Collection[int]) -> dict[int, list[str]]:
    """Return, by the number of a post, the signals that were called wrong on it."""
    found: dict[int, list[str]] = defaultdict(list)
    for post, signal in WrongHint.objects.filter(post__in=posts).order_by("pk").values_list("post", "signal"):
        found[post].append(signal)
    return dict(found)


def wrong_of(post: int) -> dict[str, WrongHint]:
    """Return what was called wrong on one post, by its signal, with who said so."""
    return {one.signal: one for one in _wrong(post)}


@prepared
def _wrong(post: int) -> QuerySet[WrongHint]:
    return WrongHint.objects.filter(post=post).select_related("by").order_by("pk")
