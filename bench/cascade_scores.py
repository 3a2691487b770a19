"""What a search found, what of it rightly, and how it is shown."""

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bench.cascade_set import WANTED, Sort
from folkmoot.archive.copies import Cascade
from folkmoot.procedure.cascade.order import Order
from folkmoot.procedure.cascade.proposal import Kind

WIDTH = 34


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


def show_row(row: dict[str, Any]) -> None:
    """Print one line: a method at a size."""
    print(
        f"{row['posts']:>9,} {row['method']:26} recall {row['recall']:6.1%} precision {row['precision']:6.1%}  "
        f"p50 {row['p50_ms']:6.1f} ms  p95 {row['p95_ms']:6.1f} ms (own work {row['p95_cpu_ms']:.1f})  "
        f"filled {row['filled_per_s']:8,.0f}/s",
        flush=True,
    )


def show_sorts(scores: Scores) -> None:
    """Print what was found by sort of copy, and how far each name is right."""
    print(f"\n{'sort of copy':{WIDTH}}{'wanted':>8}{'found':>8}{'recall':>9}{'marked':>8}{'ticked':>8}  taken for")
    for sort in WANTED:
        kinds = ", ".join(f"{kind} {count}" for kind, count in scores.as_kind[sort].most_common())
        wanted, found = scores.wanted[sort], scores.found[sort]
        print(
            f"{sort:{WIDTH}}{wanted:>8,}{found:>8,}{found / max(1, wanted):>9.1%}"
            f"{scores.marked[sort]:>8,}{scores.ticked[sort]:>8,}  {kinds}"
        )
    print(f"\n{'taken for':{WIDTH}}{'named':>8}{'right':>8}{'precision':>11}")
    for kind in Kind:
        if scores.named[kind]:
            right = scores.named[kind] - scores.wrong[kind]
            print(f"{kind:{WIDTH}}{scores.named[kind]:>8,}{right:>8,}{right / scores.named[kind]:>11.1%}")
    wrong = ", ".join(f"{what} {count}" for what, count in scores.wrong_as.most_common()) or "nothing"
    print(f"wrongly proposed: {wrong}")
    print(f"known to be earlier: {scores.earlier} shown as matters of their own, {scores.swept} swept in")
