"""Lists of words and phrases, and where a text has one of them, also in disguise.

A list is a text file in `wordlists/`. Each line is a score from 0 to 1 and a phrase; a word of it may be one of several
("live|lives") and may be missing ("a?"). Lines that begin with "#" say what the list is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import NamedTuple

from folkmoot.kernel.lookalikes import FOLDS, spelt_out

_MOST_REMEMBERED = 10_000
MOST_TIMES = 50  # that the same words of a list are reported: who writes one a hundred thousand times gains nothing


class Word(NamedTuple):
    """A folded word and where it stands in the folded text; `hidden` when somebody took pains to hide it."""

    text: str
    start: int
    end: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a list, found at `plain[start:end]` of a text; `hidden` when it was disguised."""

    name: str  # of the list
    words: str
    score: float
    start: int
    end: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """One word of a phrase: which it may be, and whether it may be missing."""

    any_of: frozenset[str]
    optional: bool


@dataclass(frozen=True, slots=True)
class _Phrase:
    name: str
    score: float
    places: tuple[_Place, ...]


class WordLists:
    """Lists by their names, ready to be looked for, all of them in one walk through a text."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._phrases: dict[str, list[_Phrase]] = {}
        self._by_length: dict[int, list[tuple[str, _Phrase]]] = {}
        self._remembered: dict[str, list[tuple[str, _Phrase]]] = {}
        for name, lines in lists.items():
            for line in lines:
                if line.strip() and not line.startswith("#"):
                    self._take(name, line)

    def hits(self, words: list[Word], disguised: list[Word]) -> Iterator[Hit]:
        """Yield what is found, first what stands there openly. The same words of a list count so many times at most."""
        times = Counter[tuple[str, str]]()
        for hit in chain(self._open(words), self._disguised(disguised)):
            times[hit.name, hit.words] += 1
            if times[hit.name, hit.words] <= MOST_TIMES:
                yield hit

    def _open(self, words: list[Word]) -> Iterator[Hit]:
        phrases = self._phrases
        for number, word in enumerate(words):
            for phrase in phrases.get(word.text, ()):
                last = _reaches(phrase.places, words, number)
                if last is not None:
                    found = words[number : last + 1]
                    said = " ".join(one.text for one in found)
                    yield Hit(phrase.name, said, phrase.score, word.start, found[-1].end, hidden=False)

    def _disguised(self, words: list[Word]) -> Iterator[Hit]:
        for word in words:
            for entry, phrase in self._known(word.text):
                yield Hit(phrase.name, entry, phrase.score, word.start, word.end, word.hidden)

    def _known(self, word: str) -> list[tuple[str, _Phrase]]:
        """Return what a disguised word may be, remembered: a flood repeats itself."""
        if word not in self._remembered:
            if len(self._remembered) > _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = list(self._starred(word) if "*" in word else self._single(word))
        return self._remembered[word]

    def _single(self, word: str) -> Iterator[tuple[str, _Phrase]]:
        for phrase in self._phrases.get(word, ()):
            if len(phrase.places) == 1:
                yield word, phrase

    def _starred(self, word: str) -> Iterator[tuple[str, _Phrase]]:
        """Yield the first entry that a word with stars for letters can be, if enough of it is left to tell."""
        left = len(word) - word.count("*")
        if word[0] == "*" or left * 2 < len(word) - 1:
            return
        for entry, phrase in self._by_length.get(len(word), ()):
            if all(letter in ("*", other) for letter, other in zip(word, entry, strict=True)):
                yield entry, phrase
                return

    def _take(self, name: str, line: str) -> None:
        score, *wanted = line.split()
        phrase = _Phrase(name, float(score), tuple(_place(word) for word in wanted))
        for place in phrase.places:
            for word in place.any_of:
                self._phrases.setdefault(word, []).append(phrase)
            if not place.optional:
                break
        if len(phrase.places) == 1:
            for word in phrase.places[0].any_of:
                self._by_length.setdefault(len(word), []).append((word, phrase))


@cache
def our_lists() -> WordLists:
    """Return all of our lists, read once."""
    return WordLists(our_lines())


def our_lines() -> dict[str, list[str]]:
    """Return the lines of each of our lists, by its name."""
    folder = files(__package__).joinpath("wordlists")
    named = {one.name.removesuffix(".txt"): one for one in folder.iterdir() if one.name.endswith(".txt")}
    return {name: named[name].read_text(encoding="utf-8").splitlines() for name in sorted(named)}


@dataclass
class _InUse:
    lists: WordLists | None = None


_in_use = _InUse()


def look_for(lists: WordLists) -> None:
    """Look for these lists instead of ours from now on, in this whole process: for one that only tries them."""
    _in_use.lists = lists


def lists_in_use() -> WordLists:
    """Return the lists that this process looks for: ours, mostly."""
    return _in_use.lists or our_lists()


def _place(word: str) -> _Place:
    optional = word.endswith("?")
    any_of = (_folded(one) for one in word.removesuffix("?").split("|"))
    return _Place(frozenset(one for one in any_of if one), optional)


def _folded(word: str) -> str:
    return spelt_out(word.translate(FOLDS).replace(" ", ""))


def _reaches(places: tuple[_Place, ...], words: list[Word], number: int) -> int | None:
    """Return the number of the last word of the phrase that begins at word `number`; `None` where it does not."""
    at, last = number, None
    for place in places:
        if at < len(words) and words[at].text in place.any_of:
            last = at
            at += 1
        elif not place.optional:
            return None
    return last
