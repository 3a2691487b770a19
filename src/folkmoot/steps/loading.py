"""A pack becomes rows: an edition with its clauses, entered in the organisation's register."""

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.editions.as_packs import clause_columns, pack_columns
from folkmoot.editions.held import codes_taken
from folkmoot.editions.models import Clause, PolicyEdition
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation
from folkmoot.standards import Pack, PackFault, UnknownPack, find_pack, fingerprint, load_pack


def last_number(org: Organisation) -> int:
    """Return the number of the newest edition, 0 where there is none; call it with the organisation locked."""
    return PolicyEdition.objects.within(org).order_by("-number").values_list("number", flat=True).first() or 0


def codes_used(org: Organisation) -> frozenset[str]:
    """Return every code that a clause of the organisation's own policy has or had."""
    own = Clause.objects.within(org).filter(edition__is_parent=False)
    return frozenset(own.values_list("code", flat=True))


def parent_named(org: Organisation, pack: str) -> PolicyEdition | None:
    """Return the newest edition of the statement whose pack has this name."""
    return PolicyEdition.objects.within(org).filter(is_parent=True, pack=pack).order_by("-number").first()


def pack_folder(pack: str | Path) -> Path:
    """Return the folder of a pack, given it or the name of an installed one; raises `BadInput` (field "pack")."""
    try:
        return pack if isinstance(pack, Path) else find_pack(pack)
    except UnknownPack as unknown:
        raise BadInput(str(unknown.args[0]), field="pack") from None


def read_pack(pack: str | Path) -> Pack:
    """Return the pack in a folder, or an installed one; raises `BadInput` (field "pack") with all its mistakes."""
    try:
        return load_pack(pack_folder(pack))
    except PackFault as fault:
        raise BadInput(str(fault), field="pack") from None


def require_codes_free(org: Organisation, pack: Pack, *, at: datetime) -> None:
    """Raise `BadInput` (field "pack") when `pack` gives another clause a code that is gone and that decisions cite."""
    taken = codes_taken(org, pack, at=at)
    if taken:
        raise BadInput(gettext("%(code)s %(says)s") % {"code": taken[0].code, "says": taken[0].says}, field="pack")


def load_edition(
    org: Organisation, pack: Pack, *, number: int, parent: PolicyEdition | None, by: Actor, at: datetime
) -> PolicyEdition:
    """Make `pack` an edition of the organisation's own policy."""
    return _load(org, pack, number=number, parent=parent, by=by, at=at, is_parent=False, follows=None)


def load_parent(
    org: Organisation,
    pack: Pack,
    *,
    number: int,
    parent: PolicyEdition | None,
    follows: PolicyEdition | None,
    by: Actor,
    at: datetime,
) -> PolicyEdition:
    """Make `pack` an edition of what the policy rests on, in the place of `follows` where there is one."""
    return _load(org, pack, number=number, parent=parent, by=by, at=at, is_parent=True, follows=follows)


def _load(
    org: Organisation,
    pack: Pack,
    *,
    number: int,
    parent: PolicyEdition | None,
    is_parent: bool,
    follows: PolicyEdition | None,
    by: Actor,
    at: datetime,
) -> PolicyEdition:
    edition = PolicyEdition.objects.create(
        org=org,
        number=number,
        **pack_columns(pack),
        in_force_from=pack.in_force_from,
        is_parent=is_parent,
        parent=parent,
        follows=follows,
        fingerprint=fingerprint(pack),
        loaded_at=at,
    )
    Clause.objects.bulk_create(
        Clause(
            org=org,
            edition=edition,
            order=order,
            **clause_columns(clause),
        )
        for order, clause in enumerate(pack.clauses, start=1)
    )
    facts = {"edition": edition.pk, "number": edition.number, "text": edition.text_hash()}
    enter_register(org, "publish_policy", by=by, at=at, facts={**facts, "parent": is_parent})
    return edition
