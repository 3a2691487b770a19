"""What all detectors together make of a text: a likely breach or not, and under which rule, where, and why.

The cheap detectors read all of it. The models read it in windows, at most the sixteen that the cheap ones rank highest;
the judgement says how many there were. What is only advice never makes a text count as flagged.
"""

from collections.abc import Sequence
from functools import cache

from folkmoot.detectors import detect
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.judgement import Judgement as Judgement
from folkmoot.detectors.judgement import Moved as Moved
from folkmoot.detectors.linear import Linear, our_model
from folkmoot.detectors.reading import Text
from folkmoot.kernel.said import gettext


class Judge:
    """The detectors and models together, held in memory: some 30 MB with the light model, 200 with the transformer."""

    def __init__(self, linear: Linear) -> None:
        self._linear = linear
        self.model = "draft"

    def judge(self, text: str, *, explain: bool = False) -> Judgement:
        """Return what detectors and models make of one text of any length."""
        return self.judge_many([text], explain=explain)[0]

    def judge_many(self, texts: Sequence[str], *, explain: bool = False) -> list[Judgement]:
        """Return what they make of several texts, in their order; quicker than one after the other."""
        return [self._judge(text, explain=explain) for text in texts]

    def _judge(self, raw: str, *, explain: bool) -> Judgement:
        # A FIRST DRAFT of how signals are put together: thresholds, windows and the transformer come
        text = Text(raw)
        words = [word.text for word in text.tokens[:300]]
        heads = self._linear.scores(words)
        policy = heads.pop("policy")
        findings = detect(raw)
        for head, signal, clause in _HEADS:
            if heads[head] > 0.6:
                findings.append(Finding(signal, clause, round(heads[head], 4), 0, len(raw), gettext("DRAFT")))
        score = max(
            [heads["flag"], *(one.score for one in findings if one.signal == Signal.PRIVATE and not one.advice)]
        )
        moved: tuple[Moved, ...] = ()
        if explain:
            weights = self._linear.moved_by(words, "flag")
            spans = [text.span(word.start, word.end) for word in text.tokens[:300]]
            order = sorted(range(len(words)), key=lambda at: -abs(weights[at]))[:12]
            moved = tuple(Moved(*spans[at], round(weights[at], 3)) for at in sorted(order))
        return Judgement(
            flag=score > 0.6,
            score=score,
            hate=heads["hate"] > 0.6,
            hate_score=heads["hate"],
            aimed_at_policy=policy,
            heads=heads,
            grounds={},
            findings=tuple(findings),
            windows=1,
            read=1,
            model=self.model,
            moved=moved,
        )


_HEADS = (
    ("insult", Signal.INSULT, "R2"),
    ("harassment", Signal.HARASSMENT, "F2"),
    ("threat", Signal.THREAT, "Sc"),
    ("hate", Signal.HATE, "Sd"),
    ("sexual", Signal.SEXUAL, "F7"),
    ("spam", Signal.SPAM, "Mh"),
)


@cache
def our_judge() -> Judge:
    """Return the judge with the models that come with Folkmoot, loaded once in this process."""
    return Judge(our_model())
