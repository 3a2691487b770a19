"""Points within points: which list each label belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from folkmoot.standards.importing.blocks import Source
from folkmoot.standards.importing.labels import Label, Series
from folkmoot.standards.importing.pieces import Piece

_DEEPEST = 5  # lists inside one another; what is deeper still stands beside the last


@dataclass(slots=True)
class Point:
    """One point of a section: its words, its label as printed and read, and the points inside it."""

    text: str
    place: str
    printed: str = ""
    label: Label | None = None
    opening: str = ""
    more: list[str] = field(default_factory=list)
    inside: list["Point"] = field(default_factory=list)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """All of its words, without those of the points inside it."""
        return (self.text, *self.more)


@dataclass(slots=True)
class _Level:
    point: Point
    label: Label
    depth: int  # as the file states it, or 0


def nested(pieces: Sequence[Piece], source: Source) -> list[Point]:
    """Return the points of one section, each with those inside it; joins what goes on after an interruption."""
    top: list[Point] = []
    open_levels: list[_Level] = []
    for number, piece in enumerate(pieces):
        block = piece.block
        point = Point(piece.text, block.place, piece.label, None, block.opening, list(block.more))
        if not piece.label:
            if open_levels and _goes_on(open_levels, pieces[number + 1 :]):
                open_levels[-1].point.more += point.paragraphs
                place = open_levels[-1].point
                source.doubt(
                    block.place,
                    f"“{_short(piece.text)}” has no label; it was taken as part of “{place.printed}” above it.",
                )
                continue
            open_levels.clear()
            top.append(point)
            continue
        point.label = _fit(piece, open_levels)
        del open_levels[_DEEPEST:]
        (open_levels[-1].point.inside if open_levels else top).append(point)
        open_levels.append(_Level(point, point.label, block.depth))
    return top


def _goes_on(open_levels: Sequence[_Level], later: Sequence[Piece]) -> bool:
    """Say whether the list goes on after a paragraph without a label: 2., a paragraph, 3."""
    after = next((piece for piece in later if piece.label), None)
    if after is None:
        return False
    return any(reading.path and reading.follows(level.label) for reading in after.readings for level in open_levels)


def _fit(piece: Piece, open_levels: list[_Level]) -> Label:
    """Close the lists that `piece` is not inside of, and return what its label means here."""
    if piece.block.depth and any(level.depth for level in open_levels):
        return _fit_stated(piece, open_levels)
    for place in range(len(open_levels) - 1, -1, -1):
        its = open_levels[place].label
        for reading in piece.readings:
            is_sibling = reading.follows(its) if reading.path else its.printed == reading.printed
            if is_sibling:
                del open_levels[place:]
                return reading
            if reading.series is Series.DECIMAL and its.path and reading.path[:-1] == its.path:
                del open_levels[place + 1 :]
                return reading
    return _fit_new(piece, open_levels)


def _fit_stated(piece: Piece, open_levels: list[_Level]) -> Label:
    before: Label | None = None
    while open_levels and open_levels[-1].depth >= piece.block.depth:
        before = open_levels.pop().label
    siblings = [reading for reading in piece.readings if before is not None and reading.follows(before)]
    return (siblings or list(piece.readings))[0]


def _fit_new(piece: Piece, open_levels: list[_Level]) -> Label:
    """Fit a label that goes on with no open list: it opens one, or jumps."""
    likeliest = piece.readings[0]
    for place in range(len(open_levels) - 1, -1, -1):
        its = open_levels[place].label
        if likeliest.path and likeliest.series is its.series and likeliest.value != 1:
            del open_levels[place:]
            return likeliest
    under = open_levels[-1].label if open_levels else None
    opens_inside = under is not None and under.path and (not likeliest.path or likeliest.value == 1)
    if under is not None and not under.path and not likeliest.path:
        opens_inside = True  # another kind of bullet
    if not opens_inside or (under is not None and likeliest.series is under.series and likeliest.path):
        open_levels.clear()
    return likeliest


def _short(text: str) -> str:
    words = text.split()
    return text if len(words) <= 8 else f"{' '.join(words[:8])} …"
