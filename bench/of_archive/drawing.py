"""Lines on two logarithmic scales, as an SVG that stands by itself."""

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape

_WIDTH, _HEIGHT = 720, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 45, 40, 90
_INKS = ("#0b5ea8", "#b3470c", "#2f7d32", "#6a3d9a", "#7a5c00", "#444")
_DASHES = ("", "7 4", "2 4", "9 3 2 3", "1 2", "12 3")


def drawn(series: Mapping[str, Sequence[tuple[float, float]]], *, title: str, across: str) -> str:
    """Return a drawing of `series`: for each name its points, both numbers above 0."""
    points = [point for line in series.values() for point in line]
    columns, rows = _decades(x for x, _ in points), _decades(y for _, y in points)

    def place(x: float, y: float) -> tuple[float, float]:
        wide, high = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
        return (
            round(_LEFT + wide * _part(x, columns), 1),
            round(_TOP + high * (1 - _part(y, rows)), 1),
        )

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(title)}" font-family="system-ui, sans-serif" font-size="13">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="22" font-size="15" font-weight="600">{escape(title)}</text>',
    ]
    for y in rows:
        x, at = place(columns[0], y)
        parts.append(f'<path d="M{x} {at}H{_WIDTH - _RIGHT}" stroke="#ccc"/>')
        parts.append(f'<text x="{x - 8}" y="{at + 4}" text-anchor="end">{y:,g}</text>')
    for x in columns:
        at, y = place(x, rows[0])
        parts.append(f'<text x="{at}" y="{y + 18}" text-anchor="middle">{x:,.0f}</text>')
    parts.append(f'<text x="{_WIDTH / 2}" y="{_HEIGHT - _BOTTOM + 36}" text-anchor="middle">{escape(across)}</text>')
    for number, (name, line) in enumerate(series.items()):
        parts += _line([place(x, y) for x, y in line], name, number)
    return "\n".join([*parts, "</svg>\n"])


def _line(places: Sequence[tuple[float, float]], name: str, number: int) -> list[str]:
    ink, dash = _INKS[number % len(_INKS)], _DASHES[number % len(_DASHES)]
    style = f'stroke="{ink}" stroke-width="2.5" stroke-dasharray="{dash}" fill="none"'
    x, y = _LEFT + 225 * (number % 3), _HEIGHT - 26 + 18 * (number // 3)
    return [
        f'<polyline points="{" ".join(f"{x},{y}" for x, y in places)}" {style}/>',
        *[f'<circle cx="{x}" cy="{y}" r="3.5" fill="{ink}"/>' for x, y in places],
        f'<path d="M{x} {y - 4}h28" {style}/>',
        f'<text x="{x + 34}" y="{y}" font-size="11.5">{escape(name)}</text>',
    ]


def _decades(values: Iterable[float]) -> list[float]:
    """Return the powers of ten from below the least of `values` to above the largest."""
    found = list(values)
    first, last = math.floor(math.log10(min(found))), math.ceil(math.log10(max(found)))
    return [10.0**power for power in range(first, max(last, first + 1) + 1)]


def _part(value: float, scale: Sequence[float]) -> float:
    return (math.log10(value) - math.log10(scale[0])) / (math.log10(scale[-1]) - math.log10(scale[0]))
