"""Plots that the server draws: columns of one or two parts, with the same numbers in a table beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 140  # of the tallest column, in units of the drawing
_WIDTH = 360  # of every drawing: two side by side, or one below the other, are made smaller alike
_WIDEST = 30  # column; what is left of its share of the width stands between it and the next
_FEW = 8  # so few have each its word below
_ALIKE = 12  # of so many times larger numbers beside them, columns could not be seen any more
_HEAD, _FOOT = 22, 24  # room for the numbers above, and for the words below


@dataclass(frozen=True)
class Column:
    """One column: what stands below it, its two values, and where they are drawn."""

    label: str  # below the column, short; empty where there is no room
    named: str  # in the table
    first: int
    second: int
    x: int
    wide: int
    middle: int
    first_y: float
    first_high: float
    second_y: float
    second_high: float

    @property
    def total(self) -> int:
        """Both values together."""
        return self.first + self.second

    @property
    def number_y(self) -> float:
        """Where the number above it stands."""
        return self.second_y - 6


@dataclass(frozen=True)
class Plot:
    """Columns side by side, `second` standing on `first`."""

    columns: list[Column]
    most: int  # what a column of the full height stands for
    two: bool  # whether anything has a second part

    @property
    def width(self) -> int:
        """How wide the drawing is."""
        return _WIDTH

    @property
    def height(self) -> int:
        """How high the drawing is."""
        return _HEAD + HEIGHT + _FOOT

    @property
    def floor(self) -> int:
        """Where the columns stand."""
        return _HEAD + HEIGHT

    @property
    def words_y(self) -> int:
        """Where the words below them stand."""
        return self.floor + 17

    def __bool__(self) -> bool:
        """Whether there is anything to see."""
        return any(column.total for column in self.columns)


Values = Sequence[tuple[str, str, int, int]]  # words below, words in the table, first value, second value


def plots(*many: Values) -> list[Plot]:
    """Draw plots that stand side by side: one case is as high in each, where none would be too low to be seen."""
    tops = [_top(values) for values in many]
    shared = max(tops) if max(tops) <= _ALIKE * min(tops) else 0
    return [_plot(values, shared or top) for values, top in zip(many, tops, strict=True)]


def _top(values: Values) -> int:
    return max((first + second for _, _, first, second in values), default=0) or 1


def _plot(values: Values, most: int) -> Plot:
    step = _WIDTH // max(len(values), 1)
    wide = min(_WIDEST, step * 2 // 3)
    columns = []
    for place, (label, named, first, second) in enumerate(values):
        x = place * step + (step - wide) // 2
        first_high, second_high = round(HEIGHT * first / most, 1), round(HEIGHT * second / most, 1)
        first_y = round(_HEAD + HEIGHT - first_high, 1)
        second_y = round(first_y - second_high, 1)
        said = label if len(values) < _FEW or (len(values) - place) % 2 else ""
        drawn = (x, wide, x + wide // 2, first_y, first_high, second_y, second_high)
        columns.append(Column(said, named, first, second, *drawn))
    return Plot(columns, most, two=any(second for _, _, _, second in values))
