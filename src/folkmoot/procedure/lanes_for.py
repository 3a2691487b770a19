"""From what detectors found in some words to how soon somebody should look: a lane, and a weight that orders.

A hint for the order in which people look. Nothing is decided by it, and no case is ever put later by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.judgement import Judgement
from folkmoot.procedure.words import Lane, ReportKind, lane_of

# From which score on a signal asks for the emergency lane (D10). Of what is private only a mobile number and where
# somebody lives are above: a street alone and an e-mail address are below, and what belongs to an office far below.
EMERGENCY_FROM = {Signal.THREAT: 0.75, Signal.PRIVATE: 0.85, Signal.CHILD_SAFETY: 0.5}
# A threat that is not beyond doubt is an alarm only in a text that is a likely breach as a whole: "kick them out, by
# the ballot box" sounds like one to what looks for threats alone. Where that is all, nobody's queue is told of it
# either; the case of a post that people report comes in its turn anyway.
PLAIN_THREAT_FROM, BREACH_FROM = 0.9, 0.75
_ELSE_FROM = 0.5  # another finding from this score on is more than a doubtful threat
SELLS_FROM = 0.6  # from this score of spam on, the number is most likely that of whoever wrote it
_NEVER = 2.0
# How much harm a signal may speak of, from 0 to 1: by it, and by its score, they come one after the other.
GRAVITY = {
    Signal.CHILD_SAFETY: 1.0,
    Signal.THREAT: 0.95,
    Signal.PRIVATE: 0.9,
    Signal.HATE: 0.85,
    Signal.SLUR: 0.75,
    Signal.HARASSMENT: 0.7,
    Signal.SEXUAL: 0.65,
    Signal.INSULT: 0.5,
    Signal.SPAM: 0.3,
    Signal.EVASION: 0.2,
    Signal.PROFANITY: 0.1,
}
EMERGENCY, FLAGGED, MOST = 80, 40, 100  # weights: emergencies from 80 to 100, what is flagged from 40 to 79
_KINDS = {ReportKind.CHILD_SAFETY: 100, ReportKind.THREAT: 90, ReportKind.INTIMATE_IMAGE: 90}


@dataclass(frozen=True, slots=True)
class Urgency:
    """How soon somebody should look, and by which signal: the gravest, empty where there is none."""

    lane: Lane
    flag: bool
    weight: int
    signal: Signal | None = None
    clause: str = ""


def urgency(judged: Judgement) -> Urgency:
    """Return how soon somebody should look at words of which this was made."""
    found = [one for one in judged.findings if not one.advice]
    alarming = [one for one in found if one.score >= _alarming_from(one.signal, judged, found)]
    gravest = max(alarming or found, key=_grave, default=None)
    strength = _grave(gravest) if gravest else 0.0
    flagged = judged.flag and not _is_but_a_doubtful_threat(judged, found)
    if alarming:
        weight = _between(EMERGENCY, MOST, strength)
    elif flagged:
        # how grave it would be, and how likely it is one at all
        weight = _between(FLAGGED, EMERGENCY - 1, max(strength * judged.score, judged.score / 2))
    else:
        weight = _between(0, FLAGGED - 1, max(strength, judged.score) / 2)
    return Urgency(
        lane=Lane.EMERGENCY if alarming else Lane.ORDINARY,
        flag=bool(alarming) or flagged,
        weight=weight,
        signal=gravest.signal if gravest else None,
        clause=gravest.clause if gravest else "",
    )


def weight_of_kinds(kinds: Iterable[ReportKind]) -> int:
    """Return the weight that a case has by what its reports call it, whatever the words say."""
    return max((_KINDS.get(kind, EMERGENCY if lane_of(kind) is Lane.EMERGENCY else 0) for kind in kinds), default=0)


def _alarming_from(signal: Signal, judged: Judgement, found: Iterable[Finding]) -> float:
    if signal is Signal.PRIVATE and any(one.signal is Signal.SPAM and one.score >= SELLS_FROM for one in found):
        return _NEVER
    if signal is Signal.THREAT and _is_hardly_a_breach(judged):
        return PLAIN_THREAT_FROM
    return EMERGENCY_FROM.get(signal, _NEVER)


def _is_but_a_doubtful_threat(judged: Judgement, found: Iterable[Finding]) -> bool:
    """Say whether what is found is no more than a threat that is in doubt, in a text that is hardly a breach."""
    limits = {Signal.THREAT: PLAIN_THREAT_FROM}
    strong = [one for one in found if one.score >= limits.get(one.signal, _ELSE_FROM)]
    return any(one.signal is Signal.THREAT for one in found) and not strong and _is_hardly_a_breach(judged)


def _is_hardly_a_breach(judged: Judgement) -> bool:
    """Say whether a text as a whole is no likely breach; of what was not read the score says nothing."""
    return judged.read == judged.windows and judged.score < BREACH_FROM


def _grave(finding: Finding) -> float:
    return GRAVITY[finding.signal] * finding.score


def _between(least: int, most: int, share: float) -> int:
    return least + round((most - least) * min(max(share, 0.0), 1.0))
