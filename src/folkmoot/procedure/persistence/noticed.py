"""What the rules look at, and what they say: a sentence with what was counted, and the posts themselves."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from folkmoot.kernel.said import gettext, gettext_noop, ngettext

EVIDENCE = 50  # posts that are named at most
MOST_POSTS = 250  # that one rule is given at most, the newest


class Sign(StrEnum):
    """What is seen over time."""

    PILE_ON = "pile_on"
    REPEATED = "repeated"
    SAME_INSULT = "same_insult"
    FLOODING = "flooding"


class Strength(StrEnum):
    """How far what was counted lies above the bar; of how bad it is it says nothing."""

    WEAK = "weak"
    CLEAR = "clear"
    STRONG = "strong"


class Standing(StrEnum):
    """Whom posts are aimed at. F10: criticism of an office-holder's conduct is not contact."""

    PERSON = "person"
    OFFICE_HOLDER = "office_holder"
    OURS = "ours"  # an account that speaks for the organisation


@dataclass(frozen=True)
class Seen:
    """One post as far as the rules look at it. `day` is the local one, `None` where nobody knows; `at` where exact."""

    post: int
    account: int | None
    day: date | None
    at: datetime | None = None
    insults: frozenset[str] = frozenset()  # words of our lists that attack somebody
    wording: frozenset[int] = frozenset()  # fingerprints; empty where anybody may say as much


@dataclass(frozen=True)
class Noticed:
    """One thing that was seen: a hint to a person, who looks at the posts."""

    sign: Sign
    clauses: tuple[str, ...]
    strength: Strength
    sentence: str
    days: tuple[tuple[date, int], ...]  # on which local day how many posts, in order; days without any are left out
    posts: tuple[int, ...]  # at most `EVIDENCE` of them, the earliest first
    counted: int  # all of them
    by: int | None = None  # whose posts, and towards whom: accounts, where it is one
    towards: int | None = None
    notes: tuple[str, ...] = field(default=())  # what was not counted, or what may explain it


def noticed(
    sign: Sign,
    clauses: tuple[str, ...],
    strength: Strength,
    sentence: str,
    posts: Iterable[Seen],
    *,
    by: int | None = None,
    towards: int | None = None,
    notes: Sequence[str] = (),
) -> Noticed:
    """Return what was seen in `posts`, all of which have a day; ", from … to …" is added to `sentence`."""
    ordered = in_order(posts)
    days = tuple(sorted(Counter(one.day for one in ordered if one.day).items()))
    return Noticed(
        sign=sign,
        clauses=clauses,
        strength=strength,
        sentence=f"{sentence} {_span(days[0][0], days[-1][0])}",
        days=days,
        posts=tuple(one.post for one in ordered[:EVIDENCE]),
        counted=len(ordered),
        by=by,
        towards=towards,
        notes=tuple(filter(None, notes)),
    )


def cut(found: Noticed | None, looked_at: int, *, most: int = MOST_POSTS) -> Noticed | None:
    """Return `found` with a sentence where no more posts were `looked_at` than so many, and there may be others."""
    if found is None or looked_at < most:
        return found
    said = gettext("Only the newest %(n)d posts were looked at: there may be more.") % {"n": most}
    return replace(found, notes=(*found.notes, said))


def dated(posts: Iterable[Seen]) -> tuple[list[Seen], str]:
    """Return the posts whose day is known, in order, and a sentence on the others; "" where there are none."""
    every = list(posts)
    known = in_order(one for one in every if one.day)
    return known, undated(len(every) - len(known))


def undated(number: int) -> str:
    """Return the sentence on posts of which nobody knows the day; "" where there are none."""
    if not number:
        return ""
    return ngettext(
        "One more post is not counted: nobody knows when it was written.",
        "%(n)d more posts are not counted: nobody knows when they were written.",
        number,
    ) % {"n": number}


def in_order(posts: Iterable[Seen]) -> list[Seen]:
    """Return posts by their day, within it those with a known hour by that, then by number."""
    return sorted(posts, key=lambda one: (one.day or date.max, one.at.timestamp() if one.at else 0.0, one.post))


def said_day(day: date) -> str:
    """Return a day as it is said."""
    return f"{day.day} {gettext(_MONTHS[day.month - 1])} {day.year}"


def _span(first: date, last: date) -> str:
    if first == last:
        return gettext("All of it on %(day)s.") % {"day": said_day(first)}
    return gettext("The first is of %(first)s, the last of %(last)s.") % {
        "first": said_day(first),
        "last": said_day(last),
    }


_MONTHS = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)
