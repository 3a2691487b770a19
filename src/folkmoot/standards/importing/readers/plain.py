"""Plain text: paragraphs between empty lines, with points and headings that have no empty line around them."""

import re
from dataclasses import dataclass
from itertools import pairwise

from folkmoot.standards.importing.blocks import LEADERS, Block, Source, clean, has_words
from folkmoot.standards.importing.labels import split_label

_NARROW, _WIDE = 45, 140  # characters: nobody wraps lines by hand as narrow, or as wide, as this
_FULL = 0.8  # of the usual width: a line that ends before had room for the next word
_END = tuple(".!?:;…”\"'’)")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str

    @property
    def begins_point(self) -> bool:
        return bool(split_label(self.text)[0])

    @property
    def is_of_contents(self) -> bool:
        return LEADERS.search(self.text) is not None


def read_plain(text: str) -> Source:
    """Return the paragraphs of plain text; each line break inside one becomes a space."""
    source = Source("plain text")
    lines = [_Line(number, clean(line)) for number, line in enumerate(_lines(text), start=1)]
    width = _width([line.text for line in lines])
    gathered: list[_Line] = []
    for line in [*lines, _Line(0, "")]:
        if gathered and (not line.text or _begins_anew(gathered, line, width)):
            _add(source, gathered)
            gathered = []
        if line.text:
            gathered.append(line)
    return source


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n?|[\n\v\f\x85\u2028\u2029]", text)


def _width(lines: list[str]) -> int:
    """Return the width that lines were wrapped at, or 0 where each line is a paragraph of its own."""
    lengths = sorted(len(line) for line in lines if line)
    if not lengths or not _NARROW < lengths[-1] <= _WIDE:
        return 0
    return lengths[int(len(lengths) * 0.95)] if len(lengths) > 1 else lengths[0]


def _begins_anew(gathered: list[_Line], line: _Line, width: int) -> bool:
    last = gathered[-1].text
    if line.begins_point or line.is_of_contents or gathered[-1].is_of_contents or width == 0:
        return True
    if not has_words(line.text) or not has_words(last):
        return True
    had_room = len(last) + 1 + len(line.text.split()[0]) <= width * _FULL
    begins = line.text[0].isupper() or not line.text[0].isalnum()
    return had_room and begins and (last.endswith(_END) or len(gathered) == 1)


def _add(source: Source, lines: list[_Line]) -> None:
    pieces = [lines[0].text]
    for before, line in pairwise(lines):
        # A hyphen at the end of a line of plain text was there before it was wrapped: door-knocking.
        pieces += [line.text] if re.fullmatch(r"\w-", before.text[-2:]) else [" ", line.text]
    text = "".join(pieces)
    place = f"line {lines[0].number}"
    if has_words(text):
        source.blocks.append(Block(text, place))
    else:
        source.leave_out(text, place, "a line without words")
