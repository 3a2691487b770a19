"""What became of a letter: accepted by our mail server, or given up and handed to a person."""

from datetime import datetime, timedelta

from django.db import transaction

from folkmoot.casefile.models import Grant, Paper
from folkmoot.casefile.record import SYSTEM, advance, file_paper, locked
from folkmoot.outbox.models import Attempt, Dispatch
from folkmoot.outbox.promise import ask_to_hand_over
from folkmoot.procedure.words import Role, Step

GIVE_UP_AFTER = timedelta(hours=72)
_PAUSES = (1, 2, 5, 15, 30, 60, 120, 240, 480)  # minutes between tries


@transaction.atomic
def record_sent(dispatch_id: int, *, at: datetime) -> None:
    """Note that our relay accepted the letter."""
    dispatch = Dispatch.objects.select_for_update(of=("self",)).get(pk=dispatch_id)
    if dispatch.state == Dispatch.State.SENT:
        return  # two workers met one letter; its Message-ID is the same
    dispatch.state, dispatch.sent_at, dispatch.lease_until, dispatch.last_error = (
        Dispatch.State.SENT,
        at,
        None,
        "",
    )
    dispatch.tries += 1
    dispatch.save()
    Attempt.objects.create(dispatch=dispatch, at=at, outcome="sent")
    _enter(dispatch, "sent", at=at)


@transaction.atomic
def record_failure(dispatch_id: int, *, error: str, lasting: bool, at: datetime) -> None:
    """Note a failed try: it is tried again with growing pauses, or given up after 72 hours or a lasting refusal.

    An author's letter that is given up becomes a task: another way must be found (D28).
    """
    dispatch = Dispatch.objects.select_for_update(of=("self",)).get(pk=dispatch_id)
    if dispatch.state == Dispatch.State.SENT:
        return  # another worker got it through meanwhile
    dispatch.tries += 1
    dispatch.lease_until, dispatch.last_error = None, error[:300]
    Attempt.objects.create(dispatch=dispatch, at=at, outcome="failed", detail=error[:300])
    if lasting or at - dispatch.made_at > GIVE_UP_AFTER:
        dispatch.state = Dispatch.State.GIVEN_UP
        dispatch.save()
        _enter(dispatch, "given_up", at=at)
        return
    dispatch.state = Dispatch.State.WAITING
    dispatch.next_at = at + timedelta(minutes=_PAUSES[min(dispatch.tries, len(_PAUSES)) - 1])
    dispatch.save()


def _enter(dispatch: Dispatch, outcome: str, *, at: datetime) -> None:
    if dispatch.case_id is None or dispatch.paper is None:
        return  # a sign-in code or an invitation is no part of a case
    case = locked(dispatch.case_id)
    notice = dispatch.paper
    paper = file_paper(
        case,
        Paper.Kind.DELIVERY,
        by=SYSTEM,
        at=at,
        facts={"letter": notice.facts["letter"], "dispatch": dispatch.pk, "outcome": outcome},
        answers=notice,
    )
    if outcome == "given_up" and notice.facts["audience"] == Role.AUTHOR:
        grant = Grant.objects.filter(case=case, party=Role.AUTHOR).order_by("-pk").first()
        if grant:
            ask_to_hand_over(case, notice, grant, at=at)
    advance(case, Step.RECORD_DELIVERY, by=SYSTEM, role=Role.SYSTEM, at=at, papers=[paper])
