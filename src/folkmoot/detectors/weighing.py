"""How the evidence on a text is put together: one sum for each head from both models and the lists, and a probability.

The weights lie in `artefacts/weighing.json`; `training/weigh.py` fits them, on rows that neither model has learnt from.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from folkmoot.detectors.wordlists import Hit

LISTS = ("child_safety", "harassment", "insults", "profanity", "sexual", "slurs", "spam", "threats")
"""The word lists whose strongest hit in a window is evidence, in the order of its columns."""

Table = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Weighing:
    """A line for each head over the columns of evidence, and from which probability on a head counts as likely."""

    heads: tuple[str, ...]
    weights: Table  # of shape (heads, columns)
    offsets: Table  # of shape (heads,)
    thresholds: Mapping[str, float]

    def probabilities(self, evidence: Table) -> Table:
        """Return probabilities of shape (windows, heads) from evidence of shape (windows, columns)."""
        sums = np.clip(evidence @ self.weights.T + self.offsets, -30, 30)
        found: Table = (1 / (1 + np.exp(-sums))).astype(np.float32)
        return found

    def doubt(self, probabilities: Table) -> Table:
        """Return for each window how likely the likeliest of all heads is; what it is aimed at does not count."""
        asked = [at for at, head in enumerate(self.heads) if head != "policy"]
        likeliest: Table = probabilities[:, asked].max(axis=1)
        return likeliest

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """Return what `training/weigh.py` wrote."""
        weights = np.array([said["weights"][head] for head in said["heads"]], np.float32)
        offsets = np.array([said["offsets"][head] for head in said["heads"]], np.float32)
        return cls(tuple(said["heads"]), weights, offsets, said["thresholds"])


@dataclass(frozen=True, eq=False)
class Weighings:
    """The line for light evidence alone, that for all of it, and below what the light one need not ask further."""

    light: Weighing
    whole: Weighing
    sure: float
    version: str


@cache
def our_weighings() -> Weighings:
    """Return the weights that come with Folkmoot."""
    said = json.loads((files(__package__) / "artefacts" / "weighing.json").read_text(encoding="utf-8"))
    return Weighings(Weighing.of(said["light"]), Weighing.of(said["whole"]), said["sure"], said["version"])


def evidence(sums: Table, light: Table) -> Table:
    """Return the evidence as a whole: the transformer's sums of its heads, then what the light layers found.

    The transformer's first heads are those of the light model; its grounds of hate come after these and are left out.
    """
    return np.hstack([sums[:, : light.shape[1] - len(LISTS)], light])


def of_lists(hits: Iterable[Hit], first: int, last: int) -> list[float]:
    """Return the strongest score of each list among the hits that begin at `first` to `last` of the folded text."""
    strongest = dict.fromkeys(LISTS, 0.0)
    for hit in hits:
        if first <= hit.start < last and hit.score > strongest.get(hit.name, 1):
            strongest[hit.name] = hit.score
    return list(strongest.values())
