"""A moderator takes a case from the queue. The clock runs on: a claim is no answer."""

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
def claim(case_id: int, *, by: Person, at: datetime) -> Case:
    """Take the case; raises `NotPermitted` when somebody else has it, with their name."""
    case = locked(case_id)
    role = capacity(case, by, Step.CLAIM, at=at)
    if case.claimed_by and case.claimed_by_id != by.pk:
        raise NotPermitted(gettext("%(name)s has already taken this case.") % {"name": case.claimed_by.name})
    if case.claimed_by_id == by.pk:
        return case
    case.claimed_by = by
    advance(case, Step.CLAIM, by=by, role=role, at=at)
    return case
