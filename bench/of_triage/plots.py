"""Three drawings as SVG that stand by themselves: quality against speed, false flags by kind, scores against shares."""

from collections.abc import Mapping, Sequence
from html import escape
from math import isnan, log10

_WIDTH = 760
_INKS = ("#0b5ea8", "#5b8fc4", "#b3470c", "#8a6d00", "#6b3fa0", "#2f7d32", "#555")


def against_speed(points: Sequence[tuple[str, float, float]], *, floor: tuple[float, float]) -> str:
    """Return how good (0 to 1) each is over how many posts a second it judges, with what is asked at the least."""
    left, right, top, low = 60, 40, 50, 330
    slow, fast = 1.0, 5.3  # powers of ten

    def place(speed: float, quality: float) -> tuple[float, float]:
        along = (min(fast, max(slow, log10(max(speed, 1)))) - slow) / (fast - slow)
        return left + along * (_WIDTH - left - right), low - quality * (low - top)

    parts = []
    for power in range(1, 6):
        x = place(10**power, 0)[0]
        parts.append(f'<path d="M{x:.1f} {top}V{low}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{low + 18}" text-anchor="middle">{10**power:,}</text>')
    for tenth in range(0, 11, 2):
        y = place(10, tenth / 10)[1]
        parts.append(f'<path d="M{left} {y:.1f}H{_WIDTH - right}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{10 * tenth}%</text>')
    x, y = place(*floor)
    parts.append(
        f'<path d="M{x:.1f} {top}V{y:.1f}H{_WIDTH - right}" fill="none" stroke="#444" stroke-dasharray="4 3"/>'
        f'<text x="{_WIDTH - right}" y="{y - 5:.1f}" text-anchor="end" fill="#444">asked: above, right of this</text>'
    )
    taken = list[tuple[float, float]]()
    for number, (name, speed, quality) in enumerate(points):
        if isnan(quality):
            continue
        x, y = place(speed, quality)
        while any(abs(y - other) < 13 and abs(x - at) < 200 for at, other in taken):
            y -= 13  # a name is not written over another's
        taken.append((x, y))
        at = place(speed, quality)
        anchor, by = ("end", -9) if x > _WIDTH - 240 else ("start", 9)
        ink = _INKS[number % len(_INKS)]
        parts.append(f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="5" fill="{ink}"/>')
        parts.append(
            f'<text x="{x + by:.1f}" y="{y + 4:.1f}" text-anchor="{anchor}" fill="{ink}">{escape(name)} '
            f"({100 * quality:.0f}%)</text>"
        )
    parts.append(f'<text x="{_WIDTH / 2}" y="{low + 38}" text-anchor="middle">posts a second on one processor</text>')
    return _drawn("Attacks found while at most 5% of fair sentences are flagged", parts, high=low + 55)


def by_kind(shares: Mapping[str, Mapping[str, float]], *, most: float) -> str:
    """Return bars of wrongly flagged sentences by kind and contender, with a stroke at the most that is allowed."""
    names = list(shares)
    kinds = list(next(iter(shares.values()), {}))
    left, right = 240, 60
    wide = (_WIDTH - left - right) / max([most, *(one for found in shares.values() for one in found.values())])
    parts, y = [], 50
    for number, name in enumerate(names):
        ink, line = _INKS[number % len(_INKS)], 30 + 12 * number
        parts.append(f'<rect x="20" y="{line + 2}" width="12" height="8" fill="{ink}"/>')
        parts.append(f'<text x="38" y="{line + 10}">{escape(name)}</text>')
    y = 50 + 12 * len(names)
    for kind in kinds:
        top = y
        parts.append(f'<text x="{left - 8}" y="{y + 10}" text-anchor="end">{escape(kind)}</text>')
        for number, name in enumerate(names):
            share, ink = shares[name][kind], _INKS[number % len(_INKS)]
            parts.append(
                f'<rect x="{left}" y="{y}" width="{max(1.0, share * wide):.1f}" height="7" fill="{ink}"/>'
                f'<text x="{left + share * wide + 4:.1f}" y="{y + 7}" font-size="9">{100 * share:.0f}%</text>'
            )
            y += 9
        x = left + most * wide
        parts.append(f'<path d="M{x:.1f} {top - 2}V{y + 1}" stroke="#444" stroke-width="1.5"/>')
        y += 7
    return _drawn("Fair sentences that are flagged all the same; the strokes are at 5%", parts, high=y + 15)


def reliable(curves: Mapping[str, Sequence[tuple[int, float, float]]]) -> str:
    """Return how many texts with about the same score are in breach: on the slanting line a score is a chance."""
    left, top, low = 60, 50, 410
    long = low - top
    parts = [f'<path d="M{left} {low}L{left + long} {top}" stroke="#444" stroke-dasharray="4 3"/>']
    for fifth in range(6):
        share = fifth / 5
        parts.append(
            f'<path d="M{left} {low - share * long}h{long}M{left + share * long} {top}v{long}" stroke="#ddd"/>'
        )
        parts.append(f'<text x="{left - 6}" y="{low - share * long + 4}" text-anchor="end">{100 * share:.0f}%</text>')
        parts.append(f'<text x="{left + share * long}" y="{low + 18}" text-anchor="middle">{share:.1f}</text>')
    for number, (name, points) in enumerate(curves.items()):
        ink = _INKS[number % len(_INKS)]
        line = " ".join(f"{left + score * long:.1f},{low - share * long:.1f}" for _, score, share in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{ink}" stroke-width="2"/>')
        for many, score, share in points:
            size = 2 + log10(max(1, many))
            parts.append(
                f'<circle cx="{left + score * long:.1f}" cy="{low - share * long:.1f}" r="{size:.1f}" fill="{ink}"/>'
            )
        parts.append(f'<rect x="{left + long + 30}" y="{top + 20 * number}" width="12" height="8" fill="{ink}"/>')
        parts.append(f'<text x="{left + long + 48}" y="{top + 20 * number + 8}">{escape(name)}</text>')
    parts.append(f'<text x="{left + long / 2}" y="{low + 38}" text-anchor="middle">score</text>')
    return _drawn("How many texts of a score are in breach", parts, high=low + 55)


def _drawn(title: str, parts: Sequence[str], *, high: float) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {high:.0f}" role="img" '
        f'aria-label="{escape(title)}" font-family="system-ui, sans-serif" font-size="11.5">'
        f'<rect width="{_WIDTH}" height="{high:.0f}" fill="#fff"/>'
        f'<text x="20" y="20" font-size="14" font-weight="600">{escape(title)}</text>'
    )
    return "\n".join([head, *parts, "</svg>\n"])
