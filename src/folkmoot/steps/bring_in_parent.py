"""An administrator brings in what the policy rests on, or a newer edition of it; the policy itself stays as it is."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor
from folkmoot.editions.current import newest_policy
from folkmoot.editions.models import PolicyEdition
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.standards import fingerprint
from folkmoot.steps.loading import last_number, load_parent, parent_named, read_pack
from folkmoot.steps.office import require_office


@transaction.atomic
def bring_in_parent(
    org: Organisation, pack: str | Path, *, follows: PolicyEdition | None = None, by: Actor, at: datetime
) -> PolicyEdition:
    """Load `pack`, the name of an installed one or a folder, as a statement that the policy can rest on.

    `follows` is the edition whose place it takes; one of the same name takes the place of the newest of that name.
    Raises `BadInput` (field "pack") when the pack is unknown or has mistakes, or when its text is here already.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    Organisation.objects.select_for_update(no_key=True).get(pk=org.pk)  # editions are numbered one at a time
    found = read_pack(pack)
    known = PolicyEdition.objects.within(org).filter(fingerprint=fingerprint(found)).first()
    if known is not None:
        raise BadInput(
            gettext("This text is here already, as “%(title)s”, edition %(number)s.")
            % {"title": known.title, "number": known.number},
            field="pack",
        )
    if follows is not None and (follows.org_id != org.pk or not follows.is_parent):
        raise BadInput(gettext("It cannot take the place of this."), field="follows")
    if found.name == newest_policy(org).pack:
        raise BadInput(gettext("This is your own policy. What it rests on is another text."), field="pack")
    above = parent_named(org, found.parent) if found.parent else None
    if found.parent and above is None:
        raise BadInput(
            gettext("It rests on “%(parent)s”, which is not here. Bring that in first.") % {"parent": found.parent},
            field="pack",
        )
    before = _last(follows) if follows else parent_named(org, found.name)
    return load_parent(org, found, number=last_number(org) + 1, parent=above, follows=before, by=by, at=at)


def _last(edition: PolicyEdition) -> PolicyEdition:
    """Return the newest edition that took the place of this one, or this one."""
    after = edition.followers.order_by("-number").first()
    return _last(after) if after else edition
