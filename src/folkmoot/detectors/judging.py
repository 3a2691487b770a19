"""What all detectors together make of a text: a likely breach or not, and under which rule, where, and why.

The cheap detectors read all of it. The models read it in windows, at most the sixteen that the cheap ones rank highest;
the judgement says how many there were. Where the light evidence alone leaves no doubt that a window is harmless, the
transformer is not asked. What is only advice never makes a text count as flagged.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from folkmoot.detectors import detect_in
from folkmoot.detectors.close_reading import CloseReading, Weighed
from folkmoot.detectors.explaining import words_that_moved
from folkmoot.detectors.judgement import Judgement
from folkmoot.detectors.linear import Linear, our_model
from folkmoot.detectors.meaning import GROUNDS, findings_of, flags_alone
from folkmoot.detectors.reading import Text
from folkmoot.detectors.transformer import Transformer, our_transformer
from folkmoot.detectors.weighing import Table, Weighings, evidence, our_weighings
from folkmoot.detectors.windows import Window

CLOSER = 0.4  # how likely a breach the light layers must think a sentence, before it is read by itself
MOST_CLOSER = 2  # sentences of a text that are
ALONE = 0.88  # how likely it must be then to count: the others, which may explain it, are not read with it


class Judge:
    """The detectors and models together, held in memory: some 60 MB with the light model, 180 with the transformer."""

    def __init__(self, linear: Linear, transformer: Transformer | None, weighings: Weighings) -> None:
        self._linear = linear
        self._transformer = transformer
        self._weighings = weighings
        self.model = weighings.version if transformer else f"{weighings.version} light"

    def judge(self, text: str, *, explain: bool = False) -> Judgement:
        """Return what detectors and models make of one text of any length."""
        return self.judge_many([text], explain=explain)[0]

    def judge_many(self, texts: Sequence[str], *, explain: bool = False) -> list[Judgement]:
        """Return what they make of several texts, in their order; quicker than one after the other."""
        readings = [CloseReading(Text(text), self._linear) for text in texts]
        return [
            self._judgement(reading, weighed, explain=explain)
            for reading, weighed in zip(readings, self.weigh(readings), strict=True)
        ]

    def weigh(self, readings: Sequence[CloseReading]) -> list[list[Weighed]]:
        """Return what the models make of each window that is read closely, and of a sentence that stands out in one."""
        weighed = self.weigh_windows(readings)
        if self._transformer is None:
            return weighed
        closer = [(at, window) for at, one in enumerate(readings) for window in self._standing_out(one, weighed[at])]
        for at, more in enumerate(self._each(readings, closer)):
            weighed[at].extend(one for one in more if one.heads["flag"] >= ALONE)
        return weighed

    def weigh_windows(self, readings: Sequence[CloseReading]) -> list[list[Weighed]]:
        """Return what the models make of each window that is read closely, and of no sentence by itself."""
        return self._each(readings, [(at, window) for at, one in enumerate(readings) for window in one.read])

    def _each(self, readings: Sequence[CloseReading], places: list[tuple[int, Window]]) -> list[list[Weighed]]:
        """Return what the models make of each place, a window of the reading with that number; by readings."""
        weighed = [list[Weighed]() for _ in readings]
        if not places:
            return weighed
        light = np.stack([readings[number].light(window) for number, window in places])
        found = self._weighings.light.probabilities(light)
        grounds: dict[int, dict[str, float]] = {}
        doubtful = np.flatnonzero(self._weighings.light.doubt(found) >= self._weighings.sure)
        if self._transformer and len(doubtful):
            sums = self._transformer.sums([readings[places[at][0]].said(places[at][1]) for at in doubtful])
            whole = self._weighings.whole
            found[doubtful] = whole.probabilities(evidence(sums, light[doubtful]))
            grounds = dict(zip(doubtful.tolist(), _grounds(self._transformer, sums), strict=True))
        for at, (number, window) in enumerate(places):
            heads = dict(zip(self._weighings.light.heads, found[at].tolist(), strict=True))
            weighed[number].append(Weighed(window, heads, grounds.get(at, {})))
        return weighed

    def _standing_out(self, reading: CloseReading, weighed: Sequence[Weighed]) -> list[Window]:
        """Return the sentences that are to be read by themselves: harmless ones around an attack water it down.

        What quotes somebody is left where it stands: alone, it would be taken for its writer's own.
        """
        if any(one.heads["flag"] >= self._weighings.whole.thresholds["flag"] for one in weighed):
            return []
        sentences = [one for each in weighed for one in reading.sentences(each.window) if not reading.quotes(one)]
        if not sentences:
            return []
        light = self._weighings.light
        likely = light.probabilities(np.stack([reading.light(one) for one in sentences]))[:, light.heads.index("flag")]
        order = [at for at in np.argsort(-likely)[:MOST_CLOSER] if likely[at] >= CLOSER]
        return [sentences[at] for at in order]

    def _judgement(self, reading: CloseReading, weighed: list[Weighed], *, explain: bool) -> Judgement:
        heads, grounds = self._strongest(weighed)
        policy = heads.pop("policy")
        limits = self._weighings.whole.thresholds if self._transformer else self._weighings.light.thresholds
        findings = findings_of(reading, weighed, detect_in(reading.text), limits)
        plain = max((one.score for one in findings if flags_alone(one)), default=0.0)
        score = round(max(heads["flag"], plain), 4)
        moved = words_that_moved(self, reading, weighed) if explain and weighed else ()
        return Judgement(
            flag=bool(plain) or any(heads[head] >= limits[head] for head in heads),
            score=score,
            hate=heads["hate"] >= limits["hate"],
            hate_score=round(heads["hate"], 4),
            aimed_at_policy=round(policy, 4),
            heads={head: round(value, 4) for head, value in heads.items()},
            grounds=grounds,
            findings=tuple(findings),
            windows=len(reading.windows),
            read=len(reading.read),
            model=self.model,
            without=() if self._transformer else ("transformer",),
            moved=moved,
        )

    def _strongest(self, weighed: list[Weighed]) -> tuple[dict[str, float], dict[str, float]]:
        """Return for each head its highest probability; the aim, and grounds, of the window that is likest a breach."""
        heads = dict.fromkeys(self._weighings.light.heads, 0.0)
        if not weighed:
            return heads, {}
        for one in weighed:
            heads = {head: max(value, one.heads[head]) for head, value in heads.items()}
        worst = max(weighed, key=lambda one: one.heads["flag"])
        heads["policy"] = worst.heads["policy"]
        return heads, {ground: round(value, 4) for ground, value in worst.grounds.items()}


@cache
def our_judge() -> Judge:
    """Return the judge with the models that come with Folkmoot, loaded once in this process."""
    return Judge(our_model(), our_transformer(), our_weighings())


def _grounds(transformer: Transformer, sums: Table) -> list[dict[str, float]]:
    """Return for each row how likely each protected ground is, should it be hate."""
    numbers = {head: at for at, head in enumerate(transformer.heads) if head in GROUNDS}
    found = 1 / (1 + np.exp(-sums))
    return [{ground: float(row[at]) for ground, at in numbers.items()} for row in found]
