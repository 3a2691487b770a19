"""Somebody outside gets no checkpoints any more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Outsider
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office


@transaction.atomic
def end_outsider(outsider: Outsider, *, by: Actor, at: datetime) -> Outsider:
    """End it from now on; what they have keeps proving what it proves. Raises `BadInput` when it has ended."""
    require_office(outsider.org, by, Role.ADMINISTRATOR, at=at)
    found = Outsider.objects.select_for_update(of=("self",), no_key=True).select_related("org").get(pk=outsider.pk)
    if found.until is not None:
        raise BadInput(gettext("%(name)s gets no checkpoints any more.") % {"name": found.name}, field="outsider")
    found.until = at
    found.save(update_fields=["until"])
    enter_register(found.org, "end_outsider", by=by, at=at, facts={"outsider": found.pk})
    return found
