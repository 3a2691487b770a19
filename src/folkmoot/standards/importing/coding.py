"""Codes for every point: letters for the section, then the number or letter that the source gives it."""

import re
import string
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from folkmoot.standards.importing.blocks import Source
from folkmoot.standards.importing.labels import Series
from folkmoot.standards.importing.nesting import Point
from folkmoot.standards.importing.sections import Section

_SMALL = frozenset(
    "a an and are as at be by can do does for from in into is of on our the their to we will with "  # noqa: SIM905
    "your how what who when why section part article chapter annex appendix schedule "
    "y yr i der die das le la les de du des el los".split()
)
_LONGEST_TITLE = 100


@dataclass(frozen=True, slots=True)
class Coded:
    """A section of the pack: its letters, title and what it stands under, with its points by their codes."""

    prefix: str
    title: str
    under: str
    points: tuple[tuple[str, Point], ...]
    label: str = ""  # what the source numbers the section with


def coded(sections: Sequence[Section], source: Source) -> list[Coded]:
    """Return the sections with a code for each point; what could not keep its number is noted in `source`."""
    taken: set[str] = set()
    prefixes = [_prefix(section.title, taken) for section in sections]
    found: list[Coded] = []
    for section, prefix in zip(sections, prefixes, strict=True):
        title = _fitting(section.title, section.place, source)
        under = _fitting(": ".join(section.above), section.place, source)
        made = list(_section(prefix, title, under, section.points, taken, source))
        found += [replace(one, label=section.label) if one.prefix == prefix else one for one in made]
    return found


def _section(
    prefix: str, title: str, under: str, points: Sequence[Point], taken: set[str], source: Source
) -> Iterator[Coded]:
    points = list(_flattened(points, source))
    leading = _leading(points)
    suffixes = _printed_suffixes(points[leading:])
    if suffixes and suffixes[0].isdigit() and leading > 1:
        # The numbers of the source are worth more than one section: what comes before them gets its own.
        opening = _free([prefix + "A"], taken)
        name = _cut(f"{title}: opening")
        yield from _section(opening, name, _within(under, title), points[:leading], taken, source)
        points, leading = points[leading:], 0
    codes = [prefix + suffix for suffix in _suffixes(points, leading, suffixes)]
    _note_changed(prefix, codes, points, source)
    yield Coded(prefix, title, under, tuple(zip(codes, points, strict=True)))
    for code, point in zip(codes, points, strict=True):
        if point.inside:
            letter = string.ascii_uppercase[_place(code)] if _place(code) < 26 else "Z"
            inner = _free([prefix + letter], taken)
            name = _cut(f"{title}, {code}: {point.text}".rstrip(":;,. "))
            made = list(_section(inner, name, _within(under, title), point.inside, taken, source))
            last = made[0].points[-1][0]
            source.doubt(
                point.place, f"{made[0].points[0][0]} to {last} stand under {code}: read them together with it."
            )
            yield from made


def _suffixes(points: Sequence[Point], leading: int, printed: Sequence[str]) -> list[str]:
    """Return what stands after the letters of the section in each code: as printed, else in one row.

    One point before the list is its opening and gets a 0. Points without a label beside lettered ones get numbers.
    """
    if not printed:
        opens = leading == 1 and len(points) > 1 and all(point.label for point in points[1:])
        start = 0 if opens else 1
        return [str(number) for number in range(start, start + len(points))]
    first = 0 if leading == 1 else 1
    others = leading + max(0, len(points) - leading - len(printed))
    numbers = [str(number) for number in range(first, first + others)]
    return [*numbers[:leading], *printed, *numbers[leading:]]


def _flattened(points: Sequence[Point], source: Source) -> Iterator[Point]:
    """Yield the points, those under a bullet after it: without numbers nothing is lost by one row."""
    for point in points:
        yield point
        if point.inside and (point.label is None or point.label.series is Series.BULLET):
            source.doubt(point.place, f"The points under “{_short(point.text)}” follow it as clauses of the same rank.")
            inside, point.inside = point.inside, []
            yield from _flattened(inside, source)


def _leading(points: Sequence[Point]) -> int:
    """Return how many points without a label come before the first that has one; 0 where none has."""
    labelled = [number for number, point in enumerate(points) if point.label]
    return labelled[0] if labelled else 0


def _printed_suffixes(points: Sequence[Point]) -> list[str]:
    """Return what the source calls these points, if that is an unbroken row from 1 or a, else nothing.

    Where points without a label follow, numbers go on to the end; letters leave them out.
    """
    labels = [point.label for point in points if point.label]
    if not labels or any(point.label is None for point in points[: len(labels)]):
        return []
    values = [label.value for label in labels]
    is_row = values == list(range(values[0], values[0] + len(values))) and values[0] in {0, 1}
    is_one_list = len({(label.series, label.path[:-1]) for label in labels}) == 1
    if not is_row or not is_one_list or labels[0].series is Series.BULLET:
        return []
    if labels[0].series in {Series.LETTER, Series.CAPITAL}:
        return list(string.ascii_lowercase[: len(labels)])
    return [str(number) for number in range(values[0], values[0] + len(points))]


def _note_changed(prefix: str, codes: Sequence[str], points: Sequence[Point], source: Source) -> None:
    for code, point in zip(codes, points, strict=True):
        if point.label is None or point.label.series is Series.BULLET:
            continue
        count = code.removeprefix(prefix)
        value = ord(count) - ord("a") + 1 if count.isalpha() else int(count)
        if value != point.label.value:
            source.doubt(
                point.place,
                f"“{point.printed}” became {code}: codes have no holes, and the numbers here have, or begin later.",
            )


def _place(code: str) -> int:
    count = re.sub(r"^[A-Z]+", "", code)
    return ord(count) - ord("a") if count.isalpha() else max(int(count) - 1, 0)


def _prefix(title: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", title)
    words = re.findall(r"[A-Za-z]+", "".join(char for char in plain if not unicodedata.combining(char)))
    telling = [word.upper() for word in words if word.lower() not in _SMALL] or [word.upper() for word in words]
    if not telling:
        return _free([], taken)
    initials = "".join(word[0] for word in telling)
    first = telling[0]
    return _free([first[0], initials[:2], first[0] + first[1:2], initials[:3], first[:3]], taken)


def _free(wishes: Sequence[str], taken: set[str]) -> str:
    """Take the first free letters: one of the wishes, then any that begin like them, then any."""
    first = wishes[0][:1] if wishes else ""
    found = next(
        prefix for prefix in [*wishes, *_all(first), *_all("")] if 1 <= len(prefix) <= 3 and prefix not in taken
    )
    taken.add(found)
    return found


def _all(first: str) -> Iterator[str]:
    letters = string.ascii_uppercase
    if not first:
        yield from letters
    for one in [first] if first else letters:
        yield from (one + two for two in letters)
    for one in [first] if first else letters:
        yield from (one + two + three for two in letters for three in letters)


def _fitting(title: str, place: str, source: Source) -> str:
    if len(title) <= _LONGEST_TITLE:
        return title
    source.leave_out(title, place, "a title that is too long: the pack has its beginning")
    return _cut(title)


def _within(under: str, title: str) -> str:
    both = f"{under}: {title}" if under and not title.startswith(under) else title
    return both if len(both) <= _LONGEST_TITLE else title


def _cut(text: str) -> str:
    if len(text) <= _LONGEST_TITLE:
        return text
    return text[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0][: _LONGEST_TITLE - 1] + "…"


def _short(text: str) -> str:
    words = text.split()
    return text if len(words) <= 8 else f"{' '.join(words[:8])} …"
