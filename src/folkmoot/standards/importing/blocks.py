"""What every reader of a format gives: paragraphs in their order, with no trace of the format."""

import re
import unicodedata
from dataclasses import dataclass, field

from folkmoot.standards.textfile import is_hidden

DOCUMENT_TITLE = -1  # as a level: the title of the whole document

# The dots and the page number at the end of a line of a list of contents.
LEADERS = re.compile(r"(?:\s*[.…·_]){4,}\s*[0-9ivx]{1,4}$")

_LIGATURES = {ord(char): unicodedata.normalize("NFKC", char) for char in "ﬀﬁﬂﬃﬄﬅﬆ"}


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the source.

    `text` and each of `more` (further paragraphs of the same point) are single lines; `place` says where it
    stood, such as "line 12". `level` is 1 to 6 where the file says that this is a heading, `DOCUMENT_TITLE` where it
    says that it is the title, else 0. `label` is what stood before it where the file keeps that apart from the words
    ("2.", "•"), and `depth` how deep in lists it stood, 0 for outside. `is_strong`: all of it stands out, by bold
    letters or size. `opening` is its first words where only those stand out.
    """

    text: str
    place: str
    level: int = 0
    label: str = ""
    depth: int = 0
    is_strong: bool = False
    opening: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of the source that are not in the pack, where they stood, and why."""

    text: str
    place: str
    why: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at: where, and what was done there."""

    place: str
    what: str


@dataclass(slots=True)
class Source:
    """A document as read. `links` are (words, address): addresses are no part of a clause's text."""

    format: str
    blocks: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    def leave_out(self, text: str, place: str, why: str) -> None:
        """Note words that will not be in the pack; nothing is noted where there are none."""
        if plain := clean(text):
            self.left_out.append(LeftOut(plain, place, why))

    def doubt(self, place: str, what: str) -> None:
        """Note something to look at."""
        self.doubts.append(Doubt(place, what))


def clean(text: str) -> str:
    """Return `text` as one line in NFC, without characters that nobody can see and that no pack may hold."""
    text = unicodedata.normalize("NFC", text.translate(_LIGATURES))
    text = re.sub(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]", " ", text)
    return " ".join("".join(char for char in text if not is_hidden(char)).split())


def has_words(text: str) -> bool:
    """Say whether there is a letter or a digit in `text`: rules and rows of dots are no paragraphs."""
    return any(char.isalnum() for char in text)
