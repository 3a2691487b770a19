"""What is found, once the models have weighed how it is meant: which hints stay, how strong, and what is only advice.

A listed word is no verdict: a name that is called somebody counts as the models weigh the sentence; the same word about
a policy is a harsh word for a position (F5: to be avoided, never a breach).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from folkmoot.detectors.close_reading import CloseReading, Weighed
from folkmoot.detectors.finding import Finding, Kind, Signal
from folkmoot.kernel.said import gettext, gettext_noop

_HARMLESS = 0.15  # a listed word that the models think less likely than this to be meant so is not mentioned


_HEADS = {
    "threat": Kind(Signal.THREAT, "Sc", gettext_noop("It may be a threat of harm to a person.")),
    "hate": Kind(Signal.HATE, "Sd", gettext_noop("It may be hate against people for what they are.")),
    "sexual": Kind(Signal.SEXUAL, "F7", gettext_noop("It may be a sexual remark or advance.")),
    "harassment": Kind(Signal.HARASSMENT, "F2", gettext_noop("It may hound or bully a person, or call others to.")),
    "insult": Kind(Signal.INSULT, "R2", gettext_noop("It may be an attack on a person rather than on what was done.")),
    "spam": Kind(Signal.SPAM, "Mh", gettext_noop("It reads like an advertisement or a fraud.")),
}
_HEAD_OF = {
    Signal.INSULT: "insult",
    Signal.SLUR: "hate",
    Signal.THREAT: "threat",
    Signal.HARASSMENT: "harassment",
    Signal.SEXUAL: "sexual",
}
_ALONE = {Signal.PRIVATE: 0.7, Signal.CHILD_SAFETY: 0.9, Signal.EVASION: 0.7, Signal.SPAM: 0.8}
"""From which score on a finding of the cheap detectors makes a text count as flagged by itself, whatever models say."""

GROUNDS = {
    "race": gettext_noop("It may be hate against people for their race or where they come from."),
    "religion": gettext_noop("It may be hate against people for their religion or belief."),
    "sex": gettext_noop("It may be hate against people for their sex."),
    "orientation": gettext_noop("It may be hate against people for their sexual orientation."),
    "gender identity": gettext_noop("It may be hate against people for their gender identity."),
    "disability": gettext_noop("It may be hate against people for a disability."),
    "age": gettext_noop("It may be hate against people for their age."),
}


def flags_alone(finding: Finding) -> bool:
    """Say whether a finding of the cheap detectors is enough by itself."""
    return not finding.advice and finding.score >= _ALONE.get(finding.signal, 2)


def findings_of(
    reading: CloseReading, weighed: Sequence[Weighed], cheap: Iterable[Finding], limits: Mapping[str, float]
) -> list[Finding]:
    """Return what the cheap detectors found as the models weigh it, and what the models found, in the text's order."""
    found = [one for finding in cheap if (one := _as_meant(reading, weighed, finding)) is not None]
    found += _of_models(reading, weighed, limits)
    return sorted(found, key=lambda one: (one.start, -one.end, one.signal))


def _as_meant(reading: CloseReading, weighed: Sequence[Weighed], finding: Finding) -> Finding | None:
    if finding.signal == Signal.PROFANITY:
        return replace(finding, advice=True)  # bad manners: whether it attacks somebody the models say (R6)
    head = _HEAD_OF.get(finding.signal)
    if head is None:
        return finding
    around = _around(reading, weighed, finding)
    if around is None:  # a part that no model has read: the word stands for itself
        return finding
    score = around.heads[head]
    if finding.signal == Signal.INSULT and score < 0.5 < around.heads["policy"]:
        why = gettext("A harsh word for a position: it is allowed, and a reason would carry further.")
        return replace(finding, clause="F5", score=round(1 - score, 4), why=why, advice=True)
    if score < _HARMLESS:
        return None
    return replace(finding, score=round(score, 4))


def _around(reading: CloseReading, weighed: Sequence[Weighed], finding: Finding) -> Weighed | None:
    """Return the likeliest breach among the windows that hold the finding."""
    holding = [one for one in weighed if _holds(reading.span(one.window), finding)]
    return max(holding, key=lambda one: one.heads["flag"], default=None)


def _holds(span: tuple[int, int], finding: Finding) -> bool:
    return span[0] <= finding.start and finding.end <= span[1]


def _of_models(reading: CloseReading, weighed: Sequence[Weighed], limits: Mapping[str, float]) -> Iterator[Finding]:
    """Yield for each head the window that speaks most for it, if it is likely there; at least one if it is a breach."""
    said = False
    for head, kind in _HEADS.items():
        one = max(weighed, key=lambda one: one.heads[head], default=None)
        if one is not None and one.heads[head] >= limits[head]:
            said = True
            yield _finding(reading, one, head, kind)
    worst = max(weighed, key=lambda one: one.heads["flag"], default=None)
    if not said and worst is not None and worst.heads["flag"] >= limits["flag"]:
        head = max(_HEADS, key=lambda head: worst.heads[head] / limits[head])
        yield _finding(reading, worst, head, _HEADS[head])


def _finding(reading: CloseReading, weighed: Weighed, head: str, kind: Kind) -> Finding:
    why = kind.why
    if head == "hate" and weighed.grounds:
        ground = max(weighed.grounds, key=lambda name: weighed.grounds[name])
        why = GROUNDS[ground] if weighed.grounds[ground] >= 0.5 else why
    score = round(weighed.heads[head], 4)
    return Finding(kind.signal, kind.clause, score, *reading.strongest(weighed.window, head), gettext(why))
