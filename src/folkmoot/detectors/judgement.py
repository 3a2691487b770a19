"""What is said of a text: the shape that the models' own process, `folkmoot check` and the API hand on.

Whoever only reads it needs no model: nothing heavy is imported here.
"""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple, Self

from folkmoot.detectors.finding import Finding, Signal


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
