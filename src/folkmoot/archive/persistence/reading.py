"""Posts as the rules look at them, few at a time: what they answer, which words of our lists they use."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from zlib import crc32
from zoneinfo import ZoneInfo

from folkmoot.archive.index import NUMBERS, Wanted, key_of, number_of
from folkmoot.archive.index_posts import account_marks, find_posts
from folkmoot.archive.models import Post
from folkmoot.detectors.reading import Text
from folkmoot.members.models import Organisation
from folkmoot.procedure.cascade.fold import folded_words
from folkmoot.procedure.cascade.prints import LEAST, kept
from folkmoot.procedure.persistence.noticed import MOST_POSTS, Seen

_ATTACKS = {"insults", "slurs", "sexual", "threats", "harassment"}  # lists with words for going after somebody
_SURE = 0.6  # a word of a lower score, such as "disgrace", is as often said of what was done
_LONGEST = 5000  # characters of a post that are looked at
_NUMBER = 2**31 - 1  # the highest in a key


class Row(NamedTuple):
    """What is read of a post."""

    pk: int
    account: int | None
    platform: int
    native_id: str
    reply_to: str
    quotes: str
    text: str
    text_key: str
    posted_at: datetime
    precision: str


class Between(NamedTuple):
    """A stretch of time, both ends included. A post of unknown time counts as first seen."""

    first: datetime
    last: datetime


def rows(org: Organisation, numbers: Collection[int]) -> list[Row]:
    """Return the posts with these numbers, the newest first, without what is sealed or destroyed (DP20)."""
    found = Post.objects.within(org).filter(pk__in=numbers).exclude(text_key="").exclude(cases__sealed=True)
    return sorted(
        map(Row._make, found.values_list(*Row._fields)), key=lambda row: (row.posted_at, row.pk), reverse=True
    )


def written_by(org: Organisation, account: int, when: Between, *, most: int = MOST_POSTS) -> list[Row]:
    """Return the newest posts of `account` in that time, the newest first."""
    found = _found(org, when, marks=(account_marks([account]),), most=most)
    return rows(org, [number_of(key) for key in found])


def newest_of(org: Organisation, account: int) -> datetime | None:
    """Return when `account` wrote last, to the second; `None` where nothing is known of it."""
    keys = find_posts(Wanted(org.pk, marks=(account_marks([account]),)), most=1)
    return datetime.fromtimestamp((keys[0] >> NUMBERS) + 1, UTC) if keys else None


def saying(
    org: Organisation, phrase: Sequence[str], when: Between, *, by: int | None = None, most: int = MOST_POSTS
) -> list[Row]:
    """Return the newest posts in that time in which the tokens of `phrase` follow each other."""
    return rows(org, [number_of(key) for key in keys_saying(org, phrase, when, by=by, most=most)])


def keys_saying(
    org: Organisation, phrase: Sequence[str], when: Between, *, by: int | None = None, most: int = MOST_POSTS
) -> list[int]:
    """Return the same as keys of the index of words, by which posts are ordered in time."""
    return _found(org, when, phrases=(tuple(phrase),), marks=(account_marks([by]),) if by else (), most=most)


def seen(org: Organisation, found: Iterable[Row], *, words: bool = True, wording: bool = True) -> list[Seen]:
    """Return `found` as the rules look at it; without `words` and `wording` where they do not ask for them."""
    zone = ZoneInfo(org.zone)
    return [_seen(row, zone, words=words, wording=wording) for row in found]


def _seen(row: Row, zone: ZoneInfo, *, words: bool, wording: bool) -> Seen:
    text = row.text[:_LONGEST]
    known = row.precision != Post.Precision.UNKNOWN
    return Seen(
        post=row.pk,
        account=row.account,
        day=row.posted_at.astimezone(zone).date() if known else None,
        at=row.posted_at if row.precision == Post.Precision.EXACT else None,
        insults=attacking(text) if words else frozenset(),
        wording=wording_of(text, row.text_key) if wording else frozenset(),
    )


def attacking(text: str) -> frozenset[str]:
    """Return the words of our lists in `text` that attack somebody, as the lists have them."""
    return frozenset(hit.words for hit in Text(text).hits if hit.name in _ATTACKS and hit.score >= _SURE)


def wording_of(text: str, text_key: str) -> frozenset[int]:
    """Return the fingerprints of `text`; where all its words are everybody's own, one that stands for all of it."""
    prints = kept(text)
    if not prints and len(folded_words(text)) >= LEAST:
        prints = {crc32(text_key.encode())}
    return frozenset(prints)


def _found(
    org: Organisation,
    when: Between,
    *,
    phrases: tuple[tuple[str, ...], ...] = (),
    marks: tuple[tuple[str, ...], ...] = (),
    most: int,
) -> list[int]:
    wanted = Wanted(org.pk, phrases, marks, first=key_of(when.first, 0), last=key_of(when.last, _NUMBER))
    return find_posts(wanted, most=most)
