"""A draft of the policy, as it goes in and out."""

from datetime import date, datetime

from pydantic import Field

from folkmoot.api.shapes import Line, Number, Sent, Shown, Words, example
from folkmoot.standards import Kind
from folkmoot.standards import Scope as Where
from folkmoot.standards.changes import What
from folkmoot.standards.clausefile import LONGEST_EXAMPLE, LONGEST_TITLE
from folkmoot.steps.change_draft import (
    Wording,
)
from folkmoot.steps.tidied import codes_typed, paragraphs
from folkmoot.web.admin.draft_forms import SECTION_LIMIT, TEXT_LIMIT

SEEN = "Its `seq` as you read it. Where somebody has changed it since, nothing happens: 409."
_CLAUSE = {
    "title": "Persons",
    "text": "Do not insult people.",
    "kind": "ground",
    "scope": "all",
    "allowed": "This plan is a waste.",
    "not_allowed": "Whoever wrote this is a crook.",
    "aimed_at": True,
    "limited_to": "",
    "restates": "",
}


class Section(Sent):
    """A section: the letters that its codes begin with, and its title."""

    model_config = example({"prefix": "H", "title": "Harbour rules"})

    prefix: Line = Field(max_length=3)
    title: Line = Field(max_length=SECTION_LIMIT)


class ClauseWording(Sent):
    """All that a clause says but for its code. What is not sound yet may be kept: the draft says what is missing."""

    title: Line = Field("", max_length=LONGEST_TITLE)
    text: Words = Field("", max_length=TEXT_LIMIT)
    kind: Kind = Kind.ADVICE
    scope: Where = Where.ALL
    allowed: Words = Field("", max_length=LONGEST_EXAMPLE, description="An example of what is allowed")
    not_allowed: Words = Field("", max_length=LONGEST_EXAMPLE, description="An example of what is not")
    aimed_at: bool = Field(default=False, description="Whether it asks at whom a post is aimed")
    limited_to: Line = Field("", max_length=LONGEST_TITLE, description="The only part of it that can be cited")
    restates: Line = Field("", max_length=60, description="The codes of the statement’s clauses that it comes from")

    def wording(self) -> Wording:
        """Return it as packs keep it; raises `BadInput` (field "restates")."""
        return Wording(
            title=self.title,
            text=paragraphs(self.text),
            scope=self.scope,
            kind=self.kind,
            allowed=" ".join(self.allowed.split()),
            not_allowed=" ".join(self.not_allowed.split()),
            aimed_at=self.aimed_at,
            limited_to=self.limited_to,
            restates=codes_typed(self.restates, field="restates"),
        )


class ClauseSent(ClauseWording):
    """New words for a clause."""

    model_config = example({**_CLAUSE, "seen": 3})

    seen: int = Field(ge=0, le=2**31, description=SEEN)


class DraftClauseShown(Shown):
    """A clause of the draft."""

    model_config = example({"code": "H1", **_CLAUSE, "is_new": False, "is_gone": False, "change": "same", "seq": 3})

    code: str
    title: str
    text: str
    kind: Kind
    scope: Where
    allowed: str
    not_allowed: str
    aimed_at: bool
    limited_to: str
    restates: str
    is_new: bool = Field(description="No edition ever had it")
    is_gone: bool = Field(description="It is taken out when the draft is published")
    change: What = Field(description="What has become of it since the newest edition")
    seq: int


class ProblemShown(Shown):
    """Something to put right before the draft can be published."""

    model_config = example({"code": "H1", "field": "allowed", "says": "A rule needs an example of what is allowed."})

    code: str = Field(description="The clause’s; empty for the draft as a whole")
    field: str
    says: str


class DraftShown(Shown):
    """The draft as it lies."""

    model_config = example(
        {
            "title": "Harbour rules",
            "description": "How we talk to each other.",
            "paraphrase": False,
            "official_url": "",
            "parent": None,
            "sections": [{"prefix": "H", "title": "Harbour rules"}],
            "clauses": [],
            "problems": [],
            "beside": 1,
            "first_day": "2026-11-04",
            "changed_at": "2026-11-03T10:00:00Z",
            "seq": 5,
            "front_seq": 1,
        }
    )

    title: str
    description: str
    paraphrase: bool
    official_url: str
    parent: int | None = Field(description="The number of the statement that it rests on")
    sections: list[Section]
    clauses: list[DraftClauseShown]
    problems: list[ProblemShown]
    beside: int = Field(description="The number of the newest edition, with which it is compared")
    first_day: date = Field(description="The earliest day from which it can hold")
    changed_at: datetime
    seq: int
    front_seq: int


class FrontSent(Sent):
    """What the policy is called, what it rests on, and its sections in the order in which they are read."""

    model_config = example(
        {
            "title": "Harbour rules",
            "description": "How we talk to each other.",
            "sections": [{"prefix": "H", "title": "Harbour rules"}],
            "seen": 1,
        }
    )

    title: Line = Field(min_length=1, max_length=120)
    description: Words = Field(min_length=1, max_length=600)
    paraphrase: bool = Field(default=False, description="A summary: an official text elsewhere is the one that counts")
    official_url: Line = Field("", max_length=500)
    parent: Number | None = Field(None, description="The number of the statement that it rests on")
    sections: list[Section] = Field(min_length=1, max_length=50)
    seen: int = Field(ge=0, le=2**31, description="The draft’s `front_seq` as you read it")


class SectionSent(Sent):
    """A section of the draft."""

    model_config = example({"section": "H"})

    section: Line = Field(max_length=3)


class ShiftSent(Sent):
    """One place up or down."""

    model_config = example({"up": True})

    up: bool


class PublishSent(Sent):
    """From which day it holds, and which differences you have read."""

    model_config = example({"day": "2027-01-01", "seen": 5, "beside": 1})

    day: date
    seen: int = Field(ge=0, le=2**31, description="The draft’s `seq` as you read it")
    beside: int = Field(ge=0, le=2**31, description="The number of the newest edition, with which you compared it")


class DiscardSent(Sent):
    """Which state of the draft you have read."""

    model_config = example({"seen": 5})

    seen: int = Field(ge=0, le=2**31, description="The draft’s `seq` as you read it")


class EditionMade(Shown):
    """An edition of the policy."""

    model_config = example({"number": 2, "title": "Harbour rules", "in_force_from": "2027-01-01"})

    number: int
    title: str
    in_force_from: date


class DraftGone(Shown):
    """That there is no draft any more."""

    model_config = example({"discarded": True})

    discarded: bool
