"""Which paragraphs are headings, where the file does not say so."""

from collections.abc import Sequence
from itertools import pairwise

from folkmoot.standards.importing.labels import Label, Series, split_bare_number
from folkmoot.standards.importing.pieces import Piece

_MOST_HEADINGS = 2 / 3  # of all lines: where more look like headings, they are the text
_LONGEST_RUN = 2  # headings in a row: a part and its first section


def find_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with headings marked: those in bold or large letters, numbered ones, short lines alone."""
    found = _bare_numbers(pieces)
    found = [_marked(found, number) for number in range(len(found))]
    if not any(piece.is_heading and not piece.is_numbered for piece in found[1:]):
        plain = _plain_lines(found)
        if sum(piece.is_heading for piece in plain) <= _MOST_HEADINGS * len(plain):
            found = plain
    return found


def _marked(pieces: Sequence[Piece], number: int) -> Piece:
    piece = pieces[number]
    if piece.is_heading or number + 1 == len(pieces) or piece.block.more or not piece.reads_like_heading():
        return piece
    stands_out = piece.block.is_strong and sum(one.block.is_strong for one in pieces) * 2 < len(pieces)
    over_decimals = any(_is_right_under(one, piece) for one in pieces[number + 1].readings)
    in_list = _is_one_of_a_list(pieces, number, past_deeper=not stands_out and not over_decimals)
    if stands_out and not (in_list or (piece.label and not piece.is_numbered)):
        return piece.as_heading(guessed=True)
    is_stated_point = piece.block.depth > 0 and any(one.block.level > 0 for one in pieces)
    if piece.is_numbered and not in_list and not is_stated_point and _opens_a_section(pieces, number):
        return piece.as_heading(guessed=True)
    return piece


def _is_right_under(label: Label, piece: Piece) -> bool:
    return label.series is Series.DECIMAL and any(label.path[:-1] == one.path for one in piece.readings)


def _is_one_of_a_list(pieces: Sequence[Piece], number: int, *, past_deeper: bool = False) -> bool:
    piece = pieces[number]
    before, after = _beside(pieces, number, -1, past_deeper), _beside(pieces, number, 1, past_deeper)
    return bool(piece.label) and any(
        [before is not None and piece.follows(before), after is not None and after.follows(piece)]
    )


def _beside(pieces: Sequence[Piece], number: int, step: int, past_deeper: bool) -> Piece | None:
    """Return the next piece in this direction, or the next that stands no deeper in the same list."""
    depth = pieces[number].block.depth
    place = number + step
    while past_deeper and 0 <= place < len(pieces) and depth and pieces[place].block.depth > depth:
        place += step
    return pieces[place] if 0 <= place < len(pieces) else None


def _opens_a_section(pieces: Sequence[Piece], number: int) -> bool:
    """Say whether a numbered line fits as a heading: 1, 2, 3 or A, B, C through the document, text in between."""
    piece, after = pieces[number], pieces[number + 1]
    if piece.text.endswith((":", "?")) or _is_lower_letter(piece):
        return False
    if not _is_deeper(after, piece):
        return False
    is_first = any(reading.value == 1 for reading in piece.readings)
    return is_first or any(
        piece.follows(one) and one.reads_like_heading() and not _is_one_of_a_list(pieces, place)
        for place, one in enumerate(pieces[:number])
        if one.label
    )


def _is_lower_letter(piece: Piece) -> bool:
    return piece.readings[0].series in {Series.LETTER, Series.BULLET} or piece.label.strip("(").islower()


def _is_deeper(after: Piece, piece: Piece) -> bool:
    if not after.label or after.is_heading:
        return True
    first = piece.readings[0]
    return any(one.kind != first.kind or one.value == 1 or len(one.path) > len(first.path) for one in after.readings)


def _bare_numbers(pieces: Sequence[Piece]) -> list[Piece]:
    """Take the number off "3 Scope" where 3.1 comes next."""
    found = list(pieces)
    for number, (piece, after) in enumerate(pairwise(pieces)):
        label, text = split_bare_number(piece.text)
        if label and not piece.label and any(_is_within(one, int(label)) for one in after.readings):
            short = Piece(piece.block, label, text, piece.is_heading, piece.is_guessed)
            if short.reads_like_heading():
                found[number] = short
    return found


def _is_within(label: Label, number: int) -> bool:
    return label.series is Series.DECIMAL and label.path[0] == number


def _plain_lines(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark short lines that stand alone before text; three in a row and more are text themselves."""
    found = list(pieces)
    number = 0
    while number < len(found):
        end = number
        while end < len(found) and (found[end].is_heading or _could_be_plain_heading(found[end])):
            end += 1
        run = [place for place in range(number, end) if not found[place].is_heading]
        is_opening = number == 0 and len(run) <= _LONGEST_RUN + 1
        if run and end < len(found) and (len(run) <= _LONGEST_RUN or is_opening):
            for place in run:
                found[place] = found[place].as_heading(guessed=True)
        elif run and end < len(found) and end - 1 in run:
            found[end - 1] = found[end - 1].as_heading(guessed=True)
        number = max(end, number + 1)
    return found


def _could_be_plain_heading(piece: Piece) -> bool:
    return (
        not piece.label and not piece.block.more and piece.reads_like_heading() and not piece.text.endswith((":", "?"))
    )
