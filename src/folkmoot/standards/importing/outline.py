"""The structure of a policy: its sections under one another, and the points in each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from folkmoot.standards.importing.blocks import DOCUMENT_TITLE, Source
from folkmoot.standards.importing.contents import without_contents
from folkmoot.standards.importing.dates import is_about_date
from folkmoot.standards.importing.headings import find_headings
from folkmoot.standards.importing.labels import Series
from folkmoot.standards.importing.nesting import Point, nested
from folkmoot.standards.importing.pieces import Piece, pieces_of

UNNAMED = "The policy"  # the section of what stands before the first heading, where there is no title either


@dataclass(slots=True)
class Section:
    """A heading and the points directly under it. `above` are the titles it stands under, outermost first."""

    title: str
    label: str
    place: str
    above: tuple[str, ...] = ()
    points: list[Point] = field(default_factory=list)


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
    return Outline(title, tuple(_sections(title, pieces, source)))


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


def _sections(title: str, pieces: Sequence[Piece], source: Source) -> list[Section]:
    opening = Section(title or UNNAMED, "", "the beginning")
    found = [(opening, list(pieces[: _first_heading(pieces)]))]
    line: list[tuple[Piece, Section]] = []
    for piece in pieces[_first_heading(pieces) :]:
        if not piece.is_heading:
            found[-1][1].append(piece)
            continue
        is_bare = bool(line) and found[-1][0] is line[-1][1] and not found[-1][1]
        if not (is_bare and _begins_inside(line[-1][0], piece)):
            _climb(line, piece)
        section = Section(piece.text, piece.label, piece.block.place, tuple(one.title for _piece, one in line))
        line.append((piece, section))
        found.append((section, []))
    kept = []
    for number, (section, inside) in enumerate(found):
        section.points = nested(inside, source)
        if section.points:
            kept.append(section)
        elif number and not _has_sections(section, [one for one, _inside in found[number + 1 : number + 2]]):
            source.leave_out(f"{section.label} {section.title}", section.place, "a heading with nothing under it")
    if opening.points and len(found) > 1:
        source.doubt("the beginning", f"What stands before the first heading became the section “{opening.title}”.")
    return kept


def _first_heading(pieces: Sequence[Piece]) -> int:
    return next((number for number, piece in enumerate(pieces) if piece.is_heading), len(pieces))


def _has_sections(section: Section, after: Sequence[Section]) -> bool:
    return any(one.above[-1:] == (section.title,) and len(one.above) > len(section.above) for one in after)


def _begins_inside(upper: Piece, piece: Piece) -> bool:
    """Say whether a guessed heading with a 1 or an A opens another count right under a numbered one: B., then 1."""
    if not (piece.is_guessed and upper.is_numbered and piece.is_numbered):
        return False
    mine, its = piece.readings[0], upper.readings[0]
    return mine.series is not its.series and mine.value == 1


def _climb(line: list[tuple[Piece, Section]], piece: Piece) -> None:
    """Leave the headings that `piece` does not stand under."""
    for depth in range(len(line) - 1, -1, -1):
        if piece.is_numbered and piece.follows(line[depth][0]):
            del line[depth:]
            return
    if piece.readings and piece.readings[0].series in {Series.DECIMAL, Series.NUMBER}:
        for depth in range(len(line) - 1, -1, -1):
            if _is_above(line[depth][0], piece):
                del line[depth + 1 :]
                return
    level = piece.block.level
    while line and _is_level_or_below(line[-1][0], piece, level):
        line.pop()


def _is_above(upper: Piece, piece: Piece) -> bool:
    path = piece.readings[0].path
    return any(one.path and one.path == path[: len(one.path)] and len(one.path) < len(path) for one in upper.readings)


def _is_level_or_below(upper: Piece, piece: Piece, level: int) -> bool:
    its_level = upper.block.level
    if level > 0:
        return its_level >= level or its_level == 0
    if its_level > 0:
        return False
    # Both are guessed: a plain one stands beside a plain one, a numbered one below it.
    return not piece.is_numbered or upper.is_numbered
