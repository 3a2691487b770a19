"""A case goes back to the queue, from whoever has it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case
from folkmoot.casefile.record import locked
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.procedure.words import Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.standing import capacity


@transaction.atomic
def release(case_id: int, *, by: Person, at: datetime) -> Case:
    """Put the case back. Another moderator may do it too: people fall ill."""
    case = locked(case_id)
    role = capacity(case, by, Step.RELEASE, at=at)
    if case.claimed_by is None:
        raise NotPermitted(gettext("Nobody has this case at the moment."))
    case.claimed_by = None
    advance(case, Step.RELEASE, by=by, role=role, at=at)
    return case
