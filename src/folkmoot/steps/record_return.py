"""A letter came back: a delivery report in the organisation's mailbox says so, or a person does."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import SYSTEM, Actor
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.outbox.models import Attempt, Dispatch
from folkmoot.procedure.words import Role
from folkmoot.steps.office import weightiest_office
from folkmoot.steps.other_way import find_other_way
from folkmoot.steps.record_delivery import enter, held
from folkmoot.steps.standing import require_uninvolved

REPORTED_WITHIN = timedelta(days=14)  # mail servers give up after five days or so


@transaction.atomic
def record_bounce(message_id: str, *, status: str, at: datetime) -> bool:
    """Note that a delivery report says that the letter `message_id` did not arrive; says whether anything changed.

    Whoever got the letter, or carried it, knows its Message-ID and can forge such a report. So all that it does is
    what hurts nobody: the letter is shown as returned, once, and the author's is sent another way. A report of a letter
    that has not left, that came back already, or that left long ago changes nothing.
    """
    found = Dispatch.objects.filter(message_id=message_id).values_list("pk", flat=True).first()
    if found is None:
        return False
    case, dispatch = held(found)
    if dispatch.state != Dispatch.State.SENT or dispatch.sent_at is None or at - dispatch.sent_at > REPORTED_WITHIN:
        return False
    _came_back(case, dispatch, status=status, by=SYSTEM, role=Role.SYSTEM, at=at)
    return True


@transaction.atomic
def record_return(dispatch_id: int, *, note: str, by: Person, at: datetime) -> Paper | None:
    """Note that somebody of the organisation says that a letter came back, and how they know.

    Returns the paper, `None` for mail that belongs to no case. Raises `NotPermitted` or `BadInput` (field "note").
    """
    case, dispatch = held(dispatch_id)
    if dispatch.org_id != by.org_id:
        raise NotPermitted(gettext("This letter belongs to another organisation."))
    role = weightiest_office(by, at=at)
    if role is None:
        raise NotPermitted(gettext("Only people with a role in this organisation can do this."))
    if case:
        require_uninvolved(case, by)
    if dispatch.state == Dispatch.State.RETURNED:
        raise NotPermitted(gettext("It is written down already that this letter came back. Thank you."))
    if dispatch.state != Dispatch.State.SENT:
        raise NotPermitted(gettext("This letter has not left, so it cannot have come back."))
    if not note:
        raise BadInput(gettext("Please write how you know that it came back."), field="note")
    return _came_back(case, dispatch, status="", by=by, role=role, note=note, at=at)


def _came_back(
    case: Case | None,
    dispatch: Dispatch,
    *,
    status: str,
    by: Actor,
    role: Role,
    at: datetime,
    note: str = "",
) -> Paper | None:
    dispatch.state, dispatch.returned_at, dispatch.serves_at = Dispatch.State.RETURNED, at, None
    dispatch.last_error = f"came back: {status}" if status else "came back"
    dispatch.save()
    Attempt.objects.create(dispatch=dispatch, at=at, outcome="returned", detail=status)
    if case and dispatch.paper:
        find_other_way(case, dispatch.paper, at=at)
    return enter(case, dispatch, "returned", at=at, by=by, role=role, note=note, status=status)
