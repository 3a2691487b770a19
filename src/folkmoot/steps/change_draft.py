"""Administrators work on the draft of the policy: they word, add, move, retire and take back clauses."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, label
from folkmoot.editions.as_packs import in_reading_order
from folkmoot.editions.models import DraftClause, PolicyDraft
from folkmoot.kernel.errors import BadInput, StalePage
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.standards.codes import next_code, prefix_of
from folkmoot.standards.packs import MOST_CLAUSES
from folkmoot.standards.textfile import is_hidden
from folkmoot.steps.loading import codes_used
from folkmoot.steps.office import require_office

_BY_ANOTHER = "Somebody else has changed this clause"


@dataclass(frozen=True, slots=True)
class Wording:
    """All that a clause of a draft says but for its code; the names are those of `DraftClause`."""

    title: str
    text: str
    scope: str
    kind: str
    allowed: str = ""
    not_allowed: str = ""
    aimed_at: bool = False
    limited_to: str = ""
    restates: str = ""


@transaction.atomic
def word_clause(org: Organisation, code: str, wording: Wording, *, seen: int, by: Actor, at: datetime) -> DraftClause:
    """Give the clause these words; what is not sound yet may be kept too, and is looked at before publishing.

    `seen` is the clause's `seq` on the page: raises `StalePage` when it has changed since, by whomever: two windows of
    one person are two pages. Nothing is written, and `seq` stays, when nothing differs. Raises `BadInput` for
    characters that nobody can see.
    """
    draft = _locked(org, by, at=at)
    clause = _clause(draft, code)
    wanted = {field.name: _sound(getattr(wording, field.name), field.name) for field in fields(Wording)}
    if all(getattr(clause, name) == value for name, value in wanted.items()):
        return clause
    if clause.seq != seen:
        who = "You have changed this clause in another window" if clause.changed_by == label(by) else _BY_ANOTHER
        raise StalePage(
            gettext(
                "%(who)s since you opened this page. Those words stand below beside these: please put "
                "both together, then keep it."
            )
            % {"who": who}
        )
    for name, value in wanted.items():
        setattr(clause, name, value)
    return _keep(draft, clause, by=by, at=at)


@transaction.atomic
def add_clause(org: Organisation, prefix: str, *, by: Actor, at: datetime) -> DraftClause:
    """Add an empty clause at the end of a section, under the first code that was never used, and return it."""
    draft = _locked(org, by, at=at)
    _require_section(draft, prefix)
    clauses = list(draft.clauses.all())
    if sum(not one.is_gone for one in clauses) >= MOST_CLAUSES:
        raise BadInput(
            gettext("These rules have %(most_clauses)s clauses, which is as many as there can be.")
            % {"most_clauses": MOST_CLAUSES}
        )
    clause = DraftClause(org=org, draft=draft, code=_new_code(draft, clauses, prefix), is_new=True, seq=0)
    clause.order = max((one.order for one in clauses), default=0) + 1
    return _keep(draft, clause, by=by, at=at)


@transaction.atomic
def shift_clause(org: Organisation, code: str, *, up: bool, by: Actor, at: datetime) -> DraftClause:
    """Put a clause one place up or down in its section; its code stays. At the end it stays where it is."""
    draft = _locked(org, by, at=at)
    clause = _clause(draft, code)
    beside = _standing(draft, prefix_of(code))
    place = next(number for number, one in enumerate(beside) if one.pk == clause.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(beside):
        return clause
    beside[place], beside[other] = beside[other], beside[place]
    for order, one in enumerate(beside, start=1):
        one.order = order
    DraftClause.objects.bulk_update(beside, ["order"])
    clause.refresh_from_db()
    return _keep(draft, clause, by=by, at=at)


@transaction.atomic
def move_clause(org: Organisation, code: str, *, prefix: str, by: Actor, at: datetime) -> DraftClause:
    """Put a clause at the end of another section, under a new code; the old code is retired. Returns it there."""
    draft = _locked(org, by, at=at)
    _require_section(draft, prefix)
    clause = _clause(draft, code)
    if prefix_of(code) == prefix:
        raise BadInput(gettext("The clause is in this section already."), field="prefix")
    clauses = list(draft.clauses.all())
    there = DraftClause(org=org, draft=draft, code=_new_code(draft, clauses, prefix), is_new=True, seq=0)
    for field in fields(Wording):
        setattr(there, field.name, getattr(clause, field.name))
    there.order = max(one.order for one in clauses) + 1
    _take_out(draft, clause, by=by, at=at)
    return _keep(draft, there, by=by, at=at)


@transaction.atomic
def retire_clause(org: Organisation, code: str, *, by: Actor, at: datetime) -> None:
    """Take a clause out. One that an edition had can be taken back until then; its code is never used again."""
    draft = _locked(org, by, at=at)
    _take_out(draft, _clause(draft, code), by=by, at=at)


@transaction.atomic
def take_back_clause(org: Organisation, code: str, *, by: Actor, at: datetime) -> DraftClause:
    """Put a clause that was taken out where it was."""
    draft = _locked(org, by, at=at)
    clause = draft.clauses.filter(code=code, is_gone=True).first()
    if clause is None:
        raise StalePage(gettext("This clause is not among those that were taken out."))
    _require_section(draft, prefix_of(code))
    clause.is_gone = False
    return _keep(draft, clause, by=by, at=at)


def locked_draft(org: Organisation) -> PolicyDraft:
    """Return the open draft, locked; raises `StalePage` when there is none, as when it was published meanwhile."""
    found = PolicyDraft.objects.within(org).select_for_update(no_key=True, of=("self",))
    draft = found.select_related("org", "parent").filter(state=PolicyDraft.State.OPEN).first()
    if draft is None:
        raise StalePage(gettext("The draft is not open any more: somebody has published or discarded it."))
    return draft


def touch(draft: PolicyDraft, *, by: Actor, at: datetime) -> None:
    """Note that the locked `draft` has changed, by whom and when."""
    draft.seq += 1
    draft.changed_by, draft.changed_at = label(by), at
    draft.save()


def require_visible(text: str, field: str) -> str:
    """Return `text`, or raise `BadInput` when it has a character that nobody can see."""
    if any(map(is_hidden, text)):
        raise BadInput(
            gettext(
                "There is an invisible character in this, which could make it look different from what "
                "it is. Please type the words again instead of pasting them."
            ),
            field=field,
        )
    return text


def _locked(org: Organisation, by: Actor, *, at: datetime) -> PolicyDraft:
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    return locked_draft(org)


def _clause(draft: PolicyDraft, code: str) -> DraftClause:
    clause = draft.clauses.filter(code=code, is_gone=False).first()
    if clause is None:
        raise StalePage(gettext("Somebody has taken this clause out of the draft meanwhile."))
    return clause


def _keep(draft: PolicyDraft, clause: DraftClause, *, by: Actor, at: datetime) -> DraftClause:
    clause.seq += 1
    clause.changed_by, clause.changed_at = label(by), at
    clause.save()
    touch(draft, by=by, at=at)
    return clause


def _take_out(draft: PolicyDraft, clause: DraftClause, *, by: Actor, at: datetime) -> None:
    if clause.is_new:
        # A code that no edition had and that is not the last one of its section would leave a hole.
        draft.retired = sorted({*draft.retired, clause.code} - {_last_of_new(draft, clause)})
        clause.delete()
        touch(draft, by=by, at=at)
    else:
        clause.is_gone = True
        _keep(draft, clause, by=by, at=at)


def _last_of_new(draft: PolicyDraft, clause: DraftClause) -> str:
    """Return the clause's code if the next clause of its section would get that same code again."""
    others = [one.code for one in draft.clauses.exclude(pk=clause.pk)]
    used = [*others, *draft.retired, *codes_used(draft.org)]
    return clause.code if next_code(prefix_of(clause.code), used) == clause.code else ""


def _standing(draft: PolicyDraft, prefix: str) -> list[DraftClause]:
    here = [one for one in draft.clauses.filter(is_gone=False) if prefix_of(one.code) == prefix]
    return in_reading_order(draft, here)


def _require_section(draft: PolicyDraft, prefix: str) -> None:
    if prefix not in {section["prefix"] for section in draft.sections}:
        raise BadInput(gettext("There is no such section in the draft."), field="prefix")


def _new_code(draft: PolicyDraft, clauses: Sequence[DraftClause], prefix: str) -> str:
    """Return the first code of the section that was never used; codes of older editions that it skips are retired."""
    here = {one.code for one in clauses}
    used = {*here, *draft.retired, *codes_used(draft.org)}
    skipped = {code for code in used - here if prefix_of(code) == prefix}
    draft.retired = sorted({*draft.retired, *skipped})
    return next_code(prefix, used)


def _sound(value: str | bool, field: str) -> str | bool:
    return require_visible(value, field) if isinstance(value, str) else value
