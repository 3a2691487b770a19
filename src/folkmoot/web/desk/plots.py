"""Plots that the server draws: columns of one or two parts, with the same numbers in a table beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 140  # of the tallest column, in units of the drawing
_STEP, _WIDE = 44, 30  # from column to column, and how wide one is
_FEW, _FURTHER = 8, 56  # so few stand further apart: each has its word below
_HEAD, _FOOT = 22, 24  # room for the numbers above, and for the words below


@dataclass(frozen=True)
class Column:
    """One column: what stands below it, its two values, and where they are drawn."""

    label: str  # below the column, short
    named: str  # in the table
    first: int
    second: int
    x: int
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
    width: int
    two: bool  # whether anything has a second part

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


def plot(values: Sequence[tuple[str, str, int, int]]) -> Plot:
    """Draw columns out of (words below, words in the table, first value, second value)."""
    most = max((first + second for _, _, first, second in values), default=0) or 1
    step = _FURTHER if len(values) < _FEW else _STEP
    columns = []
    for place, (label, named, first, second) in enumerate(values):
        x = place * step + (step - _WIDE) // 2
        first_high, second_high = round(HEIGHT * first / most, 1), round(HEIGHT * second / most, 1)
        first_y = round(_HEAD + HEIGHT - first_high, 1)
        second_y = round(first_y - second_high, 1)
        middle = x + _WIDE // 2
        drawn = (x, middle, first_y, first_high, second_y, second_high)
        columns.append(Column(label, named, first, second, *drawn))
    return Plot(columns, len(values) * step, two=any(second for _, _, _, second in values))
