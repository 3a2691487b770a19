"""What was only kept for a while is deleted: ended sessions, old codes, last day's counts, answers to programs."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session

from folkmoot.members.models import Allowance, Repeatable, SignInCode
from folkmoot.outbox.models import HookCall
from folkmoot.pinboard.looking import HERE
from folkmoot.pinboard.models import Looking

CALLS_KEPT = timedelta(days=28)  # of other programs, so that somebody can look why one did not arrive
AT_ONCE = 1_000  # rows of a kind in one go: writers wait for nobody long


def forget_stale(*, at: datetime) -> int:
    """Delete a batch of each and return how many rows went; 0 when nothing is left to delete.

    None of it belongs to the record.
    """
    day_ago = at - timedelta(days=1)
    stale = (
        Session.objects.filter(expire_date__lt=at),
        SignInCode.objects.filter(expires_at__lt=day_ago),
        Allowance.objects.filter(hour__lt=day_ago),
        Repeatable.objects.filter(begun_at__lt=day_ago),
        HookCall.objects.filter(made_at__lt=at - CALLS_KEPT).exclude(state=HookCall.State.WAITING),
        Looking.objects.filter(at__lt=at - HERE),
    )
    gone = 0
    for rows in stale:
        batch: list[Any] = list(rows.values_list("pk", flat=True)[:AT_ONCE])
        gone += rows.model._default_manager.filter(pk__in=batch).delete()[0] if batch else 0
    return gone
