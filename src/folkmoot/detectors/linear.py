"""The light model: a sum of weights over words and runs of letters, for each head. Quick, small, and easy to explain.

Its weights are one byte each and lie in `artefacts/linear.npz`; `training/linear.py` makes them.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from folkmoot.detectors.features import features, placed

_PART = 8192  # words that are worked out at once: a megabyte of them would need ten times its memory
_USUAL = np.float32(np.sqrt(600))  # features of some fifty words


@dataclass(frozen=True, eq=False)
class Linear:
    """Weights of shape (heads, 2**BITS) as whole numbers, and for each head what makes a probability of their sum."""

    heads: tuple[str, ...]
    weights: NDArray[np.int8]
    scales: NDArray[np.float32]  # one whole number of a head's weights is worth so much
    slopes: NDArray[np.float32]
    offsets: NDArray[np.float32]

    def logits(self, words: list[str]) -> NDArray[np.float32]:
        """Return for each head how likely it holds of folded words, as the logarithm of the odds, of shape (heads,)."""
        sums: NDArray[np.float32] = self._sums(words) * self.slopes + self.offsets
        return sums

    def along(self, words: list[str], head: str) -> NDArray[np.float32]:
        """Return by how much each word, with what begins in it, raises (above 0) or lowers the head's sum.

        The values are those of a text of some fifty words, so that those of a long text can be compared from place
        to place.
        """
        number = self.heads.index(head)
        worth = self.scales[number] * self.slopes[number] / _USUAL
        parts = (words[at : at + _PART] for at in range(0, len(words), _PART))
        return np.concatenate([np.zeros(0, np.float32), *(self._part(part, number) * worth for part in parts)])

    def _part(self, words: list[str], number: int) -> NDArray[np.float32]:
        found, places = placed(words)
        return np.bincount(places, weights=self.weights[number, found], minlength=len(words)).astype(np.float32)

    def _sums(self, words: list[str]) -> NDArray[np.float32]:
        found = features(words)
        if not len(found):
            return np.zeros(len(self.heads), np.float32)
        whole = self.weights[:, found].sum(axis=1, dtype=np.int32).astype(np.float32)
        sums: NDArray[np.float32] = whole * self.scales / np.float32(np.sqrt(len(found)))
        return sums


@cache
def our_model() -> Linear:
    """Return the model that comes with Folkmoot, read once (2 MB)."""
    with as_file(files(__package__) / "artefacts" / "linear.npz") as path, np.load(path, allow_pickle=False) as kept:
        return Linear(tuple(kept["heads"].tolist()), kept["weights"], kept["scales"], kept["slopes"], kept["offsets"])
