"""The reading order of a page: its columns, one after the other, between lines that run across all of them."""

from collections.abc import Sequence

from folkmoot.standards.importing.readers.pdf_lines import Line

_GUTTER = 8.0  # points: narrower than any space between columns
_FEWEST = 3  # lines of print that make a column
_MOST_COLUMNS = 4


def in_reading_order(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Return the lines of one page as they are read, those of one line of print joined, and how many columns."""
    found = _gutter(lines)
    if found is None:
        return _rows(lines), 1
    across = [line for line in lines if line.left < found < line.right]
    ordered: list[Line] = []
    columns = 2
    edges = [*sorted({line.top for line in across}), float("inf")]
    above = float("-inf")
    for edge in edges:
        band = [line for line in lines if line not in across and above <= line.top < edge]
        sides = [line for line in band if line.right <= found], [line for line in band if line.left >= found]
        parts = [in_reading_order(side) for side in sides]
        columns = max(columns, sum(count for _lines, count in parts))
        ordered += [line for part, _count in parts for line in part]
        ordered += _rows([line for line in across if line.top == edge])
        above = edge
    return ordered, min(columns, _MOST_COLUMNS)


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return where, from the left, a strip of white divides most lines into two columns, or None."""
    if len(lines) < 2 * _FEWEST:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    best: tuple[int, float] | None = None
    for start in sorted({line.right for line in lines}):
        ends = [line.left for line in lines if line.left > start]
        if not ends:
            continue
        middle = (start + min(ends)) / 2
        if min(ends) - start < _GUTTER or not left + 0.2 * (right - left) < middle < left + 0.8 * (right - left):
            continue
        crossing = sum(line.left < middle < line.right for line in lines)
        if _divides(lines, middle, crossing) and (best is None or crossing < best[0]):
            best = crossing, middle
    return best[1] if best else None


def _divides(lines: Sequence[Line], middle: float, crossing: int) -> bool:
    one = _rows([line for line in lines if line.right <= middle])
    other = _rows([line for line in lines if line.left >= middle])
    if min(len(one), len(other)) < _FEWEST or crossing > 0.3 * len(lines):
        return False
    # Columns stand beside each other, and each is a good part of the page wide: labels and page numbers are not.
    widths = [max(line.right for line in side) - min(line.left for line in side) for side in (one, other)]
    overlap = min(one[-1].bottom, other[-1].bottom) - max(one[0].top, other[0].top)
    return overlap > 0 and min(widths) > 0.3 * max(widths)


def _rows(lines: Sequence[Line]) -> list[Line]:
    rows: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.top, line.left)):
        same = next((number for number, row in enumerate(rows) if row.beside(line)), None)
        if same is None:
            rows.append(line)
        elif rows[same].left <= line.left:
            rows[same] = rows[same].joined(line)
        else:
            rows[same] = line.joined(rows[same])
    return rows
