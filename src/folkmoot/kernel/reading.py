"""How easily English text reads: Flesch's reading ease, and how long its sentences are. Advice, never a gate.

60 and more is plain English that somebody of about twelve can read (Flesch 1948). Syllables are counted by rule, so the
number of a single sentence means little; that of a letter is within a few points of what a dictionary gives.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+|(?<=[。！？؟।])\s*|\n")
_BEFORE = re.compile(r"([^\W\d_](?:[\w.]*\w)?)\.[\"”’)]*$")
_TITLE = re.compile(r"cllrs?|dr|mrs?|ms|prof|rev|hon|rt|st|vs|e\.g|i\.e|eg|ie|cf|approx")
_CUT_SHORT = re.compile(r"a\.m|p\.m|etc|ltd|inc|co|jr")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|\d[\d,.:]*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[^aeiouy])(?:e|es|ed)$")
_SPOKEN = re.compile(r"(?:[^aeiouy]le|[sxzcg]es|[cs]hes|[td]ed)$")
_MORE = re.compile(r"[aeiouy]ing$|sms?$|[^c]i(?:er|est)$|[^cst]ian?s?$")  # be-ing, sar-cas-m, earl-i-er, med-i-a
_MUTE = re.compile(r".[^aeiouylh]ements?$")  # the e before -ment in "statement"
_WITHIN = re.compile(r"^(some|every|there|where|here|fore|more|one)(?=[b-df-hj-np-tv-xz])")


@dataclass(frozen=True)
class Reading:
    """Flesch's reading ease (about 0 to 100), words per sentence on average, and the longest sentence."""

    ease: float
    average: float
    longest: str
    words: int


def reading(text: str) -> Reading:
    """Return how `text` reads; the end of a line ends its sentence. Raises `ValueError` without words."""
    sentences = [words for start, end in sentence_spans(text) if (words := _WORD.findall(text, start, end))]
    if not sentences:
        raise ValueError("there are no words to read")
    words = [word for sentence in sentences for word in sentence]
    average = len(words) / len(sentences)
    spoken = sum(syllables(word) * times for word, times in Counter(words).items())
    ease = 206.835 - 1.015 * average - 84.6 * spoken / len(words)
    longest: list[str] = max(sentences, key=len)
    return Reading(ease, average, " ".join(longest), len(words))


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of `text` begins and ends, without the white space around; none of them is empty.

    The full stop after "Cllr", after a single initial, in "No. 10" and within "10 a.m. on Friday" ends none.
    """
    start = 0
    for found in _END.finditer(text):
        if _goes_on(text, found):
            continue
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, len(text))


def _goes_on(text: str, end: re.Match[str]) -> bool:
    """Return whether what looks like an end is only the full stop of a word cut short."""
    if "\n" in end[0] or text[end.start() - 1] != ".":
        return False
    before = _BEFORE.search(text, max(0, end.start() - 16), end.start())
    if before is None:
        return False
    word = before[1].lower()
    if _TITLE.fullmatch(word) or (len(word) == 1 and before[1].isupper()):
        return True
    following = text[end.end() : end.end() + 1]
    return (word == "no" and following.isdigit()) or (bool(_CUT_SHORT.fullmatch(word)) and following.islower())


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if inner := piece.strip():
        start += len(piece) - len(piece.lstrip())
        yield start, start + len(inner)


def syllables(word: str) -> int:
    """Return how many syllables an English word has, by rule; a number counts as one."""
    letters = re.sub(r"[^a-z]", "", word.lower().replace("’", "'").partition("'")[0])
    if not letters:
        return 1
    letters = _WITHIN.sub(lambda found: found[1][:-1], letters)  # the e of "something" is silent
    count = len(_VOWELS.findall(letters))
    if _SILENT.search(letters) and not _SPOKEN.search(letters):
        count -= 1
    count += bool(_MORE.search(letters)) - bool(_MUTE.search(letters))
    return max(count, 1)
