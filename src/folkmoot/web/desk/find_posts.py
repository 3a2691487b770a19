"""Looking through the archived posts of an organisation, newest first, one page after another by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, QuerySet
from django.http import QueryDict

from folkmoot.archive.find import accounts_called
from folkmoot.archive.index import Wanted, number_of
from folkmoot.archive.index_posts import account_marks, find_posts, place_marks
from folkmoot.archive.models import Platform, Post
from folkmoot.archive.words import query as query_of
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
    before = query.get("before", "")
    shown, older = _found(org, place, asked, before) if asked else _newest(org, place, before)
    return Listed(posts=shown, open_cases=open_cases(shown), before=older, place=place, asked=asked)


def open_cases(posts: Sequence[Post]) -> dict[int, int]:
    """Return which case is open about which of the posts."""
    about = Case.objects.filter(post__in=[post.pk for post in posts]).exclude(stage=Stage.FINAL)
    return {post: case for post, case in about.values_list("post", "pk") if post is not None}


def places(org: Organisation) -> list[Platform]:
    """Return the places of the organisation, by name."""
    return list(Platform.objects.within(org).order_by("name"))


def key_in(text: str) -> int:
    """Return the key of the index below which a page begins; one that nobody wrote begins at the newest."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 20):
        return 2**63
    return min(max(int(text), 1 - 2**63), 2**63)


def _newest(org: Organisation, place: int | None, before: str) -> tuple[list[Post], str]:
    posts = _open_posts(org)
    if place is not None:
        posts = posts.filter(platform=place)
    after = _key(before)
    if after:
        posts = posts.filter(Q(posted_at__lt=after[0]) | Q(posted_at=after[0], pk__lt=after[1]))
    found = list(posts.order_by("-posted_at", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.posted_at.isoformat()}_{last.pk}" if last else ""


def _found(org: Organisation, place: int | None, asked: str, before: str) -> tuple[list[Post], str]:
    """Return the posts that hold the words, or are by somebody who is called so."""
    at = () if place is None else (place_marks([place]),)
    last = key_in(before) - 1
    named, words = accounts_called(org, asked), query_of(asked)
    ways = [Wanted(org.pk, words.phrases, at, last=last)] if words else []
    if named:
        ways.append(Wanted(org.pk, (), (account_marks([one.pk for one in named]), *at), last=last))
    keys = sorted({key for way in ways for key in find_posts(way, most=PAGE + 1)}, reverse=True)
    posts = _open_posts(org).in_bulk([number_of(key) for key in keys[:PAGE]])
    shown = [posts[number_of(key)] for key in keys[:PAGE] if number_of(key) in posts]
    return shown, str(keys[PAGE - 1]) if len(keys) > PAGE else ""


def _open_posts(org: Organisation) -> QuerySet[Post]:
    sealed = Case.objects.within(org).filter(sealed=True, post__isnull=False)
    posts = Post.objects.within(org).select_related("account", "platform", "item")
    return posts.exclude(pk__in=sealed.values("post"))  # DP20


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
