"""Keeps the promises to other programs: leases calls that are due, posts them, notes what was answered."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from folkmoot.outbox.hooks import headers_of
from folkmoot.outbox.models import HookCall
from folkmoot.steps.record_call import record_answer
from folkmoot.worker.reach import Posting, Unreachable, new_client, post

AT_ONCE = 4  # to as many programs: one that is slow keeps nobody else waiting
LONGEST = 25.0  # seconds, from looking the name up to the answer; letters wait meanwhile
LEASE = timedelta(minutes=2)


def call_hooks(*, at: datetime) -> int:
    """Make the calls that are due at `at`, the oldest of each program and of few programs; return how many were made.

    It may be killed at any moment: then a call is made again, under the same number.
    """
    if not HookCall.objects.filter(state=HookCall.State.WAITING, next_at__lte=at).exists():
        return 0  # an idle round takes no lock
    leased = _lease(at)
    for call, (status, fault) in zip(leased, _all(leased, at=at), strict=True):
        record_answer(call.pk, status=status, fault=fault, at=at)
    return len(leased)


@transaction.atomic
def _lease(at: datetime) -> list[HookCall]:
    earlier = HookCall.objects.filter(
        hook=OuterRef("hook"), pk__lt=OuterRef("pk"), state=HookCall.State.WAITING, next_at__lte=at
    )
    due = HookCall.objects.filter(state=HookCall.State.WAITING, next_at__lte=at).exclude(lease_until__gt=at)
    due = due.exclude(Exists(earlier)).select_related("hook").order_by("next_at", "pk")
    due = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked, of=("self",))
    leased = list(due[:AT_ONCE])
    HookCall.objects.filter(pk__in=[call.pk for call in leased]).update(lease_until=at + LEASE)
    return leased


def _all(calls: Sequence[HookCall], *, at: datetime) -> list[tuple[int | None, str]]:
    """Return what each call came to. Nothing in the threads asks the database."""
    clients = [new_client() for _ in calls]
    postings = [
        Posting(call.hook.url, headers_of(call, at=at), call.body.encode(), private=settings.HOOKS_PRIVATE)
        for call in calls
    ]
    pool = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="hooks")
    made = [pool.submit(post, client, posting) for client, posting in zip(clients, postings, strict=True)]
    wait(made, timeout=LONGEST)
    for client in clients:  # whoever still waits for an answer that comes in drops is disturbed by it
        client.close()
    pool.shutdown(wait=False, cancel_futures=True)
    return [_outcome(one) for one in made]


def _outcome(made: "Future[int]") -> tuple[int | None, str]:
    if not made.done() or made.cancelled():
        return None, "too slow"
    try:
        return made.result(), ""
    except Unreachable as reason:
        return None, str(reason)
