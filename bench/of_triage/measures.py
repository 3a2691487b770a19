"""How good answers are: counts of right and wrong, curves, calibration. Everything from 0 to 1; `nan` where nothing is.

`truth` holds whether each text is in breach, `said` whether it was flagged, `scores` how sure the flagging was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were rightly and wrongly flagged, and rightly and wrongly not."""

    right: int  # in breach, and flagged
    false: int  # not in breach, and flagged all the same
    missed: int  # in breach, and not flagged
    left: int  # neither

    @property
    def accuracy(self) -> float:
        """How many answers were right."""
        return _of(self.right + self.left, self.right + self.left + self.false + self.missed)

    @property
    def recall(self) -> float:
        """How many of those in breach were flagged."""
        return _of(self.right, self.right + self.missed)

    @property
    def false_flags(self) -> float:
        """How many of those not in breach were flagged."""
        return _of(self.false, self.false + self.left)

    @property
    def precision(self) -> float:
        """How many of those flagged were in breach."""
        return _of(self.right, self.right + self.false)

    @property
    def macro_f1(self) -> float:
        """The mean of F1 for those in breach and F1 for the others, so that neither can be left out."""
        one = _of(2 * self.right, 2 * self.right + self.false + self.missed)
        other = _of(2 * self.left, 2 * self.left + self.false + self.missed)
        return (one + other) / 2


def counts(truth: Sequence[int], said: Sequence[bool]) -> Counts:
    """Return how many were right and wrong."""
    pairs = list(zip(truth, said, strict=True))
    return Counts(
        right=sum(bool(true) and flagged for true, flagged in pairs),
        false=sum(not true and flagged for true, flagged in pairs),
        missed=sum(bool(true) and not flagged for true, flagged in pairs),
        left=sum(not true and not flagged for true, flagged in pairs),
    )


def auc(truth: Sequence[int], scores: Sequence[float]) -> float:
    """Return how often one in breach scores above one that is not; the same score counts half."""
    many, below, wins = sum(map(bool, truth)), 0, 0.0
    others = len(truth) - many
    if not many or not others:
        return nan
    by_score: dict[float, list[int]] = {}
    for true, score in zip(truth, scores, strict=True):
        by_score.setdefault(score, [0, 0])[bool(true)] += 1
    for score in sorted(by_score):
        negative, positive = by_score[score]
        wins += positive * (below + negative / 2)
        below += negative
    return wins / (many * others)


def recall_within(truth: Sequence[int], scores: Sequence[float], most: float) -> float:
    """Return the best recall that any threshold reaches while at most `most` of the others are flagged."""
    many = sum(map(bool, truth))
    if not many or many == len(truth):
        return nan
    allowed, best = most * (len(truth) - many), 0
    flagged = false = 0
    order = sorted(zip(scores, truth, strict=True), reverse=True)
    for at, (score, true) in enumerate(order):
        flagged, false = flagged + bool(true), false + (not true)
        if false > allowed:
            break
        if at + 1 == len(order) or order[at + 1][0] < score:  # no threshold lies between two of the same score
            best = flagged
    return best / many


@dataclass(frozen=True, slots=True)
class Bin:
    """Texts with about the same score: how many, their mean score, and how many of them are in breach."""

    many: int
    score: float
    share: float


def calibration(truth: Sequence[int], scores: Sequence[float], *, bins: int = 10) -> list[Bin]:
    """Return the bins that are not empty, in ascending order of score."""
    found: dict[int, list[tuple[float, int]]] = {}
    for true, score in zip(truth, scores, strict=True):
        found.setdefault(min(bins - 1, int(score * bins)), []).append((score, int(bool(true))))
    return [
        Bin(len(one), sum(score for score, _ in one) / len(one), sum(true for _, true in one) / len(one))
        for _, one in sorted(found.items())
    ]


def calibration_error(found: Sequence[Bin]) -> float:
    """Return by how much scores differ from shares, on average of all texts."""
    return _of(sum(one.many * abs(one.score - one.share) for one in found), sum(one.many for one in found))


def margin(share: float, many: int) -> float:
    """Return half the width of the range in which 95 of 100 repetitions would fall (Agresti and Coull)."""
    if not many:
        return nan
    wide = many + 4
    centre = (share * many + 2) / wide
    return 2.0 * float((centre * (1 - centre) / wide) ** 0.5)


def _of(part: float, whole: float) -> float:
    return part / whole if whole else nan
