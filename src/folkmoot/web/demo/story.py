"""The demo's content as `content/*.yaml` tells it: an invented branch, what was said there, what came of it."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from folkmoot.archive.models import Platform
from folkmoot.procedure.checklists import Complaint
from folkmoot.procedure.words import (
    AimedAt,
    Answer,
    Clarity,
    Intent,
    MeasureKind,
    Outcome,
    ReportKind,
    Role,
    Severity,
    Stage,
    Step,
    Vote,
)
from folkmoot.steps.clarify import Did

CONTENT = Path(__file__).with_name("content")
MEMBER, CHAIR = "member", "chair"  # said of people in the branch; neither is an office of the software
_WHEN = re.compile(r"-(\d+)d (\d\d):(\d\d)")

When = Annotated[str, StringConstraints(pattern=f"^{_WHEN.pattern}$")]


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Claim(_Told):
    """Whose account it is, and how the branch knows."""

    place: str
    handle: str
    evidence: str


class Somebody(_Told):
    """A member of the branch, with offices or without."""

    id: str
    name: str
    email: str
    roles: tuple[str, ...]
    about: str
    claims: tuple[Claim, ...]

    @property
    def offices(self) -> tuple[Role, ...]:
        """The offices that the software knows."""
        return tuple(Role(role) for role in self.roles if role not in {MEMBER, CHAIR})


class Visitor(_Told):
    """An account on the public page that belongs to no member."""

    handle: str
    name: str
    place: str


class Branch(_Told):
    """The organisation itself."""

    name: str
    slug: str
    zone: str
    executive_quorum: int


class OfficialAccount(_Told):
    """The branch's own account at a place."""

    handle: str
    name: str
    written_by: tuple[str, ...]


class Place(_Told):
    """Where the branch talks."""

    id: str
    name: str
    kind: Platform.Kind
    visibility: str
    url: str
    operators: tuple[str, ...]
    about: str
    official_account: OfficialAccount | None = None


class Said(_Told):
    """One post."""

    id: str
    place: str
    author: str
    posted: When
    text: str
    state: str
    path: str
    in_reply_to: str = ""
    mild_abuse: bool = False


class Reporter(_Told):
    """Somebody outside the branch who reports and leaves a name."""

    name: str
    email: str


class Aside(_Told):
    """A member of the Executive who stood aside, and why; the reason stays sealed."""

    id: str
    why: str


class Move(_Told):
    """One step in a case; which fields it has depends on `step` (see the header of cases.yaml)."""

    at: When
    step: Step
    by: str | Reporter = ""
    kind: ReportKind = ReportKind.OTHER
    affected: bool = False
    words: str = ""
    address: str = ""
    source: str = ""
    outcome: str = ""
    passage: str = ""
    clauses: tuple[str, ...] = ()
    aimed_at: AimedAt = AimedAt.NEITHER
    clarity: Clarity = Clarity.CLEAR
    severity: Severity = Severity.ORDINARY
    intent: Intent = Intent.NOT_SAID
    measures: Mapping[MeasureKind, int] = Field(default_factory=dict)
    instead: Outcome | None = None
    correction: str = ""
    reasons: str = ""
    complaint: Complaint = Complaint.DEFAMATION
    answers: Mapping[str, str] = Field(default_factory=dict)
    did: Did = Did.EXPLAINED
    beside: str = ""
    going: Mapping[str, str] = Field(default_factory=dict)
    left: tuple[str, ...] = ()
    task: str = ""
    note: str = ""
    meets: When = "-0d 00:00"
    recorder: str = ""
    sat: tuple[str, ...] = ()
    stood_aside: tuple[Aside, ...] = ()
    votes: Mapping[str, Vote] = Field(default_factory=dict)

    @property
    def decided(self) -> Outcome:
        """What a moderator found."""
        return Outcome(self.outcome)

    @property
    def answered(self) -> Answer:
        """What was said of the decision on appeal."""
        return Answer(self.outcome)


class Expected(_Told):
    """Where the case stands when everything has run."""

    stage: Stage
    duty: tuple[Role, ...]
    tasks: tuple[str, ...]


class Matter(_Told):
    """One case, from its first report on."""

    id: str
    post: str
    title: str
    shows: str
    steps: tuple[Move, ...]
    expect: Expected
    target: str = ""


class Story(_Told):
    """All of it."""

    organisation: Branch
    people: tuple[Somebody, ...]
    visitors: tuple[Visitor, ...]
    places: tuple[Place, ...]
    posts: tuple[Said, ...]
    cases: tuple[Matter, ...]

    def somebody(self, key: str) -> Somebody:
        """Return the member with the id `key`."""
        return next(person for person in self.people if person.id == key)

    def matter_about(self, post: str) -> Matter | None:
        """Return the case about the post with the id `post`; `None` when it has none in the story."""
        return next((matter for matter in self.cases if matter.post == post), None)


@cache
def story() -> Story:
    """Read the content; raises `pydantic.ValidationError` naming what does not fit."""
    told: dict[str, Any] = {}
    for name in ("people", "places", "posts", "cases"):
        told |= yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))
    return Story.model_validate(told)


def moment(when: str, *, at: datetime, zone: str) -> datetime:
    """Return the moment of "-9d 18:42": nine local days before that of `at`, by the branch's own clock."""
    found = _WHEN.fullmatch(when)
    if found is None:
        raise ValueError(f"{when!r} is no time such as '-9d 18:42'")
    days, hour, minute = map(int, found.groups())
    tz = ZoneInfo(zone)
    day = at.astimezone(tz).date() - timedelta(days=days)
    return datetime.combine(day, time(hour, minute), tzinfo=tz)
