"""Tables of a PDF page, known by the rules drawn around their cells."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pdfminer.layout import LTCurve, LTPage, LTRect

from folkmoot.standards.importing.readers.pdf_lines import Line

_NEAR = 4.0  # points: rules that are no farther apart are one, or touch
_THIN = 3.0
_LONG = 8.0


@dataclass(frozen=True, slots=True)
class _Rule:
    """A straight line on the page, as a thin box; measures as those of `Line`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_upright(self) -> bool:
        return self.bottom - self.top > self.right - self.left

    def touches(self, other: "_Rule") -> bool:
        return (
            self.left - _NEAR < other.right
            and other.left - _NEAR < self.right
            and self.top - _NEAR < other.bottom
            and other.top - _NEAR < self.bottom
        )


def with_tables(lines: Sequence[Line], page: LTPage) -> list[Line]:
    """Return the lines of a page, those inside of a ruled table as one line that has its rows."""
    rest = list(lines)
    for rules in _grids(list(_rules(page))):
        columns = _places([rule.left for rule in rules if rule.is_upright])
        rows = _places([rule.top for rule in rules if not rule.is_upright])
        if len(columns) < 3 or len(rows) < 3:
            continue
        inside = [line for line in rest if _is_inside(line, columns, rows)]
        table = _table(inside, columns, rows)
        if len(table) > 1 and any(len([cell for cell in row if cell]) > 1 for row in table):
            rest = [line for line in rest if line not in inside]
            rest.append(_as_line(inside, table))
    return rest


def _rules(page: LTPage) -> Iterator[_Rule]:
    for shape in page:
        if not isinstance(shape, LTCurve):
            continue
        left, right = shape.x0, shape.x1
        top, bottom = page.height - shape.y1, page.height - shape.y0
        if min(right - left, bottom - top) < _THIN:
            if max(right - left, bottom - top) > _LONG:
                yield _Rule(left, top, right, bottom)
        elif isinstance(shape, LTRect) and min(right - left, bottom - top) > _LONG:
            yield _Rule(left, top, right, top)
            yield _Rule(left, bottom, right, bottom)
            yield _Rule(left, top, left, bottom)
            yield _Rule(right, top, right, bottom)


def _grids(rules: list[_Rule]) -> Iterator[list[_Rule]]:
    """Yield the rules that hang together."""
    while rules:
        found = [rules.pop()]
        for rule in found:  # which grows meanwhile
            touching = [other for other in rules if rule.touches(other)]
            found += touching
            rules = [other for other in rules if other not in touching]
        yield found


def _places(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _is_inside(line: Line, columns: Sequence[float], rows: Sequence[float]) -> bool:
    middle = (line.top + line.bottom) / 2
    return columns[0] - _NEAR < line.left < columns[-1] and rows[0] < middle < rows[-1] and not line.rows


def _table(lines: Sequence[Line], columns: Sequence[float], rows: Sequence[float]) -> list[list[str]]:
    cells = [["" for _column in columns[1:]] for _row in rows[1:]]
    for line in sorted(lines, key=lambda line: (line.top, line.left)):
        row = bisect_right(rows, (line.top + line.bottom) / 2) - 1
        column = max(bisect_right(columns, line.left + _NEAR) - 1, 0)
        cells[row][column] = f"{cells[row][column]} {line.text}".strip()
    return [row for row in cells if any(row)]


def _as_line(lines: Sequence[Line], table: Sequence[Sequence[str]]) -> Line:
    first = lines[0]
    top = min(line.top for line in lines)
    heading = [line for line in lines if line.top < top + first.size]
    strong = " ".join(line.text for line in heading) if all(line.is_strong for line in heading) else ""
    return Line(
        text="",
        page=first.page,
        left=min(line.left for line in lines),
        right=max(line.right for line in lines),
        top=top,
        bottom=max(line.bottom for line in lines),
        size=first.size,
        strong_part=strong,
        page_height=first.page_height,
        rows=tuple(tuple(row) for row in table),
    )
