"""Remarks: what detectors found, put together as a person reads it, each with what would do better."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from folkmoot.advice.better import BETTER, Manner
from folkmoot.advice.manners import Hint
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.kernel.said import gettext

CERTAIN = 0.6  # from here on a number or an address is taken for somebody's own


class Place(NamedTuple):
    """Words at `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: where, under which paragraph, why, and what would do better, with an opening to take.

    No `places` means the text as a whole. `only_advice`: no post is taken down for it.
    """

    sign: Signal | Manner
    clause: str
    score: float
    places: tuple[Place, ...]
    why: str
    better: str
    opening: str
    only_advice: bool


def of_finding(text: str, found: Finding, *, flagged: bool) -> Remark:
    """Return the remark on one finding; in a text that is not flagged, swearing and the like are only advice."""
    mild = found.signal in _MANNERS or (found.signal in _GUESSED and found.score < CERTAIN)
    place = Place(found.start, found.end)
    return _remark(
        found.signal, found.clause, found.score, place, found.why, only_advice=found.advice or (mild and not flagged)
    )


def of_hint(hint: Hint) -> Remark:
    """Return the remark on a hint."""
    return _remark(hint.manner, hint.clause, 0.0, Place(hint.start, hint.end), hint.why, only_advice=True)


def gathered(remarks: Sequence[Remark], text: str) -> list[Remark]:
    """Return the remarks with what says the same put together, the most serious first."""
    wide = [one for one in remarks if _is_wide(one, text)]
    words = [one for one in remarks if not _is_wide(one, text)]
    shown = {(one.sign, one.clause) for one in words}  # single words show better what it is about
    words += [_of_sentences(one, text) for one in wide if (one.sign, one.clause) not in shown]
    same: dict[tuple[object, ...], list[Remark]] = {}
    for one in words:
        same.setdefault((one.sign, one.clause, one.why, one.only_advice), []).append(one)
    found = [replace(many[0], places=_united(many), score=max(one.score for one in many)) for many in same.values()]
    return sorted(found, key=lambda one: (one.only_advice, _SERIOUS.index(one.sign), -one.score))


def _remark(sign: Signal | Manner, clause: str, score: float, place: Place, why: str, *, only_advice: bool) -> Remark:
    better = BETTER[sign]
    opening = gettext(better.opening) if better.opening else ""
    return Remark(sign, clause, score, (place,), why, gettext(better.advice), opening, only_advice)


def _is_wide(one: Remark, text: str) -> bool:
    """Say whether a remark is about sentences rather than about words in them."""
    return any(end - start > len(text) * 0.8 and len(text[start:end].split()) > _FEW_WORDS for start, end in one.places)


def _of_sentences(one: Remark, text: str) -> Remark:
    """Return a remark on sentences; where these are the whole text, it marks none of them."""
    is_part = all(place.start > 0 or place.end < len(text.rstrip()) for place in one.places)
    return one if is_part else replace(one, places=())


def _united(same: Sequence[Remark]) -> tuple[Place, ...]:
    """Return the places of all in their order, those that touch as one; none where one is about the text as a whole."""
    found = list[Place]()
    if any(not one.places for one in same):
        return ()
    for start, end in sorted(place for one in same for place in one.places):
        if found and start <= found[-1].end:
            found[-1] = Place(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Place(start, end))
    return tuple(found)


_MANNERS = {Signal.PROFANITY, Signal.EVASION}
_GUESSED = {Signal.SPAM, Signal.PRIVATE}  # what is no more than likely, such as a postcode
_FEW_WORDS = 3
_SERIOUS: list[Signal | Manner] = [
    Signal.CHILD_SAFETY,
    Signal.THREAT,
    Signal.PRIVATE,
    Signal.HATE,
    Signal.SLUR,
    Signal.SEXUAL,
    Signal.HARASSMENT,
    Signal.INSULT,
    Signal.SPAM,
    Signal.PROFANITY,
    Signal.EVASION,
    *Manner,
]
