"""The draft of the policy: beginning one, its clauses and sections, what differs, and making it an edition."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext
from ninja import Form

from folkmoot.api.caller import Caller
from folkmoot.api.draft_shapes import (
    ClauseSent,
    DiscardSent,
    DraftClauseShown,
    DraftGone,
    DraftShown,
    EditionMade,
    FrontSent,
    ProblemShown,
    PublishSent,
    Section,
    SectionSent,
    ShiftSent,
)
from folkmoot.api.files import PackFile
from folkmoot.api.routes.policy import ADMINISTRATORS, PackSent, with_pack
from folkmoot.api.routing import Routes
from folkmoot.editions.as_packs import in_reading_order, pack_of
from folkmoot.editions.current import newest_policy, open_draft
from folkmoot.editions.draft_pack import pack_of_draft
from folkmoot.editions.models import DraftClause, PolicyDraft, PolicyEdition
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Scope
from folkmoot.standards import Kind
from folkmoot.standards import Scope as Where
from folkmoot.standards.changes import What, compare
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
from folkmoot.steps.tidied import official_address
from folkmoot.web.admin.draft_checks import to_put_right

router = Routes("Draft of the policy")


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
        raise BadInput(gettext("The rules cannot rest on this."), field="parent")
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
