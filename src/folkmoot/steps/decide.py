"""A moderator decides (Ma-Me): finding, reasons, what has to be done, and the author's letter, all at once."""

from datetime import datetime

from django.db import transaction

from folkmoot.casefile.models import Paper
from folkmoot.casefile.record import locked
from folkmoot.members.models import Person
from folkmoot.procedure.words import Step
from folkmoot.steps.finding import Decision, require_sound
from folkmoot.steps.issue import issue
from folkmoot.steps.standing import capacity


@transaction.atomic
def decide(
    case_id: int, decision: Decision, *, by: Person, at: datetime, seen: int | None = None, necessity: str = ""
) -> Paper:
    """Decide the case: a restriction is never written without its statement of reasons (Me, D24).

    Raises `BadInput` for what is missing, `NotPermitted`, or `StalePage`.
    """
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.DECIDE, at=at, necessity=necessity)
    clauses = require_sound(case, decision)
    return issue(case, decision, clauses, step=Step.DECIDE, by=by, role=role, at=at, necessity=necessity)
