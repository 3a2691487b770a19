"""The structure of a policy: its sections under one another, and the points in each."""

from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.standards.importing.blocks import DOCUMENT_TITLE, Source
from folkmoot.standards.importing.contents import without_contents
from folkmoot.standards.importing.dates import is_about_date
from folkmoot.standards.importing.headings import find_headings
from folkmoot.standards.importing.pieces import Piece, pieces_of
from folkmoot.standards.importing.sections import Section, sections_of


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole policy: its title, or "", and its sections that have points, in their order."""

    title: str
    sections: tuple[Section, ...]


def outline(source: Source) -> Outline:
    """Find the structure of `source`, to which doubts and what is left out are added."""
    lines, pieces = _title(find_headings(without_contents(pieces_of(source.blocks), source)))
    title = ": ".join(piece.text for piece in lines if not is_about_date(piece.text))
    for piece in lines:
        if is_about_date(piece.text):
            source.leave_out(piece.text, piece.block.place, "when the policy was made: see the date in pack.yaml")
    if any(piece.is_guessed for piece in lines):
        source.doubt("the beginning", f"“{title}” was taken for the title.")
    for piece in pieces:
        if piece.is_heading and piece.is_guessed:
            source.doubt(piece.block.place, f"“{piece.text}” was taken for a heading.")
    return Outline(title, tuple(sections_of(title, pieces, source)))


def _title(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Return the lines of the title, and the pieces without them."""
    stated = [number for number, piece in enumerate(pieces) if piece.block.level == DOCUMENT_TITLE]
    if stated:
        rest = [piece for number, piece in enumerate(pieces) if number not in stated]
        return [pieces[number] for number in stated], rest
    run = 0
    while run < len(pieces) and pieces[run].is_heading and not pieces[run].is_numbered:
        run += 1
    if not run:
        return [], list(pieces)
    first = pieces[0]
    headings = [piece for piece in pieces if piece.is_heading]
    stands_alone = first.block.level > 0 and not any(
        0 < piece.block.level <= first.block.level for piece in headings[1:]
    )
    before_numbered = run < len(pieces) and pieces[run].is_heading
    if run == 1 and not before_numbered:
        # A heading with text under it is the title only where all others are below it.
        is_title = stands_alone and len(headings) > 1
        return ([first], list(pieces[1:])) if is_title else ([], list(pieces))
    lines = run if before_numbered else run - 1
    while lines > 1 and not pieces[lines - 1].is_guessed:
        lines -= 1  # a heading that the file states is a section, though nothing stands between it and the title
    return list(pieces[:lines]), list(pieces[lines:])
