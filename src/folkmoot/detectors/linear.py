"""The light model: a sum of weights over words and runs of letters, for each head. Quick, small, and easy to explain.

Its weights are one byte each and lie in `artefacts/linear.npz`; `training/linear.py` makes them.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from folkmoot.detectors.features import features


@dataclass(frozen=True, eq=False)
class Linear:
    """Weights of shape (heads, 2**BITS) as whole numbers, and for each head what makes a probability of their sum."""

    heads: tuple[str, ...]
    weights: NDArray[np.int8]
    scales: NDArray[np.float32]  # one whole number of a head's weights is worth so much
    slopes: NDArray[np.float32]
    offsets: NDArray[np.float32]

    def scores(self, words: list[str]) -> dict[str, float]:
        """Return for each head how likely it is that it holds of folded words, from 0 to 1."""
        found = 1 / (1 + np.exp(-(self._sums(words) * self.slopes + self.offsets)))
        return dict(zip(self.heads, found.tolist(), strict=True))

    def moved_by(self, words: list[str], head: str) -> list[float]:
        """Return by how much each word raises (above 0) or lowers the head's sum: what is missing without it."""
        number = self.heads.index(head)
        whole = self._sums(words)[number]
        left = [self._sums([*words[:at], *words[at + 1 :]])[number] for at in range(len(words))]
        return [float((whole - without) * self.slopes[number]) for without in left]

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
