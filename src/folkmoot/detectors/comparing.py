"""What a changed model or list of words would make of posts, beside what was made of them before. Pure.

Only counts, scores, numbers of posts and places in them are kept here, never their words.
"""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from folkmoot.detectors.finding import Finding
from folkmoot.detectors.signal_words import CLEAR

BANDS = 10  # of scores, from 0 to 1
SHOWN = 20  # posts of one kind in the sample
_PLACES = 12  # of one post that are kept
KINDS = ("newly_flagged", "no_longer_flagged", "other_lane", "other_signals")
"""Why a post is in the sample."""


@dataclass(frozen=True)
class Side:
    """What was made of one text: before, or by what is tried."""

    flag: bool
    score: float  # 0 to 1
    lane: str  # the one it should travel in
    signals: frozenset[str]  # those that are at least clear, and no mere advice
    places: tuple[tuple[int, int], ...] = ()  # of these, in the text

    @classmethod
    def of(cls, findings: Iterable[Finding], *, flag: bool, score: float, lane: str) -> "Side":
        """Return what these findings come to."""
        clear = [one for one in findings if one.score >= CLEAR and not one.advice]
        places = tuple((one.start, one.end) for one in clear[:_PLACES])
        return cls(flag, score, lane, frozenset(str(one.signal) for one in clear), places)


@dataclass
class _Change:
    """How many have something before and after, and how many came to it or lost it."""

    before: int = 0
    after: int = 0
    newly: int = 0
    no_longer: int = 0

    def take(self, *, before: bool, after: bool) -> None:
        self.before += before
        self.after += after
        self.newly += after and not before
        self.no_longer += before and not after

    def as_json(self) -> dict[str, int]:
        return {"before": self.before, "after": self.after, "newly": self.newly, "no_longer": self.no_longer}


@dataclass
class _Decided:
    """Of posts on which people have decided so: how many are flagged."""

    posts: int = 0
    compared: int = 0
    before: int = 0  # of those that are compared
    after: int = 0


@dataclass
class Comparison:
    """Counts of what would change, and a sample of it that is the same for the same seed and posts."""

    seed: int = 0
    posts: int = 0  # looked at
    new: int = 0  # of these nothing was kept, so that nothing can be compared
    new_flagged: int = 0
    changed: int = 0  # in which anything that people see is otherwise
    flagged: _Change = field(default_factory=_Change)
    signals: dict[str, _Change] = field(default_factory=dict)
    lanes: Counter[tuple[str, str]] = field(default_factory=Counter)
    moves: Counter[tuple[int, int]] = field(default_factory=Counter)  # from one band of scores to another
    decided: dict[str, _Decided] = field(default_factory=dict)
    called_wrong: dict[str, list[int]] = field(default_factory=dict)  # signal: marks, and how many would come again
    samples: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311  it chooses examples, and guards nothing
        self._met: Counter[str] = Counter()

    def take(
        self, post: int, before: Side | None, after: Side, *, decided: str = "", wrong: Sequence[str] = ()
    ) -> None:
        """Count one post. `decided` is how people decided on it, `wrong` the signals that they called wrong."""
        self.posts += 1
        self._take_people(before, after, decided, wrong)
        if before is None:
            self.new += 1
            self.new_flagged += after.flag
            return
        self.flagged.take(before=before.flag, after=after.flag)
        for signal in before.signals | after.signals:
            change = self.signals.setdefault(signal, _Change())
            change.take(before=signal in before.signals, after=signal in after.signals)
        self.lanes[before.lane, after.lane] += 1
        self.moves[_band(before.score), _band(after.score)] += 1
        kind = _kind(before, after)
        if kind:
            self.changed += 1
            self._sample(kind, _shown(post, before, after))

    def as_json(self) -> dict[str, Any]:
        """Return all of it in plain values."""
        return {
            "posts": self.posts,
            "compared": self.posts - self.new,
            "new": {"posts": self.new, "flagged": self.new_flagged},
            "changed": self.changed,
            "flagged": self.flagged.as_json(),
            "signals": {signal: change.as_json() for signal, change in sorted(self.signals.items())},
            "lanes": [
                {"before": before, "after": after, "posts": many}
                for (before, after), many in sorted(self.lanes.items())
                if before != after
            ],
            "moves": [
                {"before": before, "after": after, "posts": many}
                for (before, after), many in sorted(self.moves.items())
            ],
            "decided": {
                how: {"posts": one.posts, "compared": one.compared, "before": one.before, "after": one.after}
                for how, one in sorted(self.decided.items())
            },
            "called_wrong": {
                signal: {"marks": marks, "again": again} for signal, (marks, again) in sorted(self.called_wrong.items())
            },
            "samples": {kind: sorted(found, key=lambda one: int(one["post"])) for kind, found in self.samples.items()},
        }

    def _take_people(self, before: Side | None, after: Side, decided: str, wrong: Sequence[str]) -> None:
        if decided:
            tally = self.decided.setdefault(decided, _Decided())
            tally.posts += 1
            tally.after += after.flag
            tally.compared += before is not None
            tally.before += before is not None and before.flag
        for signal in wrong:
            marks = self.called_wrong.setdefault(signal, [0, 0])
            marks[0] += 1
            marks[1] += signal in after.signals

    def _sample(self, kind: str, shown: dict[str, Any]) -> None:
        """Keep each post of its kind with the same chance, whatever their number (Vitter's algorithm R)."""
        kept, met = self.samples[kind], self._met[kind]
        self._met[kind] += 1
        if met < SHOWN:
            kept.append(shown)
        elif (place := self._chance.randrange(met + 1)) < SHOWN:
            kept[place] = shown


def _kind(before: Side, after: Side) -> str:
    if before.flag != after.flag:
        return "newly_flagged" if after.flag else "no_longer_flagged"
    if before.lane != after.lane:
        return "other_lane"
    return "other_signals" if before.signals != after.signals else ""


def _shown(post: int, before: Side, after: Side) -> dict[str, Any]:
    places = after.places or before.places
    return {
        "post": post,
        "before": {"score": round(before.score, 3), "lane": before.lane, "signals": sorted(before.signals)},
        "after": {"score": round(after.score, 3), "lane": after.lane, "signals": sorted(after.signals)},
        "places": [list(place) for place in places],
    }


def _band(score: float) -> int:
    return min(BANDS - 1, int(score * BANDS))
