"""Rows of CSV and its like. A row that cannot be read costs itself, not those after it."""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from io import TextIOWrapper

from folkmoot.archive.intake.rows import LONGEST_LINE, Quoting, Reject, Row

_QUOTES = "it has a quotation mark that opens a text and is not closed where the text ends."


def table_rows(
    file: TextIOWrapper, *, separator: str, quoting: Quoting, width: int, wanted: Sequence[int]
) -> Iterator[Row | Reject]:
    """Yield the `wanted` values of each row after the first; `width` is the number of columns.

    A quotation mark that is never closed would swallow the rest of the file: its line is rejected alone, and
    reading goes on with the line after it.
    """
    csv.field_size_limit(LONGEST_LINE)
    lines = _Lines(file)
    number = -1  # the first row holds the names
    for line, row in _parsed(lines, separator, quoting):
        if row == []:
            continue
        number += 1
        if isinstance(row, str):
            yield Reject(line, row)
            continue
        while len(row) > width and not row[-1]:
            row.pop()
        if len(row) != width:
            yield Reject(line, f"it has {len(row)} values, and there are {width} columns.")
        elif number:
            yield Row(line, number, tuple([row[place] for place in wanted]), lines.row)


def _parsed(lines: "_Lines", separator: str, quoting: Quoting) -> Iterator[tuple[int, list[str] | str]]:
    """Yield where each row begins, and its values or why they cannot be read."""
    rows = csv.reader(lines, delimiter=separator, quoting=quoting, strict=True)
    while True:
        line = lines.begin_row()
        try:
            yield line, next(rows)
        except StopIteration:
            return
        except _LineTooLong:
            yield line, f"it is longer than {LONGEST_LINE:,} characters."
        except UnicodeDecodeError:
            yield line, "the file breaks off in the middle of a character."
            return
        except csv.Error:
            yield line, _QUOTES
            lines.read_again()
            rows = csv.reader(lines, delimiter=separator, quoting=quoting, strict=True)


class _LineTooLong(Exception):
    pass


class _Lines:
    """The lines of a file, counted; those of the row at hand can be read again."""

    def __init__(self, file: TextIOWrapper) -> None:
        self.number = 0
        self._file = file
        self._row: list[str] = []
        self._again: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._file.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        self._row.append(line)
        if len(line) >= LONGEST_LINE:
            while line and not line.endswith(("\n", "\r")):
                line = self._file.readline(LONGEST_LINE)
            raise _LineTooLong
        return line

    @property
    def row(self) -> str:
        """The row at hand, as it stands in the file."""
        return "".join(self._row)

    def begin_row(self) -> int:
        """Forget the lines of the row before; return the number of the line that comes next."""
        self._row.clear()
        return self.number + 1

    def read_again(self) -> None:
        """Go back to the second line of the row at hand.

        No line is read more than a few times: what an open quotation mark swallows ends at the next one.
        """
        back = self._row[1:]
        self._again.extendleft(reversed(back))
        self.number -= len(back)
