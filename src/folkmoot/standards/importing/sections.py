"""Headings under one another, and what stands under each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from folkmoot.standards.importing.blocks import Source
from folkmoot.standards.importing.labels import Series
from folkmoot.standards.importing.nesting import Point, nested
from folkmoot.standards.importing.pieces import Piece

UNNAMED = "The policy"  # the section of what stands before the first heading, where there is no title either


@dataclass(slots=True)
class Section:
    """A heading and the points directly under it. `above` are the titles it stands under, outermost first."""

    title: str
    label: str
    place: str
    above: tuple[str, ...] = ()
    points: list[Point] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A heading, its section, and the pieces directly under it."""

    piece: Piece
    section: Section
    inside: list[Piece] = field(default_factory=list)


def sections_of(title: str, pieces: Sequence[Piece], source: Source) -> list[Section]:
    """Return the sections that have points, in their order. What stands before the first is a section as well."""
    first = next((number for number, piece in enumerate(pieces) if piece.is_heading), len(pieces))
    opening = Section(title or UNNAMED, "", "the beginning", points=nested(pieces[:first], source))
    found = _opened(pieces[first:])
    if opening.points and found:
        source.doubt("the beginning", f"What stands before the first heading became the section “{opening.title}”.")
    sections = [opening]
    for number, one in enumerate(found):
        one.section.points = nested(one.inside, source)
        sections.append(one.section)
        if not one.section.points:
            has_sections = any(_is_right_under(one.section, after.section) for after in found[number + 1 : number + 2])
            why = (
                "a heading over others: see “under” in pack.yaml" if has_sections else "a heading with nothing under it"
            )
            source.leave_out(f"{one.section.label} {one.section.title}", one.section.place, why)
    return [section for section in sections if section.points]


def _opened(pieces: Sequence[Piece]) -> list[_Open]:
    found: list[_Open] = []
    line: list[_Open] = []
    parts: set[tuple[object, object]] = set()  # ways of counting, each with the one that it was first seen under
    for piece in pieces:
        if not piece.is_heading:
            found[-1].inside.append(piece)
            continue
        if line and not line[-1].inside and _begins_inside(line[-1].piece, piece):
            parts.add((_kind(line[-1].piece), _kind(piece)))
        elif not (line and (_kind(line[-1].piece), _kind(piece)) in parts):
            _climb(line, piece)
        section = Section(piece.text, piece.label, piece.block.place, tuple(one.section.title for one in line))
        line.append(_Open(piece, section))
        found.append(line[-1])
    return found


def _is_right_under(section: Section, after: Section) -> bool:
    return after.above[-1:] == (section.title,) and len(after.above) > len(section.above)


def _kind(piece: Piece) -> tuple[str, Series] | None:
    return piece.readings[0].kind if piece.is_numbered else None


def _begins_inside(upper: Piece, piece: Piece) -> bool:
    """Say whether a guessed heading with a 1 or an A opens another count right under a numbered one: B., then 1."""
    if not (piece.is_guessed and upper.is_numbered and piece.is_numbered):
        return False
    mine, its = piece.readings[0], upper.readings[0]
    return mine.kind != its.kind and mine.value == 1


def _climb(line: list[_Open], piece: Piece) -> None:
    """Leave the headings that `piece` does not stand under."""
    for depth in range(len(line) - 1, -1, -1):
        if piece.is_numbered and piece.follows(line[depth].piece):
            del line[depth:]
            return
    if piece.readings and piece.readings[0].series in {Series.DECIMAL, Series.NUMBER}:
        for depth in range(len(line) - 1, -1, -1):
            if _is_above(line[depth].piece, piece):
                del line[depth + 1 :]
                return
    level = piece.block.level
    while line and _is_level_or_below(line[-1], piece, level):
        line.pop()


def _is_above(upper: Piece, piece: Piece) -> bool:
    path = piece.readings[0].path
    return any(one.path and one.path == path[: len(one.path)] and len(one.path) < len(path) for one in upper.readings)


def _is_level_or_below(upper: _Open, piece: Piece, level: int) -> bool:
    its_level = upper.piece.block.level
    if level > 0:
        return its_level >= level or its_level == 0
    if its_level > 0:
        return False
    # Both are guessed: a numbered one stands below a plain one that has no text of its own, else beside it.
    return not piece.is_numbered or upper.piece.is_numbered or bool(upper.inside)
