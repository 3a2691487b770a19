"""What the house style says of one place in a post, and of how the whole reads."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Language(StrEnum):
    """How much of a post is English: what counts words and sentences is made for English alone."""

    ENGLISH = "english"
    PARTLY = "partly"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to look at again: `text[start:end]` as it was given, why, and what might be better, if we know.

    `clause` is the principle that it comes from, in the packs that come with Folkmoot. Nothing here forbids anything.
    """

    point: str
    clause: str
    start: int
    end: int
    why: str
    better: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """How the English part of a post reads. `ease` is Flesch's, about 0 to 100; `longest` the longest sentence's words.

    Under a hundred words the figures are `rough`: one long name moves them.
    """

    sentences: int
    words: int
    average: float
    ease: float
    longest: int
    rough: bool


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """All that the house style has to say of a post. `more` when a point had more notes than are handed on."""

    notes: Sequence[Note]
    figures: Figures | None
    language: Language
    more: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return it as the API and `folkmoot check --house-style` say it."""
        return {
            "notes": [asdict(note) for note in self.notes],
            "figures": asdict(self.figures) if self.figures else None,
            "language": str(self.language),
            "more": self.more,
        }
