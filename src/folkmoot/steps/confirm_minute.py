"""A member who sat confirms their own vote as the minute has it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.procedure.words import Role, Stage, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.make_final import confirmed, minute_of, require_read, settle_if_confirmed


@transaction.atomic
def confirm_minute(case_id: int, *, by: Person, at: datetime, read: int | None = None) -> bool:
    """Confirm; returns whether that was the last one, so that the decision is now final.

    `read` is the number of the minute that the page showed; raises `StalePage` when there is another by now.
    """
    case = locked(case_id)
    minute = minute_of(case)
    if case.stage == Stage.FINAL:
        raise NotPermitted(gettext("This case is final already. Thank you."))
    if minute is None or str(by.pk) not in minute.facts["votes"]:
        raise NotPermitted(gettext("Only those who are recorded as having sat can confirm the minute."))
    require_read(minute, read)
    if by.pk in confirmed(minute):
        raise NotPermitted(gettext("You have confirmed this minute already. Thank you."))
    paper = file_paper(case, Paper.Kind.CONFIRMATION, by=by, at=at, facts={"person": by.pk}, answers=minute)
    advance(case, Step.CONFIRM_MINUTE, by=by, role=Role.EXECUTIVE, at=at, papers=[paper])
    return settle_if_confirmed(case, at=at)
