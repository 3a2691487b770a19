"""What triage made of a post, put there without a model: for tests of what is done with it."""

from datetime import datetime
from typing import Any

from folkmoot.archive.assessment import Assessment, hash_of
from folkmoot.archive.models import Post
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.judgement import Judgement, Moved
from folkmoot.procedure.words import Lane
from tests.cast import day

NAME_CALLING = "It may be a name for a person rather than for what was done."


def insult(text: str, words: str, score: float = 0.7, clause: str = "H1") -> Finding:
    """Return an insult found where `words` first stand in `text`."""
    start = text.index(words)
    return Finding(Signal.INSULT, clause, score, start, start + len(words), NAME_CALLING)


def judgement(*findings: Finding, score: float = 0.7, at_policy: float = 0.1, **other: Any) -> Judgement:
    """Return a judgement with these findings."""
    made: dict[str, Any] = {
        "flag": score >= 0.6,
        "score": score,
        "hate": False,
        "hate_score": 0.02,
        "aimed_at_policy": at_policy,
        "heads": {"flag": score},
        "grounds": {},
        "findings": findings,
        "windows": 1,
        "read": 1,
        "model": "1 test",
    }
    return Judgement(**made | other)


def assessed(post: Post, judged: Judgement, *, text: str | None = None, at: datetime | None = None) -> Assessment:
    """Keep a judgement as triage does, of the post's words or of `text`."""
    said = {
        "org": post.org,
        "platform": post.platform,
        "text_hash": hash_of(post.text if text is None else text),
        "model": judged.model,
        "judged_at": at or day(0, 11),
        "score": judged.score,
        "hate_score": judged.hate_score,
        "flag": judged.flag,
        "lane": Lane.ORDINARY,
        "signal": judged.findings[0].signal if judged.findings else "",
        "weight": round(100 * judged.score),
        "said": judged.as_json(),
    }
    return Assessment.objects.update_or_create(post=post, defaults=said)[0]


def moved(text: str, word: str, weight: float) -> Moved:
    """Return that `word` of `text` moved the score by so much."""
    start = text.index(word)
    return Moved(start, start + len(word), weight)
