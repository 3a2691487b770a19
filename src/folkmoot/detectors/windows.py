"""Where a long text is read closely: cut into windows, of which those that the cheap layers rank highest are read."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WORDS = 64  # of a window, at most
SIZE = 112  # of what the transformer cuts words into, by the estimate below: more than it can read is not put into one
SEAM = 12  # words of a window that stand in the next one, too: what is said there is read whole
MOST = 16  # windows that the models read


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first` to `last` (exclusive) of a text."""

    first: int
    last: int


def windows(words: Sequence[str]) -> list[Window]:
    """Return the windows of a text of these words, in their order; a text without words has none."""
    found = list[Window]()
    first = last = size = 0
    while last < len(words):
        while last < len(words) and last - first < WORDS and (size + _size(words[last]) <= SIZE or last == first):
            size += _size(words[last])
            last += 1
        found.append(Window(first, last))
        first, size = last, 0
        while last < len(words) and found[-1].last - first < SEAM and size < SIZE // 3 and first > found[-1].first + 1:
            first -= 1
            size += _size(words[first])
    return found


def _size(word: str) -> int:
    """Return into how many pieces the transformer cuts a word, rather too many: letters that it knows little, each."""
    return len(word) // 4 + 1 if word.isascii() else len(word)


def chosen(among: Sequence[Window], suspicion: NDArray[np.float32]) -> list[Window]:
    """Return the windows to read, at most `MOST`, in their order: those with the most `suspicion`, one value a word.

    Harmless words beside a threat do not make it less of one: what counts in a window is what raises suspicion.
    """
    sums = np.concatenate([[0.0], np.cumsum(np.maximum(suspicion, 0))])
    ranked = sorted(among, key=lambda one: sums[one.first] - sums[one.last])
    return sorted(ranked[:MOST], key=lambda one: one.first)
