"""Looking through the archived posts of an organisation, newest first, one page after another by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q
from django.http import QueryDict

from folkmoot.archive.models import Platform, Post
from folkmoot.casefile.models import Case
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Stage

PAGE = 30
WORDS_LIMIT = 200


@dataclass(frozen=True)
class Listed:
    """One page of posts, and the key that the next page starts after (empty at the end)."""

    posts: Sequence[Post]
    open_cases: dict[int, int]  # post to the case that is open about it
    before: str
    place: int | None
    asked: str


def listed(org: Organisation, query: QueryDict) -> Listed:
    """Return the page that `query` asks for: `place`, `q` (words, or a name) and `before` (a key)."""
    place = _number(query.get("place", ""))
    asked = query.get("q", "").strip()[:WORDS_LIMIT]
    posts = Post.objects.within(org).select_related("account", "platform", "item")
    sealed = Case.objects.within(org).filter(sealed=True, post__isnull=False)
    posts = posts.exclude(pk__in=sealed.values("post"))  # DP20
    if place is not None:
        posts = posts.filter(platform=place)
    if asked:
        named = Q(account__handle__icontains=asked) | Q(account__name__icontains=asked)
        posts = posts.filter(named | Q(text__icontains=asked))
    after = _key(query.get("before", ""))
    if after:
        posts = posts.filter(Q(posted_at__lt=after[0]) | Q(posted_at=after[0], pk__lt=after[1]))
    found = list(posts.order_by("-posted_at", "-pk")[: PAGE + 1])
    shown = found[:PAGE]
    last = shown[-1] if len(found) > PAGE else None
    return Listed(
        posts=shown,
        open_cases=open_cases(shown),
        before=f"{last.posted_at.isoformat()}_{last.pk}" if last else "",
        place=place,
        asked=asked,
    )


def open_cases(posts: Sequence[Post]) -> dict[int, int]:
    """Return which case is open about which of the posts."""
    about = Case.objects.filter(post__in=[post.pk for post in posts]).exclude(stage=Stage.FINAL)
    return {post: case for post, case in about.values_list("post", "pk") if post is not None}


def places(org: Organisation) -> list[Platform]:
    """Return the places of the organisation, by name."""
    return list(Platform.objects.within(org).order_by("name"))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def _key(text: str) -> tuple[datetime, int] | None:
    """Read a key that we wrote; anything else starts at the newest."""
    moment, _line, number = text.rpartition("_")
    found = _number(number)
    if found is None:
        return None
    try:
        at = datetime.fromisoformat(moment.replace(" ", "+"))
        return (at.astimezone(UTC), found) if at.tzinfo else None
    except (ValueError, OverflowError):  # a time before the first year, or after the last
        return None
