"""A text as the transformer reads it: its words in their order, each with its place in the text as given.

Unlike the folded text, these keep their punctuation: a question mark or a pair of quotation marks may turn the
meaning. Only what is in disguise is read plainly (see `reading`), and an emoji becomes its name: "snake".
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from folkmoot.detectors.evasion import is_mixed
from folkmoot.detectors.reading import EMOJI, KIND, Text
from folkmoot.kernel.lookalikes import FOLDS

_SPACED = re.compile(r"\S+")
LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
"""A link: read by no model, which would take who sets one for a seller; what is odd in links `spam` finds."""
_NOT_SEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u200b-\u200f\u202a-\u202e\u2060-\u2064\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff]"
)
_LONGEST = 60  # characters of one word that are read


class Piece(NamedTuple):
    """Something said, as the transformer reads it, and where it stands in the text as given."""

    said: str
    start: int
    end: int


def pieces(text: Text) -> list[Piece]:
    """Return the words and emoji of a text in their order; nothing of it overlaps."""
    found = list[Piece]()
    hidden = _hidden(text)
    for word in _SPACED.finditer(text.raw):
        start, end = word.span()
        while hidden and hidden[0].end <= start:
            hidden.pop(0)
        if hidden and hidden[0].start < end:
            if not found or found[-1] is not hidden[0]:
                found.append(hidden[0])
            continue
        found.extend(_plainly(text.raw, start, end))
    return found


def _hidden(text: Text) -> list[Piece]:
    """Return what stands there in disguise, read plainly, each place once."""
    found = list[Piece]()
    for word in sorted(text.hits, key=lambda hit: (hit.start, -hit.end)):
        start, end = text.span(word.start, word.end)
        if (found and start < found[-1].end) or word.words == text.raw[start:end].lower():
            continue
        if word.hidden or text.raw[start:end].isalnum():
            found.append(Piece(word.words, start, end))
    return found


def _plainly(raw: str, start: int, end: int) -> Iterator[Piece]:
    word = raw[start:end]
    if LINK.match(word):
        return
    if word.isascii():
        yield Piece(word[:_LONGEST], start, end)
        return
    at = start
    for sign in EMOJI.finditer(raw, start, end):
        yield from _word(raw, at, sign.start())
        if sign[0] not in KIND:
            yield Piece(_name(sign[0]), *sign.span())
        at = sign.end()
    yield from _word(raw, at, end)


def _word(raw: str, start: int, end: int) -> Iterator[Piece]:
    word = _NOT_SEEN.sub("", raw[start:end])[:_LONGEST]
    said = word.translate(FOLDS) if is_mixed(word) else unicodedata.normalize("NFKC", word).strip()
    if said:
        yield Piece(said, start, end)


@lru_cache(maxsize=5000)
def _name(sign: str) -> str:
    return unicodedata.name(sign, "sign").lower().removesuffix(" face").replace("-", " ")
