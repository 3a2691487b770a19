"""A letter counts as served, or as not served: time alone says so, each exactly once."""

from datetime import datetime

from django.db import transaction

from folkmoot.casefile.models import Paper
from folkmoot.casefile.record import SYSTEM, file_paper, locked
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.record_delivery import enter, held
from folkmoot.steps.service import appeal_runs_from


@transaction.atomic
def record_served(dispatch_id: int, *, at: datetime) -> bool:
    """Record that our relay accepted the letter and that it did not come back for 72 hours; says whether it did.

    It counts from when it was accepted. Re-checks under the case's lock, so that two workers record it once.
    """
    case, dispatch = held(dispatch_id)
    if case is None or dispatch.paper is None or dispatch.serves_at is None or dispatch.serves_at > at:
        return False
    if dispatch.state != Dispatch.State.SENT or dispatch.sent_at is None:
        return False
    dispatch.serves_at, dispatch.served_at = None, at
    dispatch.save()
    appeal_runs_from(case, dispatch.paper, since=dispatch.sent_at)
    enter(case, dispatch, "served", at=at)
    return True


@transaction.atomic
def record_not_served(task_id: int, *, at: datetime) -> bool:
    """Record that nobody handed the letter over in all this time; says whether it did.

    The task stays open: whoever hands the letter over later serves it, and then the time to appeal runs from there.
    """
    case = locked(Task.objects.values_list("case", flat=True).get(pk=task_id))
    task = Task.objects.select_for_update(of=("self",), no_key=True).select_related("paper").get(pk=task_id)
    if task.state != Task.State.OPEN or task.lapses_at is None or task.lapses_at > at:
        return False
    task.lapses_at = None
    task.save()
    appeal_runs_from(case, task.paper, since=at)
    paper = file_paper(
        case,
        Paper.Kind.DELIVERY,
        by=SYSTEM,
        at=at,
        facts={"letter": task.paper.facts["letter"], "task": task.pk, "outcome": "not_served"},
        answers=task.paper,
    )
    advance(case, Step.RECORD_DELIVERY, by=SYSTEM, role=Role.SYSTEM, at=at, papers=[paper])
    return True
