"""Lines joined to paragraphs: where the space, the indent, the letters or a label say that another begins."""

import re
import statistics
from collections.abc import Sequence
from itertools import pairwise

from folkmoot.standards.importing.blocks import LEADERS, Block, Source, has_words
from folkmoot.standards.importing.labels import split_label
from folkmoot.standards.importing.readers.pdf_lines import Line
from folkmoot.standards.importing.readers.tables import add_rows

_WIDER = 1.4  # than the usual space from line to line: another paragraph
_LARGER = 1.12  # than the usual letters: stands out
_END = tuple('.!?:;…”"’)')


def add_paragraphs(source: Source, lines: Sequence[Line]) -> None:
    """Join the lines, in reading order, to paragraphs and add them to `source`."""
    if not lines:
        return
    usual = _Usual([line for line in lines if not line.rows] or lines)
    gathered: list[Line] = []
    for line in lines:
        if line.rows:
            if gathered:
                _add(source, gathered, usual)
            gathered = []
            add_rows(source, line.rows, f"{line.place} (a table)", has_header=bool(line.strong_part))
            continue
        if gathered and usual.begins_anew(gathered, line, source):
            _add(source, gathered, usual)
            gathered = []
        gathered.append(line)
    if gathered:
        _add(source, gathered, usual)


class _Usual:
    """What is usual in this document: the size of letters, the step from line to line, the width of lines."""

    def __init__(self, lines: Sequence[Line]) -> None:
        weights = [line.size for line in lines for _letter in line.text or "-"]
        self.size = statistics.median(weights)
        steps = [two.top - one.top for one, two in pairwise(lines) if self._is_next(one, two)]
        # The closest lines are those of one paragraph.
        self.step = sorted(steps)[len(steps) // 4] if steps else 1.2 * self.size
        self.words = {word for line in lines for word in re.findall(r"[\w-]+", line.text.casefold())}
        self.divides_words = self._divides_words(lines)
        widths = sorted(line.right - line.left for line in lines)
        self.width = widths[int(len(widths) * 0.9)] if len(widths) > 1 else widths[0]

    def _divides_words(self, lines: Sequence[Line]) -> bool:
        """Say whether words are divided at the ends of lines: some that are stand whole elsewhere."""
        ends = [
            (cut[1], rest[0])
            for one, two in pairwise(lines)
            if (cut := re.search(r"(\w+)-$", one.text.casefold())) and (rest := re.match(r"\w+", two.text.casefold()))
        ]
        whole = sum(f"{one}{two}" in self.words for one, two in ends)
        return whole > sum(f"{one}-{two}" in self.words for one, two in ends)

    def begins_anew(self, gathered: Sequence[Line], line: Line, source: Source) -> bool:
        """Say whether `line` begins another paragraph than the lines gathered so far."""
        last = gathered[-1]
        if LEADERS.search(line.text) or LEADERS.search(last.text):
            return True
        if split_label(line.text)[0] or abs(line.size - last.size) > 0.1 * self.size:
            return True
        if not self._is_next(last, line):
            return self._begins_after_break(gathered, line, source)
        if line.top - last.top > _WIDER * self.step:
            return True
        is_indented = line.left > last.left + self.size and len(gathered) > 1
        had_room = last.right + self._width_of_first_word(line) < last.left + 0.9 * self.width
        if self.stands_out(line) != self.stands_out(last) and had_room:
            return True
        return last.text.endswith(_END) and (is_indented or had_room)

    def stands_out(self, line: Line) -> bool:
        """Say whether this line looks like a heading: larger letters, or bold ones."""
        return line.size > _LARGER * self.size or line.is_strong

    def _begins_after_break(self, gathered: Sequence[Line], line: Line, source: Source) -> bool:
        last = gathered[-1]
        goes_on = not last.text.endswith(_END) and not self.stands_out(last)
        if goes_on and (line.text[0].islower() or last.right - last.left > 0.8 * self.width):
            ends = f"“{_short(last.text)}” and “{line.text[:60]}”"
            source.doubt(line.place, f"{ends} were joined to one paragraph across a column or page.")
            return False
        return True

    def _is_next(self, one: Line, two: Line) -> bool:
        return one.page == two.page and 0 < two.top - one.top < 3 * one.size + 12 and two.left < one.right

    def _width_of_first_word(self, line: Line) -> float:
        return (line.right - line.left) * len(line.text.split()[0]) / len(line.text)


def _add(source: Source, lines: Sequence[Line], usual: _Usual) -> None:
    text, opening = lines[0].text, lines[0].strong_part
    for before, line in pairwise(lines):
        text = _joined(text, line.text, usual, source, line.place)
        if before.is_strong and line.strong_part:
            opening = f"{opening} {line.strong_part}"
    place = lines[0].place
    if not has_words(text):
        source.leave_out(text, place, "a line without words")
        return
    is_strong = all(usual.stands_out(line) for line in lines)
    source.blocks.append(Block(text, place, is_strong=is_strong, opening="" if is_strong else opening))


def _joined(text: str, more: str, usual: _Usual, source: Source, place: str) -> str:
    """Join two lines; a hyphen at the end of the first may belong to the word or only to the line."""
    cut = re.search(r"(\w+)-$", text)
    rest = re.match(r"\w+", more)
    if not cut or not rest or not more[0].islower():
        return f"{text} {more}"
    whole, hyphened = f"{cut[1]}{rest[0]}".casefold(), f"{cut[1]}-{rest[0]}".casefold()
    if whole in usual.words or hyphened in usual.words:
        return text[:-1] + more if whole in usual.words else text + more
    taken = whole if usual.divides_words else hyphened
    source.doubt(place, f"“{hyphened}” was divided at the end of a line; it was taken as “{taken}”.")
    return text[:-1] + more if usual.divides_words else text + more


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words) if len(words) <= 6 else f"… {' '.join(words[-6:])}"
