"""How easily English text reads: Flesch's reading ease, and how long its sentences are. Advice, never a gate.

60 and more is plain English that somebody of about twelve can read (Flesch 1948). Syllables are counted by rule, so the
number of a single sentence means little; that of a letter is within a few points of what a dictionary gives.
"""

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+|\n\s*\n|\n")
_WORD = re.compile(r"[A-Za-z]+(?:[’'][A-Za-z]+)?|\d[\d,.:]*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[^aeiouy])(?:e|es|ed)$")
_SPOKEN = re.compile(r"(?:[^aeiouy]le|[sxzcg]es|[cs]hes|[td]ed)$")
_WITHIN = re.compile(r"^(some|every|there|where|here|fore|more|one)(?=[b-df-hj-np-tv-xz])")


@dataclass(frozen=True)
class Reading:
    """Flesch's reading ease (about 0 to 100), words per sentence on average, and the longest sentence."""

    ease: float
    average: float
    longest: str
    words: int


def reading(text: str) -> Reading:
    """Return how `text` reads; a line that ends a paragraph ends its sentence. Raises `ValueError` without words."""
    sentences = [words for piece in _SENTENCE.split(text) if (words := _WORD.findall(piece))]
    if not sentences:
        raise ValueError("there are no words to read")
    words = [word for sentence in sentences for word in sentence]
    average = len(words) / len(sentences)
    ease = 206.835 - 1.015 * average - 84.6 * sum(map(syllables, words)) / len(words)
    longest: list[str] = max(sentences, key=len)
    return Reading(ease, average, " ".join(longest), len(words))


def syllables(word: str) -> int:
    """Return how many syllables an English word has, by rule; a number counts as one."""
    letters = re.sub(r"[^a-z]", "", word.lower().replace("’", "'").partition("'")[0])
    if not letters:
        return 1
    letters = _WITHIN.sub(lambda found: found[1][:-1], letters)  # the e of "something" is silent
    count = len(_VOWELS.findall(letters))
    if _SILENT.search(letters) and not _SPOKEN.search(letters):
        count -= 1
    return max(count, 1)
