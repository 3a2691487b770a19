"""Which words moved the score: each is left out in turn, and the models are asked again (occlusion)."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from folkmoot.detectors.close_reading import CloseReading, Weighed
from folkmoot.detectors.judgement import Moved
from folkmoot.detectors.reading import Text

MOST_WORDS = 12  # that are named
_LONGEST, _WIDEST = 200, 20  # characters of a word and of what stands between two: a megabyte of one would take minutes
_LEAST = 0.1  # of the difference of the logarithms of the odds, below which a word has moved nothing


class Weighs(Protocol):
    """What weighs the windows of texts."""

    def weigh_windows(self, readings: Sequence[CloseReading]) -> Sequence[Sequence[Weighed]]:
        """Return what is made of each window that is read closely."""


def words_that_moved(judge: Weighs, reading: CloseReading, weighed: Sequence[Weighed]) -> tuple[Moved, ...]:
    """Return the words of the likeliest window by how much each raises or lowers the odds of a breach, in their order.

    A weight of 1 makes a breach some 2.7 times as likely: it is the difference of the logarithms of the odds with
    the word and without. Sentences are not read by themselves for that: which one stands out may change with a word.
    """
    worst = max(weighed, key=lambda one: one.heads["flag"])
    places = [(piece.start, piece.end) for piece in reading.pieces[worst.window.first : worst.window.last]]
    texts = _left_out(reading.text.raw, places)
    whole, *without = [
        _odds(one) for one in judge.weigh_windows([CloseReading(Text(text), reading.linear) for text in texts])
    ]
    moved = [Moved(*place, round(whole - odds, 3)) for place, odds in zip(places, without, strict=True)]
    most = sorted((one for one in moved if abs(one.weight) >= _LEAST), key=lambda one: -abs(one.weight))[:MOST_WORDS]
    return tuple(sorted(most))


def _left_out(raw: str, places: Sequence[tuple[int, int]]) -> list[str]:
    """Return the words at `places` with what stands between them, and the same without each of the words in turn."""
    words = [raw[start : min(end, start + _LONGEST)] for start, end in places]
    gaps = [raw[end : min(start, end + _WIDEST)] for (_, end), (start, _) in pairwise(places)] + [""]
    parts = [part for pair in zip(words, gaps, strict=True) for part in pair]
    return ["".join(parts), *("".join(parts[:at] + parts[at + 1 :]) for at in range(0, len(parts), 2))]


def _odds(weighed: Sequence[Weighed]) -> float:
    likely = max((one.heads["flag"] for one in weighed), default=0.0)
    likely = min(max(likely, 1e-6), 1 - 1e-6)
    return math.log(likely / (1 - likely))
