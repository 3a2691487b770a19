"""Lists of phrases with something better beside each, and where a text has one of them.

A list is a text file in `lists/`. Each line is a phrase, "=", and what to write instead; a word of the phrase may be
one of several ("going|moving forward"), and may be missing ("fully? engage"). "-" instead of something better: this
longer phrase is fine. Lines that begin with "#" say what the list is. Some lists are words alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BETWEEN = frozenset(" -–,\u00a0\u2011")  # what may stand between two words of a phrase
_WIDEST = 3  # characters
_FINE = "-"


class Word(NamedTuple):
    """A word in small letters at `start:end`; `joined` when nothing but a blank, hyphen or comma stands before it."""

    text: str
    start: int
    end: int
    joined: bool


class Match(NamedTuple):
    """A phrase found at `start:end`, which is words `first` to `last`, and what the list has beside it."""

    start: int
    end: int
    first: int
    last: int
    better: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    places: tuple[tuple[frozenset[str], bool], ...]  # which words each may be, and whether it may be missing
    better: str


class Phrases:
    """A list, ready to be looked for in one walk through a text."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._all: list[_Phrase] = []
        self._by_first: dict[str, list[_Phrase]] = {}
        for line in lines:
            if line.strip() and not line.startswith("#"):
                self._take(line)

    def better(self) -> list[str]:
        """Return what stands beside each phrase, in the order of the list."""
        return [phrase.better for phrase in self._all]

    def found(self, words: list[Word]) -> Iterator[Match]:
        """Yield what stands there, of what begins with the same word the longest; no two overlap."""
        begins = self._by_first
        after = 0
        for at in [number for number, word in enumerate(words) if word.text in begins]:
            if at < after:
                continue
            last, better = max(((_reaches(one, words, at), one.better) for one in begins[words[at].text]), key=_how_far)
            if last >= 0 and better != _FINE:
                yield Match(words[at].start, words[last].end, at, last, better)
            after = max(after, last + 1)

    def _take(self, line: str) -> None:
        said, _, better = line.partition("=")
        places = []
        for place in said.split():
            places.append((frozenset(place.removesuffix("?").split("|")), place.endswith("?")))
        phrase = _Phrase(tuple(places), better.strip())
        self._all.append(phrase)
        for any_of, optional in places:
            for word in any_of:
                self._by_first.setdefault(word, []).append(phrase)
            if not optional:
                break


def words_of(text: str) -> list[Word]:
    """Return the words of a text in small letters, with straight apostrophes."""
    found, before = [], 0
    for one in _WORD.finditer(text):
        gap = text[before : one.start()]
        joined = 0 < len(gap) <= _WIDEST and _BETWEEN.issuperset(gap)
        found.append(Word(one[0].lower().replace("’", "'"), one.start(), one.end(), joined))
        before = one.end()
    return found


def each(words: str) -> frozenset[str]:
    """Return the words of a line of them."""
    return frozenset(words.split())


@cache
def word_list(name: str) -> frozenset[str]:
    """Return one of our lists that are only words, read once."""
    return each(" ".join(line for line in _lines(name) if not line.startswith("#")))


@cache
def listed(name: str) -> Phrases:
    """Return one of our lists, read once."""
    return Phrases(_lines(name))


def _lines(name: str) -> list[str]:
    return files(__package__).joinpath("lists", f"{name}.txt").read_text(encoding="utf-8").splitlines()


def _reaches(phrase: _Phrase, words: list[Word], first: int) -> int:
    """Return the number of the last word of the phrase that begins at word `first`; -1 where it does not."""
    at, last = first, -1
    for any_of, optional in phrase.places:
        if at < len(words) and words[at].text in any_of and (at == first or words[at].joined):
            last = at
            at += 1
        elif not optional:
            return -1
    return last


def _how_far(reached: tuple[int, str]) -> int:
    return reached[0]
