"""What an index of words is, whichever database keeps it: texts go in by their time, and come out newest first.

Every text has a *key* that orders it: its time, and its number among those of the same second. The databases differ
in how they walk; what they find is the same, since `archive.words` has cut and folded everything before.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

NUMBERS = 31  # bits of a key that hold the number
LATEST = 2**32 - 1  # seconds from 1970; what claims to be later, or as much earlier, counts as then


class Entry(NamedTuple):
    """A text under which something is found: `key` as `key_of` makes it, `tokens` as `indexes.writing_on` says.

    `marks` are tokens of ours, from `mark`, that narrow a search: the place, the account.
    """

    org_id: int
    key: int
    tokens: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What is looked for in one organisation.

    Each of `phrases` has to be there, and of each of `marks` one. `first` and `last` bound the keys, both included;
    `among`, where it is given, names the only keys that count.
    """

    org_id: int
    phrases: tuple[tuple[str, ...], ...] = ()
    marks: tuple[tuple[str, ...], ...] = ()
    first: int = -(2**63)
    last: int = 2**63 - 1
    among: Collection[int] | None = None


class Index(Protocol):
    """One index in one database. Everything is written in the transaction that it is called in."""

    def make(self) -> None:
        """Create what the database needs; what is there stays."""

    def empty(self) -> None:
        """Drop every text."""

    def enter(self, entries: Iterable[Entry]) -> None:
        """Add texts whose keys are not there yet; what yields them may not ask the database meanwhile."""

    def forget(self, keys: Iterable[tuple[int, int]]) -> None:
        """Take out the texts of (organisation, key), so that none of their words is left."""

    def find(self, wanted: Wanted, *, most: int) -> list[int]:
        """Return the keys of at most `most` texts, newest first."""

    def settle(self) -> None:
        """Take in how many texts there are, and of which words, after very many came at once."""

    def words_kept(self) -> set[str]:
        """Return every token that the index holds: for tests, and for whoever checks that something is gone."""


def key_of(at: datetime, number: int) -> int:
    """Return the key of what was written `at`; `number` is below 2**31."""
    seconds = min(max(int(at.timestamp() // 1), -LATEST), LATEST)
    return (seconds << NUMBERS) | number


def number_of(key: int) -> int:
    """Return the number in a key."""
    return key & ((1 << NUMBERS) - 1)


def month_of(key: int) -> int:
    """Return the month of a key's time, counted from the year 0."""
    moment = datetime.fromtimestamp(key >> NUMBERS, UTC)
    return moment.year * 12 + moment.month - 1


def month_begins(month: int) -> int:
    """Return the lowest key of a month."""
    return key_of(datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC), 0)


def mark(kind: str, number: int) -> str:
    """Return the token that stands for a thing: `kind` is one letter from g to z but h, which no word begins with."""
    return f"_{kind}{number}"
