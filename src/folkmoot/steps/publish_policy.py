"""A pack becomes an edition of an organisation's policy: immutable, numbered, dated by the pack itself."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.editions.models import Clause, PolicyEdition
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.standards import Pack, PackFault, UnknownPack, find_pack, fingerprint, load_pack
from folkmoot.standards.packfile import PACK_FILE
from folkmoot.steps.office import require_office


@transaction.atomic
def publish_policy(org: Organisation, pack: str | Path, *, by: Actor, at: datetime) -> PolicyEdition:
    """Load `pack`, the name of an installed one or a folder, after the pack that it restates.

    The text that is in force already stays as it is. Raises `BadInput` (field "pack") when the pack is
    unknown or has mistakes, or when its text was in force before and has been replaced since.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    Organisation.objects.select_for_update(no_key=True).get(pk=org.pk)  # editions are numbered one at a time
    return _publish(org, _folder(pack), by=by, at=at)


def publish_founding_policy(org: Organisation, pack: str | Path, *, by: Actor, at: datetime) -> PolicyEdition:
    """Load the policy of an organisation that nobody administers yet, in the transaction that makes it."""
    return _publish(org, _folder(pack), by=by, at=at)


def _folder(pack: str | Path) -> Path:
    try:
        return pack if isinstance(pack, Path) else find_pack(pack)
    except UnknownPack as unknown:
        raise BadInput(str(unknown.args[0]), field="pack") from None


def _publish(org: Organisation, folder: Path, *, by: Actor, at: datetime) -> PolicyEdition:
    found = _read(folder)
    newest = PolicyEdition.objects.within(org).filter(is_parent=False).order_by("-number").first()
    if newest is not None and newest.fingerprint == fingerprint(found):
        return newest
    known = _known(org, found)
    if known is not None and not known.is_parent:
        raise BadInput(
            f"This is edition {known.number} of your policy, word for word, and a later one has replaced it. "
            "To return to it, give its pack.yaml the date from which it is in force again.",
            field="pack",
        )
    if known is not None:
        raise BadInput(
            f"“{known.title}” is here already as what your policy rests on, so it cannot be the policy itself as well. "
            "Choose another; a copy of it under a name of its own can be brought in later.",
            field="pack",
        )
    last = PolicyEdition.objects.within(org).order_by("-number").values_list("number", flat=True).first() or 0
    # People cite the organisation's own edition: it takes the first free number, what it rests on the next.
    parent = _parent(org, found, folder, number=last + 2, by=by, at=at)
    return _load(org, found, number=last + 1, parent=parent, is_parent=False, by=by, at=at)


def _parent(
    org: Organisation, pack: Pack, folder: Path, *, number: int, by: Actor, at: datetime
) -> PolicyEdition | None:
    if pack.parent is None:
        return None
    beside = folder.resolve().parent / pack.parent
    its_folder = beside if (beside / PACK_FILE).is_file() else _folder(pack.parent)
    its_pack = _read(its_folder)
    known = _known(org, its_pack)
    if known is not None:
        return known
    above = _parent(org, its_pack, its_folder, number=number + 1, by=by, at=at)
    return _load(org, its_pack, number=number, parent=above, is_parent=True, by=by, at=at)


def _read(folder: Path) -> Pack:
    try:
        return load_pack(folder)
    except PackFault as fault:
        raise BadInput(str(fault), field="pack") from None


def _known(org: Organisation, pack: Pack) -> PolicyEdition | None:
    return PolicyEdition.objects.within(org).filter(fingerprint=fingerprint(pack)).first()


def _load(
    org: Organisation,
    pack: Pack,
    *,
    number: int,
    parent: PolicyEdition | None,
    is_parent: bool,
    by: Actor,
    at: datetime,
) -> PolicyEdition:
    edition = PolicyEdition.objects.create(
        org=org,
        number=number,
        pack=pack.name,
        title=pack.title,
        lang=pack.lang,
        in_force_from=pack.in_force_from,
        paraphrase=pack.paraphrase,
        official_url=pack.official_url or "",
        is_parent=is_parent,
        parent=parent,
        sections=[{"prefix": heading.prefix, "title": heading.title} for heading in pack.headings],
        fingerprint=fingerprint(pack),
        loaded_at=at,
    )
    Clause.objects.bulk_create(
        Clause(
            org=org,
            edition=edition,
            order=order,
            code=clause.code,
            title=clause.title,
            text=clause.text,
            scope=clause.scope,
            kind=clause.kind,
            allowed=clause.allowed,
            not_allowed=clause.not_allowed,
            aimed_at=clause.aimed_at,
            limited_to=clause.limited_to,
            restates=" ".join(clause.parents),
        )
        for order, clause in enumerate(pack.clauses, start=1)
    )
    facts = {"edition": edition.pk, "number": edition.number, "text": edition.text_hash()}
    enter_register(org, "publish_policy", by=by, at=at, facts={**facts, "parent": is_parent})
    return edition
