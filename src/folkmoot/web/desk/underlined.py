"""A text with what was noticed in it underlined: one overlay for all places, also where they overlap. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

AROUND = 160  # characters kept on each side of what was noticed in a long text
LONG = 2_400  # characters; a text of that many is shown whole
MOST = 200  # places that are underlined: who reads sees by then


@dataclass(frozen=True)
class Place:
    """`text[start:end]`, and the number of what was noticed there."""

    start: int
    end: int
    number: int


@dataclass(frozen=True)
class Piece:
    """A piece of the text: whether it is underlined, and the numbers of what ends with it."""

    text: str
    marked: bool = False
    ends: tuple[int, ...] = ()
    left_out: bool = False  # here stands more that is not shown


def underlined(text: str, places: Sequence[Place]) -> list[Piece]:
    """Return the text in pieces, in its order; of a long one only what is around the places."""
    fitting = [one for one in places if 0 <= one.start < one.end <= len(text)][:MOST]
    cuts = sorted({edge for one in fitting for edge in (one.start, one.end)})
    pieces: list[Piece] = []
    at = 0
    for cut in [*cuts, len(text)]:
        if cut > at:
            marked = any(one.start <= at and cut <= one.end for one in fitting)
            ends = tuple(sorted({one.number for one in fitting if one.end == cut}))
            pieces.append(Piece(text[at:cut], marked, ends if marked else ()))
            at = cut
    return pieces if len(text) <= LONG else _shortened(pieces)


def covers_all(text: str, start: int, end: int) -> bool:
    """Say whether a place is the whole text, so that underlining it would show nothing."""
    return not text[:start].strip() and not text[end:].strip()


def _shortened(pieces: list[Piece]) -> list[Piece]:
    """Leave out what is far from anything that is underlined."""
    short: list[Piece] = []
    for number, piece in enumerate(pieces):
        before, after = number > 0, number + 1 < len(pieces)
        keep = AROUND * (before + after)
        if piece.marked or (keep and len(piece.text) <= keep):
            short.append(piece)
            continue
        if before:
            short.append(Piece(piece.text[:AROUND]))
        short.append(Piece("", left_out=True))
        if after:
            short.append(Piece(piece.text[-AROUND:]))
    return short
