"""Keeps the promises to other programs: leases calls that are due, posts them, notes what was answered."""

from datetime import datetime, timedelta
from importlib import import_module

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from folkmoot.outbox.models import HookCall
from folkmoot.steps.record_call import record_answer

AT_ONCE = 4  # to as many programs: one that is slow keeps nobody else waiting
LEASE = timedelta(minutes=2)


def call_hooks(*, at: datetime) -> int:
    """Make the calls that are due at `at`, the oldest of each program and of few programs; return how many were made.

    It may be killed at any moment: then a call is made again, under the same number.
    """
    if not HookCall.objects.filter(state=HookCall.State.WAITING, next_at__lte=at).exists():
        return 0  # an idle round takes no lock
    leased = _lease(at)
    if not leased:
        return 0
    answers = import_module("folkmoot.worker.calling").answers(leased, at=at)
    for call, (status, fault) in zip(leased, answers, strict=True):
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
