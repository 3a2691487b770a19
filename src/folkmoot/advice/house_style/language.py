"""Which lines of a text are English: by the small words that every English sentence has, and others have not."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from folkmoot.advice.house_style.phrases import Word, each, word_list

# Small English words that other languages have as well: they tell where no word of another language stands.
_MAYBE = each("a an in to on at for i he she his her my me as by was were no not all or do can off with")
_LATIN = "\u024f"  # the last letter of the extended Latin alphabet
_TELLING = 15  # words without one of the small ones: that is no English sentence


def english_lines(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return where the lines of `text`, made of `words`, are English; a line that tells nothing goes with the rest."""
    lines = list(_lines(text))
    told = list(_counted(lines, words))
    english, other = sum(one.english for one in told), sum(one.other for one in told)
    whole = english >= other if english else not other and _may_be(words)
    return [line for line, one in zip(lines, told, strict=True) if _is_english(one, whole=whole)]


def _may_be(words: Sequence[Word]) -> bool:
    """Return whether words of which none is of another language may be English: short, or with one that English has."""
    said = [word.text for word in words if word.text.isalpha()]
    return bool(said) and (len(said) < _TELLING or not _MAYBE.isdisjoint(said))


class _Told(NamedTuple):
    """How many words of a line are English, and how many of another language or script."""

    english: int
    other: int


def _is_english(line: _Told, *, whole: bool) -> bool:
    if line.other >= 2 and line.other > line.english:
        return False
    return line.english > line.other or whole


def _counted(lines: list[tuple[int, int]], words: Sequence[Word]) -> Iterator[_Told]:
    in_english, in_others = word_list("english"), word_list("other_languages")
    at = 0
    for _, end in lines:
        english = other = 0
        while at < len(words) and words[at].start < end:
            word = words[at].text
            english += word in in_english
            other += word in in_others or 2 * (word[0] > _LATIN)
            at += 1
        yield _Told(english, other)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, start + len(line)
        start += len(line)
