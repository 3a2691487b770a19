"""A small drawing of posts over time: a dot for each post, one above the other on each day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MOST = 8  # dots of one day that are drawn; what is more is a number above them
_WIDTH, _SIDE = 360, 10  # of the drawing, and what is free at either end
_STEP, _HEAD, _FOOT = 8, 18, 22  # from dot to dot; room for the numbers, and for the days


@dataclass(frozen=True)
class Dots:
    """The dots of one day: how many posts, where they stand from the left, and how high each dot that is drawn."""

    day: date
    posts: int
    x: int
    heights: tuple[int, ...]

    @property
    def more(self) -> bool:
        """Whether there are more posts than dots."""
        return self.posts > len(self.heights)


@dataclass(frozen=True)
class Drawing:
    """All days that have posts, at their distance from each other."""

    days: tuple[Dots, ...]
    floor: int

    @property
    def width(self) -> int:
        """How wide the drawing is."""
        return _WIDTH

    @property
    def height(self) -> int:
        """How high the drawing is."""
        return self.floor + _FOOT

    @property
    def words_y(self) -> int:
        """Where the days are written."""
        return self.floor + 16

    @property
    def right(self) -> int:
        """Where the last day is written, which ends there."""
        return _WIDTH - _SIDE


def drawn(days: Sequence[tuple[date, int]]) -> Drawing:
    """Draw so many posts on each of `days`, which are in order and not empty."""
    first, last = days[0][0], days[-1][0]
    wide = (last - first).days or 1
    most = min(MOST, max(posts for _, posts in days))
    floor = _HEAD + most * _STEP
    return Drawing(
        days=tuple(
            Dots(
                day=day,
                posts=posts,
                x=_SIDE + (_WIDTH - 2 * _SIDE) * (day - first).days // wide,
                heights=tuple(floor - _STEP // 2 - _STEP * one for one in range(min(posts, MOST))),
            )
            for day, posts in days
        ),
        floor=floor,
    )
