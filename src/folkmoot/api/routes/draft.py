"""The draft of the policy: beginning one, its clauses and sections, what differs, and making it an edition."""

from datetime import date, datetime
from typing import Any

from django.http import Http404
from ninja import Form
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.files import PackFile
from folkmoot.api.routes.policy import ADMINISTRATORS, PackSent, with_pack
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Line, Number, Sent, Shown, Words, example
from folkmoot.editions.as_packs import in_reading_order, pack_of
from folkmoot.editions.current import newest_policy, open_draft
from folkmoot.editions.draft_pack import pack_of_draft
from folkmoot.editions.models import DraftClause, PolicyDraft, PolicyEdition
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Scope
from folkmoot.standards import Kind
from folkmoot.standards import Scope as Where
from folkmoot.standards.changes import What, compare
from folkmoot.standards.clausefile import LONGEST_EXAMPLE, LONGEST_TITLE
from folkmoot.steps.change_draft import (
    Wording,
    add_clause,
    move_clause,
    retire_clause,
    shift_clause,
    take_back_clause,
    word_clause,
)
from folkmoot.steps.change_draft_front import Front, change_draft_front
from folkmoot.steps.from_when import first_day
from folkmoot.steps.publish_draft import discard_draft, publish_draft
from folkmoot.steps.start_draft import start_draft, start_draft_from_pack
from folkmoot.steps.tidied import codes_typed, official_address, paragraphs
from folkmoot.web.admin.draft_checks import to_put_right
from folkmoot.web.admin.draft_forms import SECTION_LIMIT, TEXT_LIMIT

router = Routes("Draft of the policy")
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


@router.reads("/policy/draft", offices=ADMINISTRATORS, returns=DraftShown)
def draft(request: Caller) -> DraftShown:
    """The draft on which administrators work, with what has to be put right."""
    return _shown(request)


@router.writes("/policy/draft", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=DraftShown, status=201)
def starting(
    request: Caller,
    said: Form[PackSent],
    file: PackFile = None,
) -> DraftShown:
    """Begin a draft from the newest edition, or from a pack: one that comes with Folkmoot, or a ZIP file."""
    if said.pack or file:
        with_pack(
            said.pack, file, lambda pack: start_draft_from_pack(request.org, pack, by=request.person, at=request.now)
        )
    else:
        start_draft(request.org, by=request.person, at=request.now)
    return _shown(request)


@router.writes("/policy/draft/front", method="PUT", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=DraftShown)
def front(request: Caller, said: FrontSent) -> DraftShown:
    """Change the title, the sections, and what the rules rest on."""
    parents = PolicyEdition.objects.within(request.org).filter(is_parent=True)
    parent = parents.filter(number=said.parent).first() if said.parent is not None else None
    if said.parent is not None and parent is None:
        raise BadInput("The rules cannot rest on this.", field="parent")
    wanted = Front(
        title=said.title,
        description=" ".join(said.description.split()),
        paraphrase=said.paraphrase,
        official_url=official_address(said.official_url, field="official_url"),
        parent=parent,
        sections=tuple((one.prefix, " ".join(one.title.split())) for one in said.sections),
    )
    change_draft_front(request.org, wanted, seen=said.seen, by=request.person, at=request.now)
    return _shown(request)


@router.writes("/policy/draft/clauses", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=DraftClauseShown, status=201)
def adding(request: Caller, said: SectionSent) -> DraftClauseShown:
    """Add an empty clause at the end of a section, under the first code that was never used."""
    return _clause(add_clause(request.org, said.section, by=request.person, at=request.now), What.NEW)


@router.writes(
    "/policy/draft/clauses/{str:code}",
    method="PUT",
    scope=Scope.ADMIN,
    offices=ADMINISTRATORS,
    returns=DraftClauseShown,
)
def wording(request: Caller, code: str, said: ClauseSent) -> DraftClauseShown:
    """Give a clause these words."""
    _there(request, code)
    clause = word_clause(request.org, code, said.wording(), seen=said.seen, by=request.person, at=request.now)
    return _one(request, clause.code)


@router.writes(
    "/policy/draft/clauses/{str:code}/shift",
    scope=Scope.ADMIN,
    offices=ADMINISTRATORS,
    returns=DraftClauseShown,
    status=201,
)
def shifting(request: Caller, code: str, said: ShiftSent) -> DraftClauseShown:
    """Put a clause one place up or down in its section; its code stays."""
    _there(request, code)
    return _one(request, shift_clause(request.org, code, up=said.up, by=request.person, at=request.now).code)


@router.writes(
    "/policy/draft/clauses/{str:code}/section",
    method="PUT",
    scope=Scope.ADMIN,
    offices=ADMINISTRATORS,
    returns=DraftClauseShown,
)
def moving(request: Caller, code: str, said: SectionSent) -> DraftClauseShown:
    """Put a clause at the end of another section, under a new code; the old one is never used again."""
    _there(request, code)
    clause = move_clause(request.org, code, prefix=said.section, by=request.person, at=request.now)
    return _one(request, clause.code)


@router.writes(
    "/policy/draft/clauses/{str:code}",
    method="DELETE",
    scope=Scope.ADMIN,
    offices=ADMINISTRATORS,
    returns=DraftShown,
)
def retiring(request: Caller, code: str) -> DraftShown:
    """Take a clause out: it holds until the draft is published, and its code is never used again."""
    _there(request, code)
    retire_clause(request.org, code, by=request.person, at=request.now)
    return _shown(request)


@router.writes(
    "/policy/draft/clauses/{str:code}/return",
    scope=Scope.ADMIN,
    offices=ADMINISTRATORS,
    returns=DraftClauseShown,
    status=201,
)
def taking_back(request: Caller, code: str) -> DraftClauseShown:
    """Put a clause that was taken out where it was."""
    _there(request, code)
    return _one(request, take_back_clause(request.org, code, by=request.person, at=request.now).code)


@router.writes("/policy/editions", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=EditionMade, status=201)
def publishing(request: Caller, said: PublishSent) -> EditionMade:
    """Make the draft an edition that holds from a day on."""
    made = publish_draft(
        request.org, day=said.day, seen=said.seen, beside=said.beside, by=request.person, at=request.now
    )
    return EditionMade(number=made.number, title=made.title, in_force_from=made.in_force_from)


@router.writes("/policy/draft/discarding", scope=Scope.ADMIN, offices=ADMINISTRATORS, returns=DraftGone, status=201)
def discarding(request: Caller, said: DiscardSent) -> DraftGone:
    """Give the draft up; what is in force stays as it is."""
    discard_draft(request.org, seen=said.seen, by=request.person, at=request.now)
    return DraftGone(discarded=True)


def _open(request: Caller) -> PolicyDraft:
    found = open_draft(request.org)
    if found is None:
        raise Http404
    return found


def _there(request: Caller, code: str) -> None:
    if not _open(request).clauses.filter(code=code).exists():
        raise Http404


def _shown(request: Caller) -> DraftShown:
    found = _open(request)
    clauses = list(found.clauses.all())
    changed = _changes(found, clauses)
    wrong = to_put_right(found, clauses, at=request.now)
    return DraftShown(
        title=found.title,
        description=found.description,
        paraphrase=found.paraphrase,
        official_url=found.official_url,
        parent=found.parent.number if found.parent else None,
        sections=[Section(prefix=one["prefix"], title=one["title"]) for one in found.sections],
        clauses=[_clause(one, changed.get(one.code)) for one in in_reading_order(found, clauses)],
        problems=[ProblemShown(code=one.code, field=one.field, says=one.says) for one in wrong],
        beside=newest_policy(request.org).number,
        first_day=first_day(request.org, at=request.now),
        changed_at=found.changed_at,
        seq=found.seq,
        front_seq=found.front_seq,
    )


def _one(request: Caller, code: str) -> DraftClauseShown:
    found = _open(request)
    clauses = list(found.clauses.all())
    clause = next(one for one in clauses if one.code == code)
    return _clause(clause, _changes(found, clauses).get(code))


def _changes(found: PolicyDraft, clauses: list[DraftClause]) -> dict[str, What]:
    changes = compare(pack_of(newest_policy(found.org)), pack_of_draft(found, clauses))
    return {one.after.code: one.what for one in changes.clauses if one.after}


def _clause(one: DraftClause, change: What | None) -> DraftClauseShown:
    said: dict[str, Any] = {name: getattr(one, name) for name in Wording.__slots__}
    gone = one.is_gone or change is None
    return DraftClauseShown(
        code=one.code,
        **{**said, "kind": Kind(one.kind), "scope": Where(one.scope)},
        is_new=one.is_new,
        is_gone=one.is_gone,
        change=What.GONE if gone or change is None else change,
        seq=one.seq,
    )
