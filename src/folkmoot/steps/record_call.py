"""What became of a call to another program: taken, to be tried again, or given up. No part of any case."""

from datetime import datetime, timedelta

from django.db import transaction

from folkmoot.outbox.models import Hook, HookCall
from folkmoot.steps.end_hook import let_hook_end

GIVE_UP_AFTER = timedelta(hours=72)
GONE = 410  # the specification: whoever answers so wants to hear nothing any more
_PAUSES = (1, 2, 5, 15, 30, 60, 120, 240, 480)  # minutes between tries
_RESTS = _PAUSES[:5]  # minutes for which nothing goes to a program that has not taken so many calls in a row


@transaction.atomic
def record_answer(call_id: int, *, status: int | None, fault: str, at: datetime) -> HookCall:
    """Note what the other program answered at `at`: a `status`, or `None` and what kind of `fault` there was.

    Every status from 200 to 299 is a yes. After three days a call is given up; where nothing else arrived in all that
    time, the program is told of nothing any more.
    """
    call = HookCall.objects.select_for_update(of=("self",), no_key=True).select_related("hook").get(pk=call_id)
    if call.state != HookCall.State.WAITING:
        return call  # two workers met one call, or the hook was ended meanwhile
    call.tries += 1
    call.lease_until, call.last_answer = None, str(status) if status is not None else fault[:80]
    if status is not None and 200 <= status < 300:
        call.state, call.ended_at = HookCall.State.TAKEN, at
    elif at - call.made_at >= GIVE_UP_AFTER or status == GONE:
        call.state, call.ended_at = HookCall.State.GIVEN_UP, at
    else:
        call.next_at = at + timedelta(minutes=_PAUSES[min(call.tries, len(_PAUSES)) - 1])
    call.save()
    _note_how_it_goes(call, at=at)
    if call.state == HookCall.State.GIVEN_UP and call.hook.ended_at is None:
        if status == GONE:
            let_hook_end(call.hook_id, ending=Hook.Ending.GONE, at=at)
        elif not _took_anything(call.hook, since=at - GIVE_UP_AFTER):
            let_hook_end(call.hook_id, ending=Hook.Ending.SILENT, at=at)
    return call


def _note_how_it_goes(call: HookCall, *, at: datetime) -> None:
    """Let a program that took nothing rest for a while, whatever else waits for it: others are called meanwhile."""
    if call.state == HookCall.State.TAKEN:
        Hook.objects.filter(pk=call.hook_id, failures__gt=0).update(failures=0, rests_until=None)
        return
    failures = call.hook.failures + 1
    rests_until = at + timedelta(minutes=_RESTS[min(failures, len(_RESTS)) - 1])
    Hook.objects.filter(pk=call.hook_id).update(failures=failures, rests_until=rests_until)


def _took_anything(hook: Hook, *, since: datetime) -> bool:
    return HookCall.objects.filter(hook=hook, state=HookCall.State.TAKEN, ended_at__gte=since).exists()
