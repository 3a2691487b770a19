"""The numbers that Word shows before paragraphs and keeps nowhere as text."""

import re
from dataclasses import dataclass

from folkmoot.standards.importing.readers.counting import counted
from folkmoot.standards.importing.readers.word_xml import Element, W, attribute, number_of, value_of

_FORMATS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


class Numbering:
    """Counts through the lists of one document, in the order of its paragraphs."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, str] = {}  # id of the list → of what it looks like
        self._levels: dict[tuple[str, int], _Level] = {}  # (id of the list, level)
        self._counters: dict[tuple[str, int], int] = {}  # (id of what it looks like, level)
        self._restarted: set[tuple[str, int]] = set()
        self._restarts: dict[tuple[str, int], int] = {}
        if root is not None:
            self._read(root)

    def next_label(self, numbering: tuple[str, int] | None) -> tuple[str, int]:
        """Return the label of the next paragraph of a list, and its depth from 1; ("", 0) where there is none."""
        if numbering is None or numbering[0] not in self._lists:
            return "", 0
        number, depth = numbering
        look = self._lists[number]
        level = self._levels.get((number, depth), _Level("bullet", "•", 1))
        if level.format == "bullet":
            return "•", depth + 1
        if (number, depth) in self._restarts and (number, depth) not in self._restarted:
            self._restarted.add((number, depth))
            self._counters[look, depth] = self._restarts[number, depth] - 1
        self._counters[look, depth] = self._counters.get((look, depth), level.start - 1) + 1
        for deeper in [key for key in self._counters if key[0] == look and key[1] > depth]:
            del self._counters[deeper]
        if level.format == "none":
            return "", depth + 1
        return self._shown(number, look, level), depth + 1

    def _shown(self, number: str, look: str, level: _Level) -> str:
        def value(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            of = self._levels.get((number, at), _Level("decimal", "", 1))
            return counted(self._counters.get((look, at), of.start), _FORMATS.get(of.format, "1"))

        return re.sub(r"%([1-9])", value, level.text).strip()

    def _read(self, root: Element) -> None:
        looks = {attribute(one, "abstractNumId"): one for one in root.findall(W + "abstractNum")}
        by_style = {value_of(one.find(W + "styleLink")): key for key, one in looks.items()}
        for one in root.findall(W + "num"):
            number, look = attribute(one, "numId"), value_of(one.find(W + "abstractNumId"))
            if look in looks:
                linked = value_of(looks[look].find(W + "numStyleLink"))
                look = by_style.get(linked, look) if linked else look
            self._lists[number] = look
            for level in looks[look].findall(W + "lvl") if look in looks else ():
                self._add(number, level)
            for change in one.findall(W + "lvlOverride"):
                self._change(number, change)

    def _change(self, number: str, change: Element) -> None:
        start, level = change.find(W + "startOverride"), change.find(W + "lvl")
        if level is not None:
            self._add(number, level)
        if start is not None:
            self._restarts[number, _depth(change)] = number_of(start, 1)

    def _add(self, number: str, level: Element) -> None:
        self._levels[number, _depth(level)] = _Level(
            value_of(level.find(W + "numFmt")) or "decimal",
            value_of(level.find(W + "lvlText")),
            number_of(level.find(W + "start"), 1),
        )


def _depth(element: Element) -> int:
    value = attribute(element, "ilvl")
    return int(value) if value in set("012345678") else 0
