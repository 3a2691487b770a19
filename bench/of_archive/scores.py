"""What a search found, and what of it rightly."""

import time
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bench.of_archive.families import WANTED, Sort
from folkmoot.archive.copies import Cascade
from folkmoot.procedure.cascade.order import Order

COPIES = [sort for sort in WANTED if sort not in (Sort.ANSWER, Sort.QUOTATION, Sort.MENTION)]


class Took(NamedTuple):
    """Seconds, by the clock and of this process's own work: on a busy machine the two differ."""

    clock: float
    work: float


@dataclass
class Scores:
    """What was found, and what of it rightly."""

    wanted: Counter[str] = field(default_factory=Counter)  # by sort of copy
    found: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)  # by the kind it was taken for
    wrong: Counter[str] = field(default_factory=Counter)
    as_kind: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))  # by sort, then kind
    wrong_as: Counter[str] = field(default_factory=Counter)  # by what it is
    marked: Counter[str] = field(default_factory=Counter)  # as condemning, by sort
    ticked: Counter[str] = field(default_factory=Counter)  # from the start, by sort
    earlier: int = 0  # known to be earlier, and said so
    swept: int = 0  # known to be earlier, and proposed all the same: must stay 0

    def told(self) -> dict[str, Any]:
        """Return what was found by sort of copy, and by what it was taken for, to be printed."""
        sorts = {
            str(sort): {
                "wanted": self.wanted[sort],
                "found": self.found[sort],
                "marked": self.marked[sort],
                "ticked": self.ticked[sort],
                "as": dict(self.as_kind[sort].most_common()),
            }
            for sort in WANTED
        }
        kinds = {str(kind): {"named": named, "wrong": self.wrong[kind]} for kind, named in self.named.items()}
        wrong = {str(what): count for what, count in self.wrong_as.most_common()}
        return {"sorts": sorts, "kinds": kinds, "wrong": wrong, "earlier": self.earlier, "swept": self.swept}

    @property
    def recall(self) -> float:
        """Return the share of the wanted posts that was found."""
        return sum(self.found.values()) / max(1, sum(self.wanted.values()))

    @property
    def precision(self) -> float:
        """Return the share of the found posts that hang together with the original."""
        return 1 - sum(self.wrong.values()) / max(1, sum(self.named.values()))


def score(scores: Scores, family: dict[int, Sort], cascade: Cascade) -> None:
    """Count what was found for one original, and what of it rightly."""
    scores.wanted.update(sort for sort in family.values() if sort in WANTED)
    for proposal in cascade.proposals:
        sort = family.get(proposal.key)
        scores.named[proposal.kind] += 1
        scores.swept += sort == Sort.EARLIER
        if sort is None or sort not in WANTED:
            scores.wrong[proposal.kind] += 1
            scores.wrong_as[sort or "unrelated"] += 1
            continue
        scores.found[sort] += 1
        scores.as_kind[sort][proposal.kind] += 1
        scores.marked[sort] += proposal.condemns
        scores.ticked[sort] += proposal.default_ticked
        if sort == Sort.NO_DATE and proposal.order != Order.UNKNOWN:
            raise SystemExit("an order was guessed")
    scores.earlier += sum(family.get(proposal.key) == Sort.EARLIER for proposal in cascade.earlier)


def score_rival(scores: Scores, family: dict[int, Sort], found: Collection[int]) -> None:
    """Count what a rival found for one original; what is linked only is not asked of it, nor which came first."""
    copies = {key: sort for key, sort in family.items() if sort in COPIES}
    scores.wanted.update(copies.values())
    scores.found.update(sort for key, sort in copies.items() if key in found)
    scores.named["alike"] += len(found)
    for key in found:
        sort = family.get(key)
        if sort not in COPIES and sort != Sort.EARLIER:
            scores.wrong["alike"] += 1
            scores.wrong_as[sort or "unrelated"] += 1


def now() -> Took:
    """Return the time, by the clock and of this process's own work."""
    return Took(time.perf_counter(), time.process_time())


def since(began: Took) -> Took:
    """Return what has passed since."""
    at = now()
    return Took(at.clock - began.clock, at.work - began.work)


def figures(scores: Scores, times: Sequence[Took]) -> dict[str, float]:
    """Return the shares, and the times in milliseconds."""
    ordered = sorted(took.clock for took in times)
    worked = sorted(took.work for took in times)
    return {
        "recall": round(scores.recall, 4),
        "precision": round(scores.precision, 4),
        "p50_ms": round(ordered[len(ordered) // 2] * 1000, 2),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 2),
        "p95_cpu_ms": round(worked[int(len(worked) * 0.95)] * 1000, 2),
        "most_ms": round(ordered[-1] * 1000, 2),
    }
