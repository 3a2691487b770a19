"""What stands before a point of a list: "2.", "(a)", "1.2.3", "iv)", "•"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Series(StrEnum):
    """How a list counts."""

    BULLET = "bullet"
    NUMBER = "number"
    DECIMAL = "decimal"  # 1.2, 1.2.3
    LETTER = "letter"
    CAPITAL = "capital"
    ROMAN = "roman"


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed, and what it counts: (1, 2, 3) for "1.2.3", (3,) for "c)", () for a bullet.

    `word` is the one before the number, if there is one: chapters and the rules in them are counted apart.
    """

    printed: str
    series: Series
    path: tuple[int, ...] = ()
    word: str = ""

    @property
    def kind(self) -> tuple[str, Series]:
        """What sets apart one way of counting from another."""
        return self.word, self.series

    @property
    def value(self) -> int:
        """The last number of the path; 0 for a bullet."""
        return self.path[-1] if self.path else 0

    def follows(self, other: "Label") -> bool:
        """Say whether this is the next point of the same list."""
        if self.kind != other.kind:
            return False
        return self.path[:-1] == other.path[:-1] and (not self.path or self.value == other.value + 1)


_BULLETS = "•‣◦▪▫■□●○◆◇►▶➢➤✓✔·∙–—*\uf0b7\uf0a7\uf0d8\u2043-"
_NAMED = r"(?:Article|Section|Rule|Clause|Part|Principle|Standard|Chapter|Schedule|Appendix|Annex|Paragraph)"
_BULLET = re.compile(rf"(?P<mark>[{re.escape(_BULLETS)}]|o(?=\s+[^\W\d_]))\s+(?=\S)")
_NUMBERED = re.compile(
    rf"(?P<mark>(?:{_NAMED}\s+|§\s*)?\(?(?P<count>[0-9]{{1,3}}(?:\.[0-9]{{1,3}})*|[A-Za-z]|[ivxlIVXL]{{2,6}})(?P<end>[.):]+(?:\s*[–—-])?|\s+[–—-]))\s+(?=\S)"
)
_DECIMAL = re.compile(r"(?P<mark>§?\s*(?P<count>[0-9]{1,3}(?:\.[0-9]{1,3})+))\s+(?=\S)")
_BARE = re.compile(r"(?P<mark>(?P<count>[0-9]{1,3}))\s+(?=[^\W\d_])")
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")


def split_label(text: str) -> tuple[str, str]:
    """Return the label that `text` begins with, or "", and the rest, which is never empty."""
    for pattern in (_BULLET, _DECIMAL, _NUMBERED):
        found = pattern.match(text)
        if found and _is_label(found):
            return found["mark"], text[found.end() :]
    return "", text


def split_bare_number(text: str) -> tuple[str, str]:
    """Return ("3", "Scope") for "3 Scope", as headings are numbered; ("", text) for anything else."""
    found = _BARE.match(text)
    return (found["mark"], text[found.end() :]) if found else ("", text)


@lru_cache(maxsize=4096)
def readings(printed: str) -> tuple[Label, ...]:
    """Return what a printed label can be, likeliest first: "i." is a Roman one or the ninth letter. (): no label."""
    return tuple(_readings(printed.strip()))


def roman_value(text: str) -> int:
    """Return the number that small Roman digits up to xxxix say, or 0."""
    found = _ROMAN.fullmatch(text)
    if not found or not text:
        return 0
    ones = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
    return 10 * len(found[1]) + ones[found[2]]


def _readings(mark: str) -> Iterator[Label]:
    if not mark:
        return
    named = re.match(_NAMED, mark)
    word = named[0].lower() if named else ""
    found = re.search(r"[0-9]+(?:\.[0-9]+)*|[A-Za-z]+(?=\W*$)", mark[len(word) :])
    if found is None or (mark == "o"):
        yield Label(mark, Series.BULLET)
        return
    count = found[0]
    if count[0].isdigit():
        path = tuple(int(part) for part in count.split("."))
        if len(path) == 2 and path[1] == 0:
            path = path[:1]  # 1.0 is the heading of 1.1
        yield Label(mark, Series.DECIMAL if len(path) > 1 else Series.NUMBER, path, word)
        return
    roman = roman_value(count.lower())
    if roman and (len(count) > 1 or count in "iI"):
        yield Label(mark, Series.ROMAN, (roman,), word)
    if len(count) == 1:
        series = Series.LETTER if count.islower() else Series.CAPITAL
        yield Label(mark, series, (ord(count.lower()) - ord("a") + 1,), word)
        if roman and count not in "iI":
            yield Label(mark, Series.ROMAN, (roman,), word)


def _is_label(found: re.Match[str]) -> bool:
    """Keep words that only look like labels: "I. e." and "A: …" are none, "vi." is one and "mix." is not."""
    groups = found.groupdict()
    count, end = groups.get("count") or "", groups.get("end") or ""
    if not count or count[0].isdigit():
        return ":" not in end or not found["mark"][0].isdigit()
    if found["mark"][0] == count[0] and end.strip() not in {".", ")", ".)"}:
        return False
    return len(count) == 1 or roman_value(count.lower()) > 0
