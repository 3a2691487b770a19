"""What the text check noticed in the post of a case: a hint to whoever decides, never a finding.

It is read from what triage kept (`archive.assessment`); nothing is judged while a page is made.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from folkmoot.archive.assessment import Assessment, hash_of
from folkmoot.casefile.models import Case
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.judgement import Judgement, Moved
from folkmoot.detectors.signal_words import signal_said, strength_said
from folkmoot.editions.meant import meant
from folkmoot.editions.models import Clause
from folkmoot.members.prepared import prepared
from folkmoot.pinboard.models import WrongHint
from folkmoot.pinboard.wrong_hints import wrong_of
from folkmoot.web.desk.evidence import Kept
from folkmoot.web.desk.underlined import Piece, Place, covers_all, underlined

AT_POLICY = 0.5  # from this on it is said that a text reads like criticism of a decision
_QUOTED = 3  # places of one kind that are quoted beside its name; all are underlined
_LONGEST = 80  # characters of a place that is quoted
_HALF = 60  # units of the drawing, from its middle to either side


@dataclass(frozen=True)
class Noticed:
    """One thing noticed, at one place or at several: which rule it may run into, how strongly, and why."""

    number: int
    signal: Signal
    title: str
    strength: str
    score: float
    why: str
    clause: Clause | None  # None where the rules of the case have none of this code
    quoted: tuple[str, ...]
    more: int  # places that are not quoted; without any, it is about the text as a whole
    advice: bool
    wrong: WrongHint | None = None  # somebody who decides has called it wrong


@dataclass(frozen=True)
class Mover:
    """A word that moved the score, up or down, and its bar in a drawing 120 wide."""

    word: str
    weight: float
    x: float
    wide: float

    @property
    def raises(self) -> bool:
        """Whether it made a breach look likelier."""
        return self.weight > 0


@dataclass(frozen=True)
class Panel:
    """All that is shown of it. `stale`: the words have changed since; `gone`: nobody has those that it is about."""

    noticed: list[Noticed]
    places: list[Place]
    pieces: list[Piece]
    moved: list[Mover]
    aimed_at_policy: float
    flag: bool
    score: float
    strength: str
    model: str
    at: datetime
    read: int
    windows: int
    without: tuple[str, ...]
    stale: bool
    gone: bool
    later: bool  # it is about the words as they were changed later

    @property
    def at_policy(self) -> bool:
        """Whether it reads like criticism of a decision rather than of a person."""
        return self.aimed_at_policy >= AT_POLICY

    @property
    def part(self) -> bool:
        """Whether the model read only a part of a long text."""
        return self.read < self.windows

    @property
    def alone(self) -> bool:
        """Whether only the light model answered."""
        return "transformer" in self.without

    @property
    def titles(self) -> str:
        """What was noticed, by name, each once."""
        return ", ".join(dict.fromkeys(one.title for one in self.noticed)).lower()


def panel(case: Case, post: Kept) -> Panel | None:
    """Return what was noticed in the post; `None` where nobody looked, or where nothing of it may be shown."""
    if post.child or case.post_id is None or not post.text:  # DP20
        return None
    kept = next(iter(_assessments(case.post_id)), None)
    return shown(case, kept, post) if kept else None


def shown(case: Case, kept: Assessment, post: Kept) -> Panel:
    """Return `kept` made ready: its places point into whichever of the post's texts it was made of."""
    judged = Judgement.from_json(kept.said)
    text = next((one for one in (post.since, post.text) if one and hash_of(one) == kept.text_hash), "")
    noticed, places = _together(case, judged.findings, text)
    return Panel(
        noticed=noticed,
        places=places,
        pieces=underlined(text, places) if places else [],
        moved=_movers(text, judged.moved) if text else [],
        aimed_at_policy=judged.aimed_at_policy,
        flag=judged.flag,
        score=judged.score,
        strength=strength_said(judged.score),
        model=kept.model,
        at=kept.judged_at,
        read=judged.read,
        windows=judged.windows,
        without=judged.without,
        stale=not text or (bool(post.since) and text != post.since),
        gone=not text,
        later=bool(post.since) and text == post.since,
    )


def _together(case: Case, findings: Iterable[Finding], text: str) -> tuple[list[Noticed], list[Place]]:
    """Return findings that say the same as one, the strongest first and advice at the end; and where they stand."""
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.signal, finding.clause, finding.why), []).append(finding)
    strongest = sorted(alike.values(), key=lambda same: (same[0].advice, -max(one.score for one in same)))
    clauses = meant(case.policy, sorted({same[0].clause for same in strongest}))
    wrong = wrong_of(case.post_id) if case.post_id else {}
    noticed, places = list[Noticed](), list[Place]()
    for number, same in enumerate(strongest, start=1):
        pointing = [one for one in same if text and not covers_all(text, one.start, one.end)]
        made = _one(number, same, [text[one.start : one.end] for one in pointing], clauses)
        noticed.append(replace(made, wrong=wrong.get(made.signal)))
        places += [Place(one.start, one.end, number) for one in pointing]
    return noticed, places


def _one(number: int, same: Sequence[Finding], words: Iterable[str], clauses: Mapping[str, Clause]) -> Noticed:
    first, score = same[0], max(one.score for one in same)
    quoted = list(dict.fromkeys(_short(one) for one in words))
    return Noticed(
        number=number,
        signal=first.signal,
        title=signal_said(first.signal),
        strength=strength_said(score),
        score=score,
        why=_(first.why) if first.why else "",
        clause=clauses.get(first.clause),
        quoted=tuple(quoted[:_QUOTED]),
        more=max(0, len(quoted) - _QUOTED),
        advice=first.advice,
    )


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST else _("%(begin)s …") % {"begin": plain[:_LONGEST].rstrip()}


def _movers(text: str, moved: Sequence[Moved]) -> list[Mover]:
    """Return the words that moved the score, the strongest first, each with its bar."""
    most = max((abs(one.weight) for one in moved), default=0.0)
    if not most:
        return []
    found = []
    for one in sorted(moved, key=lambda one: -abs(one.weight)):
        wide = round(_HALF * abs(one.weight) / most, 1)
        x = float(_HALF) if one.weight > 0 else round(_HALF - wide, 1)
        found.append(Mover(text[one.start : one.end], round(one.weight, 2), x, wide))
    return found


@prepared
def _assessments(post: int) -> QuerySet[Assessment]:
    return Assessment.objects.filter(post=post)
