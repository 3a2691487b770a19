"""Two drawings of what was measured, as SVG that stands by itself: pages beside what is promised, and ten minutes."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from bench.common.processes import Row
from bench.of_desk.crowd import Heard
from bench.of_desk.pages import quantiles
from bench.of_desk.promises import CROWD_MS, PAGES_MS

_WIDTH, _LEFT, _RIGHT = 760, 250, 60
_INKS = {"sqlite": "#0b5ea8", "postgresql": "#b3470c"}
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_TENTH = 10.0  # seconds that are one point of a line


def bars(rows: Sequence[Row]) -> str:
    """Return a drawing of the 95th percentile of each page, with a mark at what is promised."""
    pages = [row for row in rows if row["part"] == "pages" and row["group"] in PAGES_MS]
    kinds = dict.fromkeys((row["what"], row["group"]) for row in pages)
    most = max([*(row["p95"] for row in pages), *PAGES_MS.values()], default=1) * 1.05
    wide = (_WIDTH - _LEFT - _RIGHT) / most
    parts, y = [], 50
    for what, group in kinds:
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 11}" text-anchor="end">{escape(what)}</text>')
        top = y
        for row in (one for one in pages if one["what"] == what):
            long = max(1, row["p95"] * wide)
            parts.append(f'<rect x="{_LEFT}" y="{y}" width="{long:.1f}" height="7" fill="{_INKS[row["database"]]}"/>')
            parts.append(f'<text x="{_LEFT + long + 4:.1f}" y="{y + 7}" font-size="9">{row["p95"]:.0f}</text>')
            y += 8
        at = _LEFT + PAGES_MS[group] * wide
        parts.append(f'<path d="M{at:.1f} {top - 2}V{y + 1}" stroke="#444" stroke-width="1.5"/>')
        y += 5
    title = "Pages of the desk, 95th percentile (ms); the upright strokes are what is promised"
    return _drawn(title, parts, high=y + 20, names=_used(pages))


def minutes(heard: Mapping[str, Heard]) -> str:
    """Return a drawing of the median and the 99th percentile over the time in which everybody was there at once."""
    lines = {database: _over_time(told) for database, told in heard.items()}
    points = [point for line in lines.values() for point in line]
    most = max([*(p99 for _, _, p99 in points), CROWD_MS]) * 1.05
    end = max((at for at, _, _ in points), default=1)
    left, high, low = 60, 50, 300
    wide = (_WIDTH - left - _RIGHT) / end

    def place(at: float, value: float) -> str:
        return f"{left + at * wide:.1f},{low - (low - high) * value / most:.1f}"

    parts = []
    for step in range(0, int(most) + 1, 50):
        y = place(0, step).partition(",")[2]
        parts.append(f'<path d="M{left} {y}H{_WIDTH - _RIGHT}" stroke="{"#444" if step == CROWD_MS else "#ddd"}"/>')
        parts.append(f'<text x="{left - 6}" y="{float(y) + 4}" text-anchor="end">{step}</text>')
    for minute in range(int(end // 60) + 1):
        x = place(minute * 60, 0).partition(",")[0]
        parts.append(f'<text x="{x}" y="{low + 18}" text-anchor="middle">{minute}</text>')
    for database, line in lines.items():
        for place_of, dash in ((1, "3 3"), (2, "")):
            shape = " ".join(place(point[0], point[place_of]) for point in line)
            ink = f'stroke="{_INKS[database]}" stroke-width="2" stroke-dasharray="{dash}"'
            parts.append(f'<polyline points="{shape}" fill="none" {ink}/>')
    parts.append(f'<text x="{_WIDTH / 2}" y="{low + 38}" text-anchor="middle">minutes</text>')
    title = "Everybody at once: milliseconds of an answer, the 99th percentile (dotted: the median)"
    return _drawn(title, parts, high=low + 60, names=list(lines))


def _over_time(told: Heard) -> list[tuple[float, float, float]]:
    """Return for each ten seconds: their middle, and the median and the 99th percentile in milliseconds."""
    found: dict[int, list[float]] = {}
    for at, _, took in told.times:
        found.setdefault(int(at // _TENTH), []).append(1000 * took)
    every = ((at, quantiles(times)) for at, times in sorted(found.items()))
    return [((at + 0.5) * _TENTH, one["p50"], one["p99"]) for at, one in every]


def _used(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(row["database"] for row in rows))


def _drawn(title: str, parts: Sequence[str], *, high: float, names: Sequence[str]) -> str:
    legend = [
        f'<rect x="{20 + 110 * number}" y="30" width="12" height="8" fill="{_INKS[name]}"/>'
        f'<text x="{38 + 110 * number}" y="38">{_NAMES[name]}</text>'
        for number, name in enumerate(names)
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {high:.0f}" role="img" '
        f'aria-label="{escape(title)}" font-family="system-ui, sans-serif" font-size="11.5">'
        f'<rect width="{_WIDTH}" height="{high:.0f}" fill="#fff"/>'
        f'<text x="20" y="20" font-size="14" font-weight="600">{escape(title)}</text>'
    )
    return "\n".join([head, *legend, *parts, "</svg>\n"])
