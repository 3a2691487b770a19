"""Signs that are there to be overlooked: hidden characters in words, turned directions, other alphabets.

None of it is a flag on Welsh, Urdu, Arabic or emoji: joiners belong to many scripts and to emoji, directions to texts
that run from right to left, and marks above letters to most languages. What counts is a Latin word that has them.
"""

import re
import unicodedata
from collections.abc import Iterator

from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.reading import Text
from folkmoot.kernel.said import gettext

_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_HIDDEN_INSIDE = re.compile(rf"[{_LATIN}][\u200b-\u200d\u2060\u2061-\u2064\ufeff\u034f\u115f\u3164]+(?=[{_LATIN}])")
_TURNED = re.compile(r"[\u202d\u202e]")
_OTHER_ALPHABET = re.compile(r"[\u0370-\u03ff\u0400-\u052f\u0531-\u0587\u13a0-\u13ff\uab70-\uabbf]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_WORD = re.compile(r"[^\W\d_]{2,60}")


def detect(text: Text) -> Iterator[Finding]:
    """Yield each run of signs that hides or dresses up a Latin word."""
    for found in _HIDDEN_INSIDE.finditer(text.raw):
        yield _finding(0.7, found.start() + 1, found.end(), gettext("A character that nobody sees splits a word."))
    if not _RIGHT_TO_LEFT.search(text.raw):
        for found in _TURNED.finditer(text.raw):
            why = gettext("From here on, letters are shown in another order than they were written.")
            yield _finding(0.8, found.start(), found.end(), why)
    if _OTHER_ALPHABET.search(text.raw):
        for found in _WORD.finditer(text.raw):
            if is_mixed(found[0]):
                why = gettext("Letters of another alphabet stand in for Latin ones that look alike.")
                yield _finding(0.7, found.start(), found.end(), why)


def is_mixed(word: str) -> bool:
    """Say whether a word has Latin letters beside look-alikes of another alphabet ("µ" of physics is neither)."""
    if word.isascii() or not _OTHER_ALPHABET.search(word):
        return False
    return any(unicodedata.name(letter, "").startswith("LATIN") for letter in word)


def _finding(score: float, start: int, end: int, why: str) -> Finding:
    return Finding(Signal.EVASION, "Mh", score, start, end, why)
