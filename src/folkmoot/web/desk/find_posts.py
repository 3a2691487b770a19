"""Looking through the archived posts of an organisation, newest first, one page after another by key."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as later

from folkmoot.archive.find import accounts_called
from folkmoot.archive.index import Wanted, number_of
from folkmoot.archive.index_posts import account_marks, find_posts, place_marks
from folkmoot.archive.models import Platform, Post
from folkmoot.archive.words import Query
from folkmoot.archive.words import query as query_of
from folkmoot.casefile.models import Case
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Stage
from folkmoot.web.desk.post_state import with_state

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE = 30
WORDS_LIMIT = 200
_DECIDED = later("Case %(case)s is about it, and is decided")
_UNSAID = later("Case %(case)s is about it")
_ABOUT: "dict[Stage, StrOrPromise]" = {
    Stage.RECEIVED: later("Case %(case)s is open about it"),
    Stage.SECOND_LOOK: later("Case %(case)s is open about it"),
    Stage.FINAL: later("Case %(case)s was about it, and is final"),
}


class About(NamedTuple):
    """The newest case about a post, and what is said of it; `joins`: a new report would join it."""

    case: int
    words: str
    joins: bool


@dataclass(frozen=True)
class Listed:
    """One page of posts, and the key that the next page starts after (empty at the end)."""

    posts: Sequence[Post]
    cases: dict[int, "About"]  # by the number of the post
    before: str
    place: int | None
    asked: str

    @property
    def query(self) -> Query:
        """What was asked for, as words to mark."""
        return query_of(self.asked) if self.asked else Query(())


def listed(org: Organisation, query: QueryDict, *, closed: Collection[int] = ()) -> Listed:
    """Return the page that `query` asks for: `place`, `q` (words, or a name) and `before` (a key).

    `closed` are the cases that the reader has a part in.
    """
    place = _number(query.get("place", ""))
    asked = query.get("q", "").strip()[:WORDS_LIMIT]
    before = query.get("before", "")
    shown, older = _found(org, place, asked, before, closed) if asked else _newest(org, place, before, closed)
    return Listed(posts=shown, cases=cases_about(shown, closed=closed), before=older, place=place, asked=asked)


def cases_about(posts: Sequence[Post], *, closed: Collection[int] = ()) -> dict[int, About]:
    """Return the newest case about each of the posts that has one.

    Of one that is `closed` it is not said whether it is decided, and of a final one nothing (D30).
    """
    about = Case.objects.filter(post__in=[post.pk for post in posts]).order_by("pk").values_list("post", "pk", "stage")
    found: dict[int, About] = {}
    for post, number, stage in about:
        if post is not None and not (stage == Stage.FINAL and number in closed):
            said = str(_UNSAID if number in closed else _ABOUT.get(Stage(stage), _DECIDED))
            found[post] = About(number, said % {"case": number}, joins=stage != Stage.FINAL)
    return found


def find_by_words_or_name(org: Organisation, asked: str) -> Callable[[Wanted], list[Wanted]]:
    """Return what turns a search without words into the searches for `asked`: as words, and as somebody's name."""
    named, words = accounts_called(org, asked), query_of(asked)

    def ways(bare: Wanted) -> list[Wanted]:
        found = [replace(bare, phrases=words.phrases)] if words else []
        marks = (account_marks([one.pk for one in named]), *bare.marks)
        return [*found, replace(bare, marks=marks)] if named else found

    return ways


def find_either(ways: Sequence[Wanted], *, most: int) -> list[int]:
    """Return the keys of at most `most` posts that any of `ways` finds, newest first."""
    return sorted({key for way in ways for key in find_posts(way, most=most)}, reverse=True)[:most]


def places(org: Organisation) -> list[Platform]:
    """Return the places of the organisation, by name."""
    return list(Platform.objects.within(org).order_by("name"))


def key_in(text: str) -> int:
    """Return the key of the index below which a page begins; one that nobody wrote begins at the newest."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 20):
        return 2**63
    return min(max(int(text), 1 - 2**63), 2**63)


def _newest(org: Organisation, place: int | None, before: str, closed: Collection[int]) -> tuple[list[Post], str]:
    posts = _open_posts(org, closed)
    if place is not None:
        posts = posts.filter(platform=place)
    after = _key(before)
    if after:
        posts = posts.filter(Q(posted_at__lt=after[0]) | Q(posted_at=after[0], pk__lt=after[1]))
    found = list(posts.order_by("-posted_at", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.posted_at.isoformat()}_{last.pk}" if last else ""


def _found(
    org: Organisation, place: int | None, asked: str, before: str, closed: Collection[int]
) -> tuple[list[Post], str]:
    """Return the posts that hold the words, or are by somebody who is called so."""
    at = () if place is None else (place_marks([place]),)
    ways = find_by_words_or_name(org, asked)(Wanted(org.pk, (), at, last=key_in(before) - 1))
    keys = find_either(ways, most=PAGE + 1)
    posts = _open_posts(org, closed).in_bulk([number_of(key) for key in keys[:PAGE]])
    shown = [posts[number_of(key)] for key in keys[:PAGE] if number_of(key) in posts]
    return shown, str(keys[PAGE - 1]) if len(keys) > PAGE else ""


def _open_posts(org: Organisation, closed: Collection[int]) -> QuerySet[Post]:
    sealed = Case.objects.within(org).filter(sealed=True, post__isnull=False)
    return with_state(Post.objects.within(org), closed=closed).exclude(pk__in=sealed.values("post"))  # DP20


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
