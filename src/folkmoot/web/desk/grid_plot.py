"""Scores before against after, drawn by the server: a square for each pair of bands, the larger the more posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from folkmoot.detectors.comparing import BANDS

CELL = 28  # units of the drawing
_LEFT, _TOP, _FOOT = 44, 8, 40  # room for the words beside and below
_SMALLEST = 4  # so that one post among many thousands is still seen


@dataclass(frozen=True)
class Square:
    """How many posts went from one band of scores to another, and where that is drawn."""

    before: str  # the band, as "0.2–0.3"
    after: str
    posts: int
    stays: bool  # in the same band
    x: float
    y: float
    side: float


@dataclass(frozen=True)
class Grid:
    """All of it. Below the diagonal the score is lower than it was, above it higher."""

    squares: list[Square]
    ticks: list[tuple[str, int, int]]  # the word, and where it stands along either edge
    left: int = _LEFT
    top: int = _TOP

    @property
    def edge(self) -> int:
        """How long an edge is."""
        return BANDS * CELL

    @property
    def right(self) -> int:
        """Where it ends on the right."""
        return _LEFT + self.edge

    @property
    def floor(self) -> int:
        """Where it ends below."""
        return _TOP + self.edge

    @property
    def width(self) -> int:
        """How wide the drawing is."""
        return self.right + 8

    @property
    def height(self) -> int:
        """How high the drawing is."""
        return self.floor + _FOOT

    @property
    def words_y(self) -> int:
        """Where the words below stand."""
        return self.floor + 16

    @property
    def title_y(self) -> int:
        """Where the name of the lower edge stands."""
        return self.floor + 34

    @property
    def middle(self) -> int:
        """The middle of the lower edge."""
        return _LEFT + self.edge // 2

    @property
    def moved(self) -> list[Square]:
        """Those that went to another band, most posts first."""
        return sorted((one for one in self.squares if not one.stays), key=lambda one: -one.posts)

    @property
    def stayed(self) -> int:
        """How many posts stayed in their band."""
        return sum(one.posts for one in self.squares if one.stays)

    def __bool__(self) -> bool:
        """Whether there is anything to see."""
        return bool(self.squares)


def grid(moves: Sequence[dict[str, Any]]) -> Grid:
    """Draw what went from which band to which: rows with `before`, `after` and `posts`."""
    most = max((one["posts"] for one in moves), default=0)
    ticks = [
        (f"{number / BANDS:.1f}", _LEFT + number * CELL, _TOP + (BANDS - number) * CELL) for number in range(0, 11, 5)
    ]
    return Grid([_square(one["before"], one["after"], one["posts"], most) for one in moves], ticks)


def _square(before: int, after: int, posts: int, most: int) -> Square:
    side = round(max(_SMALLEST, (CELL - 4) * sqrt(posts / most)), 1)
    x = _LEFT + before * CELL + (CELL - side) / 2
    y = _TOP + (BANDS - 1 - after) * CELL + (CELL - side) / 2
    return Square(_said(before), _said(after), posts, before == after, round(x, 1), round(y, 1), side)


def _said(band: int) -> str:
    return f"{band / BANDS:.1f}–{(band + 1) / BANDS:.1f}"
