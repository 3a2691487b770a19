"""The Secretary passes a reporter's words on to the Executive, as they are (Sh)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Duty, Paper
from folkmoot.casefile.record import NewDuty, locked, procedure_of
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.procedure.duties import Owed, turn_of
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.ask_for_review import tell_of_review
from folkmoot.steps.reviews import is_accused, open_review
from folkmoot.steps.standing import declared, involvement


@transaction.atomic
def forward_review(case_id: int, *, review: int, by: Person, at: datetime, seen: int | None = None) -> Paper:
    """Add the Executive to the request number `review` now, before the Secretary's time is up; returns the request."""
    case = locked(case_id, seen=seen)
    require_secretary(case, by, at=at)
    request = open_review(case, review)
    if request.duties.filter(holder=Role.EXECUTIVE).exists():
        raise NotPermitted(gettext("This is before the Executive already."))
    turn = turn_of(Owed.REVIEW, Role.EXECUTIVE, procedure_of(case).limits, at=at, zone=case.org.zone)
    advance(
        case,
        Step.FORWARD_REVIEW,
        by=by,
        role=Role.SECRETARY,
        at=at,
        papers=tell_of_review(case, request, turn, at=at),
        facts={"review": request.number},
        new_duties=[NewDuty(request, Owed.REVIEW, turn)],
        met=Duty.objects.filter(paper=request, met_at=None).select_related("paper"),
    )
    return request


def require_secretary(case: Case, by: Person, *, at: datetime) -> None:
    """Raise `NotPermitted` unless `by` is a Secretary who may deal with the reviews of this case."""
    if by.org_id != case.org_id:
        raise NotPermitted(gettext("This case belongs to another organisation."))
    if not by.holds(Role.SECRETARY, at=at):
        raise NotPermitted(gettext("Only the Secretary does this."))
    why = involvement(case, by)
    if why:
        raise NotPermitted(why)
    if is_accused(case, by):
        raise NotPermitted(
            gettext("A reporter says that this is about how you dealt with it, so the Executive answers it.")
        )
    if declared(case, by) is None:
        raise NotPermitted(gettext("Please say first whether you have an interest in this matter."))
