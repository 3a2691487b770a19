"""Where a long text is read closely: cut into windows, of which those that the cheap layers rank highest are read."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WORDS = 64  # of a window
STEP = 52  # words from the beginning of one window to that of the next: what is said at a seam stands in both
MOST = 16  # windows that the models read


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first` to `last` (exclusive) of a text."""

    first: int
    last: int


def windows(many: int) -> list[Window]:
    """Return the windows of a text of so many words, in their order; a text without words has none."""
    if not many:
        return []
    if many <= WORDS:
        return [Window(0, many)]
    firsts = [*range(0, many - WORDS, STEP), many - WORDS]
    return [Window(first, first + WORDS) for first in firsts]


def chosen(among: Sequence[Window], suspicion: NDArray[np.float32]) -> list[Window]:
    """Return the windows to read, at most `MOST`, in their order: those with the most `suspicion`, one value a word.

    Harmless words beside a threat do not make it less of one: what counts in a window is what raises suspicion.
    """
    sums = np.concatenate([[0.0], np.cumsum(np.maximum(suspicion, 0))])
    ranked = sorted(among, key=lambda one: sums[one.first] - sums[one.last])
    return sorted(ranked[:MOST], key=lambda one: one.first)
