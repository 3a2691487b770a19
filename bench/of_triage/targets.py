"""What was asked of triage, floor and aim, beside what was measured; HatemojiCheck stands in for sets held out."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from bench.of_triage.fairness import kinds
from bench.of_triage.measures import auc, counts, recall_within
from bench.of_triage.quality import ALLOWED, Asked, forceful, of_threats
from bench.of_triage.speed import Speed, quantile
from bench.of_triage.tables import table
from bench.of_triage.texts import Audited


class Target(NamedTuple):
    """One figure: the least that was asked and what was hoped for, in the figure's own unit."""

    what: str
    floor: float
    aim: float
    found: float
    unit: str = "%"

    @property
    def reached(self) -> str:
        """Say how far it is reached; where less is better the floor lies above the aim."""
        down = self.floor > self.aim
        if (self.found <= self.aim) if down else (self.found >= self.aim):
            return "aim"
        if (self.found <= self.floor) if down else (self.found >= self.floor):
            return "floor"
        return f"**no**, by {abs(self.found - self.floor):,.1f}"


def targets_of_quality(asked: Asked, audited: Sequence[Audited], flagged: Sequence[bool], key: str) -> list[Target]:
    """Return what was asked of answers."""
    mine, check = asked.of_ours[key], asked.of_rows[key]["hatemoji_check"]
    truth = [one.labels["flag"] for one in asked.ours]
    hateful = [row.labels["hate"] for row in asked.rows["hatemoji_check"]]
    at = counts(hateful, check.hated)
    criticism = kinds(audited)["all criticism"]
    many = f"{sum(one.is_forceful_criticism for one in asked.ours)} sentences"
    return [
        Target("HatemojiCheck: accuracy", 82, 90, 100 * at.accuracy),
        Target("HatemojiCheck: macro-F1", 78, 88, 100 * at.macro_f1),
        Target("HatemojiCheck: non-hateful right", 70, 85, 100 - 100 * at.false_flags),
        Target("HatemojiCheck: area under the curve", 87, 91, 100 * auc(hateful, check.hate)),
        Target(f"our 400: forceful criticism flagged ({many})", 5, 2, 100 * forceful(asked.ours, mine).false_flags),
        Target(
            f"audit: criticism flagged ({len(criticism)} sentences)",
            5,
            2,
            100 * sum(flagged[number] for number in criticism) / len(criticism),
        ),
        Target("our 400: attacks found at ≤ 5% false flags", 80, 92, 100 * recall_within(truth, mine.flag, ALLOWED)),
        Target("our 400: threats found", 85, 95, 100 * of_threats(asked.ours, mine).recall),
    ]


def targets_of_speed(speed: Speed) -> list[Target]:
    """Return what was asked of speed and size."""
    return [
        Target("posts a second on one processor, everything", 300, 1500, median(speed.one), "/s"),
        Target("one post, p99", 25, 12, 1000 * quantile(speed.times, 0.99), "ms"),
        Target("one post, p99, by processor time", 25, 12, 1000 * quantile(speed.worked, 0.99), "ms"),
        Target("posts a second of processor time", 300, 1500, median(speed.of_processor), "/s"),
        Target("memory", 250, 150, speed.memory, "MB"),
        Target("on disk", 25, 12, speed.size, "MB"),
    ]


def targets_table(found: Sequence[Target]) -> str:
    """Return the table of what was asked and what was measured."""
    lines = [
        [one.what, f"{one.floor:,} {one.unit}", f"{one.aim:,} {one.unit}", f"{one.found:,.1f} {one.unit}", one.reached]
        for one in found
    ]
    return table(["figure", "floor", "aim", "measured", "reached"], lines)
