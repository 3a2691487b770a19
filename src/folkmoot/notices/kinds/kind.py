"""What is known of a letter before anybody words it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Audience(StrEnum):
    """Who gets a letter."""

    AUTHOR = "author"
    REPORTER = "reporter"
    TARGET = "target"
    OFFICERS = "officers"


@dataclass(frozen=True)
class Part:
    """Something that a letter must hold, shown in one of three ways; `when` it is so, or else always.

    `name`: that value is shown, wherever it is not empty. `says`: words that match this pattern. `tells`: the letter
    says something when that is so which it does not say otherwise. `what` goes on after "This letter must say";
    `mend` is a sentence that tells how.
    """

    what: str
    mend: str
    name: str = ""
    says: str = ""
    tells: str = ""
    when: str = ""


@dataclass(frozen=True)
class Kind:
    """One letter. `key` is the name of its shipped template and of its editions.

    Every name in `texts` has words, those in `maybe` have some or none, `flags` are yes or no, and of each
    group in `one_of` exactly one is so.
    """

    key: str
    title: str
    audience: Audience
    gets: str  # one sentence: who gets it, when
    texts: Sequence[str] = ()
    maybe: Sequence[str] = ()
    flags: Sequence[str] = ()
    one_of: Sequence[Sequence[str]] = ()
    parts: Sequence[Part] = ()
    demo: Mapping[str, str] = field(default_factory=dict)  # where the usual one of `names` would not fit

    @property
    def shown(self) -> tuple[str, ...]:
        """Return the names that can be shown."""
        return ("org", *self.texts, *self.maybe)

    @property
    def names(self) -> frozenset[str]:
        """Return all names that the letter is given."""
        return frozenset({*self.shown, *self.asked})

    @property
    def asked(self) -> tuple[str, ...]:
        """Return the names that a condition can ask for."""
        return (*self.maybe, *self.flags, *(name for group in self.one_of for name in group))
