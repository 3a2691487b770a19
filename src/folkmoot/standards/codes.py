"""Clause codes: capital letters for the section, then a number or one small letter (F3, S0, Sa)."""

import re
from collections.abc import Iterable

CODE_RULE = "one to three capital letters, then a number or one small letter, such as F3, F10 or Sa"

_CODE = re.compile(r"([A-Z]{1,3})(0|[1-9][0-9]{0,2}|[a-z])", re.ASCII)
_PREFIX = re.compile(r"[A-Z]{1,3}", re.ASCII)


def is_code(code: str) -> bool:
    """Whether this is written as a clause code."""
    return _CODE.fullmatch(code) is not None


def is_prefix(prefix: str) -> bool:
    """Whether this can be the letters of a section."""
    return _PREFIX.fullmatch(prefix) is not None


def prefix_of(code: str) -> str:
    """The section letters of a code: "S" for "Sa"; raises ValueError if it is no code."""
    return _split(code)[0]


def place_in_section(code: str) -> tuple[int, int]:
    """A sort key within one section: numbers first in their order (2 before 10), then letters."""
    suffix = _split(code)[1]
    return (0, int(suffix)) if suffix.isdigit() else (1, ord(suffix) - ord("a"))


def next_code(prefix: str, used: Iterable[str]) -> str:
    """The first code of a section that was never used: the letter after the last where it has letters, else a number.

    `used` are all codes that any clause has or had, of this section or others. After z come numbers.
    """
    places = [place_in_section(code) for code in used if prefix_of(code) == prefix]
    letters = [place for kind, place in places if kind == 1]
    if letters and max(letters) < ord("z") - ord("a"):
        return _join(prefix, 1, max(letters) + 1)
    return _join(prefix, 0, max((place for kind, place in places if kind == 0), default=0) + 1)


def gaps(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Codes that are missing, each as (missing code, the code that comes after the hole).

    Numbers start at 0 or 1 and letters at a; each series must be unbroken in its section.
    """
    found = []
    series: dict[tuple[str, int], list[int]] = {}
    for code in codes:
        kind, place = place_in_section(code)
        series.setdefault((prefix_of(code), kind), []).append(place)
    for (prefix, kind), places in sorted(series.items()):
        places = sorted(set(places))
        expected = 0 if kind == 1 or places[0] == 0 else 1
        for place in places:
            after = _join(prefix, kind, place)
            found += [(_join(prefix, kind, hole), after) for hole in range(expected, place)]
            expected = place + 1
    return found


def _split(code: str) -> tuple[str, str]:
    match = _CODE.fullmatch(code)
    if match is None:
        raise ValueError(f"{code!r} is no clause code: {CODE_RULE}")
    return match.group(1), match.group(2)


def _join(prefix: str, kind: int, place: int) -> str:
    return f"{prefix}{chr(ord('a') + place)}" if kind == 1 else f"{prefix}{place}"
