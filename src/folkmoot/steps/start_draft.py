"""An administrator begins a draft of the policy: from the newest edition, or from a pack."""

from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, label
from folkmoot.editions.as_packs import clause_columns, pack_columns, pack_of
from folkmoot.editions.current import newest_policy
from folkmoot.editions.models import DraftClause, PolicyDraft, PolicyEdition
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.standards import Pack
from folkmoot.steps.loading import codes_used, parent_named, read_pack
from folkmoot.steps.office import require_office

_ONE = "A draft is open already. Go on with that one, or discard it first."


def start_draft(org: Organisation, *, by: Actor, at: datetime) -> PolicyDraft:
    """Begin a draft with the clauses of the newest edition, one that is only announced too.

    Raises `BadInput` when a draft is open.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    newest = newest_policy(org)
    return _start(org, pack_of(newest), newest.parent, origin=PolicyDraft.Origin.EDITION, by=by, at=at)


def start_draft_from_pack(org: Organisation, pack: str | Path, *, by: Actor, at: datetime) -> PolicyDraft:
    """Begin a draft with the clauses of `pack`, the name of an installed one or a folder.

    Raises `BadInput` (field "pack") when the pack is unknown or has mistakes, when what it rests on is not here, or
    when a draft is open.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    found = read_pack(pack)
    return _start(org, found, _parent(org, found), origin=PolicyDraft.Origin.PACK, by=by, at=at)


def _parent(org: Organisation, pack: Pack) -> PolicyEdition | None:
    if pack.parent is None:
        return None
    parent = parent_named(org, pack.parent)
    if parent is None:
        raise BadInput(
            gettext(
                "These rules rest on “%(parent)s”, which is not here. Bring that in first, as what your rules rest on."
            )
            % {"parent": pack.parent},
            field="pack",
        )
    return parent


def _start(
    org: Organisation,
    pack: Pack,
    parent: PolicyEdition | None,
    *,
    origin: PolicyDraft.Origin,
    by: Actor,
    at: datetime,
) -> PolicyDraft:
    try:
        with transaction.atomic():
            return _write(org, pack, parent, origin=origin, by=by, at=at)
    except IntegrityError:
        raise BadInput(_ONE, field="pack") from None


def _write(
    org: Organisation,
    pack: Pack,
    parent: PolicyEdition | None,
    *,
    origin: PolicyDraft.Origin,
    by: Actor,
    at: datetime,
) -> PolicyDraft:
    draft = PolicyDraft.objects.create(
        org=org,
        origin=origin,
        **pack_columns(pack),
        dated=pack.in_force_from,
        parent=parent,
        started_by=label(by),
        started_at=at,
        changed_by=label(by),
        changed_at=at,
    )
    used = codes_used(org)
    DraftClause.objects.bulk_create(
        DraftClause(
            org=org,
            draft=draft,
            order=order,
            **clause_columns(clause),
            is_new=clause.code not in used,
            changed_by=label(by),
            changed_at=at,
        )
        for order, clause in enumerate(pack.clauses, start=1)
    )
    return draft
