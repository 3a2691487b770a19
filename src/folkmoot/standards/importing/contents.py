"""The list of contents: it repeats the headings, so it is left out and not made into clauses."""

import itertools
import re
from collections.abc import Sequence

from folkmoot.kernel.text import match_key
from folkmoot.standards.importing.blocks import LEADERS, Source
from folkmoot.standards.importing.labels import split_bare_number
from folkmoot.standards.importing.pieces import Piece

_FEWEST = 3  # lines that make a list of contents without a caption
_CAPTION = re.compile(r"\b(contents|outline|index|in this (document|policy))\b", re.IGNORECASE)
_PAGE = re.compile(r"[\s.…·_]+[0-9]{1,3}$")


def without_contents(pieces: Sequence[Piece], source: Source) -> list[Piece]:
    """Return the pieces without a list of contents, which is noted in `source`."""
    last = {_key(piece): number for number, piece in enumerate(pieces)}
    dropped = {number for number, piece in enumerate(pieces) if LEADERS.search(piece.text)}
    number = 0
    while number < len(pieces):
        end = number
        while end < len(pieces) and (_comes_again(pieces[end], end, last) or end in dropped):
            end += 1
        run = range(number, end)
        if run and _is_contents(run, pieces, last):
            dropped |= set(run)
        number = max(end, number + 1)
    captions = {number - 1 for number in dropped if number and number - 1 not in dropped}
    dropped |= {number for number in captions if _is_caption(pieces[number])}
    for number in sorted(dropped):
        source.leave_out(_printed(pieces[number]), pieces[number].block.place, "the list of contents")
    return [piece for number, piece in enumerate(pieces) if number not in dropped]


def _is_contents(run: range, pieces: Sequence[Piece], last: dict[str, int]) -> bool:
    places = [last[_key(pieces[number])] for number in run]
    has_caption = run.start > 0 and _is_caption(pieces[run.start - 1])
    if len(run) < (_FEWEST - 1 if has_caption else _FEWEST):
        return False
    # Headings come in the same order, with text between them; a list that is said twice has none.
    steps = [two - one for one, two in itertools.pairwise(places)]
    return places[0] >= run.stop and min(steps) > 0 and sum(step > 1 for step in steps) * 2 >= len(steps)


def _comes_again(piece: Piece, number: int, last: dict[str, int]) -> bool:
    return last[_key(piece)] > number and len(piece.text) <= 120


def _is_caption(piece: Piece) -> bool:
    return len(piece.text.split()) <= 6 and _CAPTION.search(piece.text) is not None


def _key(piece: Piece) -> str:
    text = _PAGE.sub("", LEADERS.sub("", piece.text))
    return match_key(split_bare_number(text)[1])


def _printed(piece: Piece) -> str:
    return f"{piece.label} {piece.text}".strip()
