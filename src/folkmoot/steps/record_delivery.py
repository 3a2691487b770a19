"""What became of a letter: accepted by our mail server, or given up and handed to a person."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import SYSTEM, Actor, file_paper, locked
from folkmoot.outbox.due import ON_ITS_WAY
from folkmoot.outbox.models import Attempt, Dispatch, Task
from folkmoot.outbox.promise import supersede
from folkmoot.procedure.words import OFFICES, Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.other_way import ask_somebody, find_other_way

GIVE_UP_AFTER = timedelta(hours=72)
SERVED_AFTER = timedelta(hours=72)  # accepted, and nothing came back for so long: served
_PAUSES = (1, 2, 5, 15, 30, 60, 120, 240, 480)  # minutes between tries


@transaction.atomic
def record_sent(dispatch_id: int, *, at: datetime) -> None:
    """Note that our relay accepted the letter. A letter to a party counts as served later: see `record_served`."""
    case, dispatch = held(dispatch_id)
    if dispatch.state in (Dispatch.State.SENT, Dispatch.State.RETURNED):
        return  # two workers met one letter; its Message-ID is the same
    dispatch.state, dispatch.sent_at, dispatch.lease_until, dispatch.last_error = (
        Dispatch.State.SENT,
        at,
        None,
        "",
    )
    dispatch.tries += 1
    if dispatch.paper and dispatch.paper.facts["audience"] not in OFFICES:
        dispatch.serves_at = at + SERVED_AFTER
    dispatch.save()
    Attempt.objects.create(dispatch=dispatch, at=at, outcome="sent")
    if case:  # what was asked while there was no mail server
        supersede(case, Task.objects.filter(paper=dispatch.paper_id, op=Task.Op.HAND_OVER_NOTICE), at=at)
    enter(case, dispatch, "sent", at=at)


@transaction.atomic
def record_failure(dispatch_id: int, *, error: str, lasting: bool, at: datetime) -> None:
    """Note a failed try: it is tried again with growing pauses, or given up after 72 hours or a lasting refusal.

    For an author's letter that is given up, another way is looked for (D28).
    """
    case, dispatch = held(dispatch_id)
    if dispatch.state not in ON_ITS_WAY:
        return  # another worker got it through meanwhile, or it is no longer wanted
    dispatch.tries += 1
    dispatch.lease_until, dispatch.last_error = None, error[:300]
    Attempt.objects.create(dispatch=dispatch, at=at, outcome="failed", detail=error[:300])
    if lasting or at - dispatch.made_at > GIVE_UP_AFTER:
        dispatch.state = Dispatch.State.GIVEN_UP
        dispatch.save()
        if case and dispatch.paper:
            find_other_way(case, dispatch.paper, at=at)
        enter(case, dispatch, "given_up", at=at)
        return
    dispatch.state = Dispatch.State.WAITING
    dispatch.next_at = at + timedelta(minutes=_PAUSES[min(dispatch.tries, len(_PAUSES)) - 1])
    dispatch.save()


@transaction.atomic
def record_no_mail(dispatch_id: int, *, at: datetime) -> bool:
    """Ask somebody to hand an author's letter over, since there is no mail server; says whether it did.

    The letter still leaves by mail should there be a server before somebody has done it.
    """
    case, dispatch = held(dispatch_id)
    if case is None or dispatch.paper is None or dispatch.state not in ON_ITS_WAY:
        return False
    asked = Task.objects.filter(paper=dispatch.paper, op=Task.Op.HAND_OVER_NOTICE, made_at__gte=dispatch.made_at)
    if asked.exists() or dispatch.paper.facts["audience"] != Role.AUTHOR:
        return False
    ask_somebody(case, dispatch.paper, at=at)
    enter(case, dispatch, "no_mail", at=at)
    return True


def held(dispatch_id: int) -> tuple[Case | None, Dispatch]:
    """Return the letter and its case, both locked; always the case first, as every step does."""
    case_id = Dispatch.objects.values_list("case", flat=True).get(pk=dispatch_id)
    case = locked(case_id) if case_id else None
    dispatches = Dispatch.objects.select_for_update(of=("self",), no_key=True).select_related("paper")
    return case, dispatches.get(pk=dispatch_id)


def enter(
    case: Case | None,
    dispatch: Dispatch,
    outcome: str,
    *,
    at: datetime,
    by: Actor = SYSTEM,
    role: Role = Role.SYSTEM,
    note: str = "",
    **facts: Any,
) -> Paper | None:
    """File what became of a letter: "sent", "no_mail", "given_up", "returned" or "served"."""
    if case is None or dispatch.paper is None:
        return None  # a sign-in code or an invitation is no part of a case
    notice = dispatch.paper
    paper = file_paper(
        case,
        Paper.Kind.DELIVERY,
        by=by,
        at=at,
        facts={"letter": notice.facts["letter"], "dispatch": dispatch.pk, "outcome": outcome, **facts},
        texts={"note": note} if note else {},
        answers=notice,
    )
    advance(case, Step.RECORD_DELIVERY, by=by, role=role, at=at, papers=[paper])
    return paper
