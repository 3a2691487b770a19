"""A pack becomes an edition of an organisation's policy: immutable, numbered, dated by the pack or by who publishes."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor
from folkmoot.editions.models import PolicyEdition
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.standards import Pack, fingerprint
from folkmoot.standards.packfile import PACK_FILE
from folkmoot.steps.from_when import require_day
from folkmoot.steps.loading import (
    last_number,
    load_edition,
    load_parent,
    pack_folder,
    parent_named,
    read_pack,
    require_codes_free,
)
from folkmoot.steps.office import require_office


@transaction.atomic
def publish_policy(
    org: Organisation, pack: str | Path, *, day: date | None = None, by: Actor, at: datetime
) -> PolicyEdition:
    """Load `pack`, the name of an installed one or a folder, after the pack that it restates.

    It holds from `day`, in the organisation's zone, or else from the pack's own date, which may be past: the
    members have lived by the text since then. The text that is in force already stays as it is. Raises `BadInput`:
    field "pack" when the pack is unknown or has mistakes, when its text and day were there before and have been
    replaced since, or when it gives another clause a code that old decisions cite; field "day" as drafts do.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    Organisation.objects.select_for_update(no_key=True).get(pk=org.pk)  # editions are numbered one at a time
    folder = pack_folder(pack)
    found = read_pack(folder)
    if day is not None:
        require_day(org, day, own=found.in_force_from, at=at)
        found = replace(found, in_force_from=day)
    return _publish(org, found, folder, by=by, at=at)


def publish_founding_policy(org: Organisation, pack: str | Path, *, by: Actor, at: datetime) -> PolicyEdition:
    """Load the policy of an organisation that nobody administers yet, in the transaction that makes it."""
    folder = pack_folder(pack)
    return _publish(org, read_pack(folder), folder, by=by, at=at)


def _publish(org: Organisation, found: Pack, folder: Path, *, by: Actor, at: datetime) -> PolicyEdition:
    newest = PolicyEdition.objects.within(org).filter(is_parent=False).order_by("-number").first()
    if newest is not None and newest.fingerprint == fingerprint(found):
        return newest
    known = _known(org, found)
    if known is not None and not known.is_parent:
        raise BadInput(
            gettext(
                "This is edition %(number)s of your policy, word for word, and a later one has replaced "
                "it. To return to it, say another day from which it is in force again: --from, or in its "
                "pack.yaml."
            )
            % {"number": known.number},
            field="pack",
        )
    if known is not None:
        raise BadInput(
            gettext(
                "“%(title)s” is here already as what your policy rests on, so it cannot be the policy "
                "itself as well. Choose another; a copy of it under a name of its own can be brought in "
                "later."
            )
            % {"title": known.title},
            field="pack",
        )
    require_codes_free(org, found, at=at)
    last = last_number(org)
    # People cite the organisation's own edition: it takes the first free number, what it rests on the next.
    parent = _parent(org, found, folder, number=last + 2, by=by, at=at)
    return load_edition(org, found, number=last + 1, parent=parent, by=by, at=at)


def _parent(
    org: Organisation, pack: Pack, folder: Path, *, number: int, by: Actor, at: datetime
) -> PolicyEdition | None:
    if pack.parent is None:
        return None
    beside = folder.resolve().parent / pack.parent
    its_folder = beside if (beside / PACK_FILE).is_file() else pack_folder(pack.parent)
    its_pack = read_pack(its_folder)
    known = _known(org, its_pack)
    if known is not None:
        return known
    above = _parent(org, its_pack, its_folder, number=number + 1, by=by, at=at)
    return load_parent(
        org, its_pack, number=number, parent=above, follows=parent_named(org, its_pack.name), by=by, at=at
    )


def _known(org: Organisation, pack: Pack) -> PolicyEdition | None:
    return PolicyEdition.objects.within(org).filter(fingerprint=fingerprint(pack)).first()
