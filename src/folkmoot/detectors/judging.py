"""What all detectors together make of a text: a likely breach or not, and under which rule, where, and why.

The cheap detectors read all of it. The models read it in windows, at most the sixteen that the cheap ones rank highest;
the judgement says how many there were. What is only advice never makes a text count as flagged.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, NamedTuple, Self

from folkmoot.detectors import detect
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.linear import Linear, our_model
from folkmoot.detectors.reading import Text
from folkmoot.kernel.said import gettext


class Moved(NamedTuple):
    """A word at `text[start:end]` and by how much it raised (above 0) or lowered the score of a likely breach."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a text looks like to detectors; a hint to a person, never a verdict. Scores are from 0 to 1.

    `flag` says *likely breach of a ground*, `hate` *likely hate on a protected ground*. `heads` holds each head's
    calibrated score, `grounds` those of protected grounds, `aimed_at_policy` how likely it is that the text is aimed at
    a policy, a body or conduct in office rather than at a person.
    """

    flag: bool
    score: float
    hate: bool
    hate_score: float
    aimed_at_policy: float
    heads: dict[str, float]
    grounds: dict[str, float]
    findings: tuple[Finding, ...]
    windows: int  # in how many windows the text was cut
    read: int  # how many of these the models read
    model: str  # which models and lists judged: their version
    without: tuple[str, ...] = ()  # parts that did not answer: "transformer"
    moved: tuple[Moved, ...] = ()  # only where it was asked for: the words that moved the score most

    def as_json(self) -> dict[str, Any]:
        """Return it as `folkmoot check`, the API and the model's process say it."""
        return {
            "flag": self.flag,
            "score": self.score,
            "hate": {"flag": self.hate, "score": self.hate_score},
            "aimed_at_policy": self.aimed_at_policy,
            "heads": self.heads,
            "grounds": self.grounds,
            "findings": [asdict(finding) for finding in self.findings],
            "windows": self.windows,
            "read": self.read,
            "model": self.model,
            "without": list(self.without),
            "moved": [list(word) for word in self.moved],
        }

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Self:
        """Return what `as_json` said."""
        found = (Finding(**one | {"signal": Signal(one["signal"])}) for one in said["findings"])
        return cls(
            flag=said["flag"],
            score=said["score"],
            hate=said["hate"]["flag"],
            hate_score=said["hate"]["score"],
            aimed_at_policy=said["aimed_at_policy"],
            heads=said["heads"],
            grounds=said["grounds"],
            findings=tuple(found),
            windows=said["windows"],
            read=said["read"],
            model=said["model"],
            without=tuple(said["without"]),
            moved=tuple(Moved(*word) for word in said["moved"]),
        )


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
