"""Looking through the archived posts of an organisation, newest first, one page after another by key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as later

from folkmoot.archive.find import Called, accounts_called
from folkmoot.archive.index import Wanted, number_of
from folkmoot.archive.index_posts import account_marks, find_posts, place_marks
from folkmoot.archive.models import Account, Platform, Post
from folkmoot.archive.words import Query
from folkmoot.archive.words import query as query_of
from folkmoot.casefile.models import Case
from folkmoot.kernel.text import whole_number
from folkmoot.members.models import Organisation, Person
from folkmoot.pinboard.kinds import NOT_IN_LISTS
from folkmoot.pinboard.models import CaseKind
from folkmoot.procedure.words import TAKES_AWAY, Stage
from folkmoot.steps.many import accounts_of
from folkmoot.steps.reporting import UNDECIDED
from folkmoot.web.access import OfficerRequest
from folkmoot.web.desk.going import note_reading
from folkmoot.web.desk.post_state import with_state
from folkmoot.web.desk.stakes import Closed, closed_to

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE = 30
WORDS_LIMIT = 200
_NOTED = 20  # accounts that are named in the access log: an entry has 300 characters
_DECIDED = later("Case %(case)s is about it, and is decided")
_ABOUT: "dict[Stage, StrOrPromise]" = {
    Stage.RECEIVED: later("Case %(case)s is open about it"),
    Stage.SECOND_LOOK: later("Case %(case)s is open about it"),
    Stage.FINAL: later("Case %(case)s was about it, and is final"),
}


class About(NamedTuple):
    """The newest case about a post, and what is said of it; `joins`: no new case can be opened here.

    Without words, nothing is said: not even whether there is a case. `kept`: what the post says is read on the page of
    its case only.
    """

    case: int
    words: str
    joins: bool
    kept: bool = False


_UNSAID = About(0, "", joins=True)


@dataclass(frozen=True)
class Listed:
    """One page of posts, and the key that the next page starts after (empty at the end)."""

    posts: Sequence[Post]
    cases: dict[int, "About"]  # by the number of the post
    before: str
    place: int | None
    asked: str
    called: Called  # the accounts that are called as was asked

    @property
    def query(self) -> Query:
        """What was asked for, as words to mark."""
        return query_of(self.asked) if self.asked else Query(())


def listed(reader: Person, query: QueryDict) -> Listed:
    """Return the page that `query` asks for: `place`, `q` (words, or a name) and `before` (a key)."""
    org, closed = reader.org, closed_to(reader)
    place = whole_number(query.get("place", ""))
    asked = query.get("q", "").strip()[:WORDS_LIMIT]
    before = query.get("before", "")
    called = accounts_called(org, asked) if asked else Called([], more=False)
    if asked:
        shown, older = _found(org, place, asked, called.accounts, before, closed)
    else:
        shown, older = _newest(org, place, before, closed)
    return Listed(shown, cases_about(shown, reader=reader, closed=closed), older, place, asked, called)


def cases_about(posts: Sequence[Post], *, reader: Person, closed: Closed) -> dict[int, About]:
    """Return the newest case about each of the posts that has one; `closed` are the cases closed to the reader.

    Nothing is said of a post of the reader's own, whether or not there is a case, nor of one whose open case is closed
    to them (D9, D30): whoever wrote it would know at once that somebody has reported it.
    """
    own = accounts_of(reader.org, reader)
    about = Case.objects.filter(post__in=[post.pk for post in posts]).order_by("pk")
    private = Exists(CaseKind.objects.filter(case=OuterRef("pk"), kind__in=NOT_IN_LISTS))
    asked = about.annotate(private=private).values_list("post", "pk", "stage", "outcome", "standing", "private")
    rows = list(asked)
    barred = closed.among(number for _, number, *_ in rows)
    found: dict[int, About] = {}
    for post, number, stage, outcome, standing, is_private in rows:
        if post is None or (stage == Stage.FINAL and number in barred):
            continue
        said = str(_ABOUT.get(Stage(stage), _DECIDED)) % {"case": number}
        # what was reported as private is spread no further while nobody has decided, nor once it was taken away
        kept = is_private and (stage in UNDECIDED or (outcome in TAKES_AWAY and standing))
        found[post] = _UNSAID if number in barred else About(number, said, joins=stage != Stage.FINAL, kept=kept)
    return found | {post.pk: _UNSAID for post in posts if post.account_id in own}


def note_posts_of(request: OfficerRequest, accounts: Sequence[Account]) -> None:
    """Write down that somebody looks through the posts of these people (DP9); of none, nothing."""
    if accounts:
        numbers = ", ".join(str(one.pk) for one in accounts[:_NOTED])
        more = f" and {len(accounts) - _NOTED} more" if len(accounts) > _NOTED else ""
        note_reading(request, f"posts of accounts called alike: {numbers}{more}")


def named_exactly(called: Called, asked: str) -> list[Account]:
    """Return those of the accounts that are called just as was asked, and not only in part."""
    name = asked.strip(' "“”@').casefold()
    return [one for one in called.accounts if name in ((one.handle or "").casefold(), one.name.casefold())]


def find_by_words_or_name(asked: str, named: Sequence[Account]) -> Callable[[Wanted], list[Wanted]]:
    """Return what turns a search without words into the searches for `asked`: as words, and as the name of `named`."""
    words = query_of(asked)

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


def _newest(org: Organisation, place: int | None, before: str, closed: Closed) -> tuple[list[Post], str]:
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
    org: Organisation,
    place: int | None,
    asked: str,
    named: Sequence[Account],
    before: str,
    closed: Closed,
) -> tuple[list[Post], str]:
    """Return the posts that hold the words, or are by somebody who is called so."""
    at = () if place is None else (place_marks([place]),)
    ways = find_by_words_or_name(asked, named)(Wanted(org.pk, (), at, last=key_in(before) - 1))
    keys = find_either(ways, most=PAGE + 1)
    posts = _open_posts(org, closed).in_bulk([number_of(key) for key in keys[:PAGE]])
    shown = [posts[number_of(key)] for key in keys[:PAGE] if number_of(key) in posts]
    return shown, str(keys[PAGE - 1]) if len(keys) > PAGE else ""


def _open_posts(org: Organisation, closed: Closed) -> QuerySet[Post]:
    return with_state(Post.objects.within(org), closed=closed).exclude(cases__sealed=True)  # DP20


def _key(text: str) -> tuple[datetime, int] | None:
    """Read a key that we wrote; anything else starts at the newest."""
    moment, _line, number = text.rpartition("_")
    found = whole_number(number)
    if found is None:
        return None
    try:
        at = datetime.fromisoformat(moment.replace(" ", "+"))
        return (at.astimezone(UTC), found) if at.tzinfo else None
    except (ValueError, OverflowError):  # a time before the first year, or after the last
        return None
