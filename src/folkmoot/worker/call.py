"""Keeps the promises to other programs: leases calls that are due, posts them, notes what was answered."""

from collections import Counter
from datetime import datetime, timedelta
from importlib import import_module
from operator import attrgetter

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from folkmoot.outbox.models import HookCall
from folkmoot.steps.record_call import record_answer

AT_ONCE = 4  # to as many programs: one that is slow keeps nobody else waiting
LEASE = timedelta(minutes=2)


def call_hooks(*, at: datetime) -> int:
    """Make the calls that are due at `at`, the oldest of each program and of few programs; return how many were made.

    Organisations take turns. A program that did not take its last call rests for a while, and one such at most is
    among those that are called together, with less time to answer: nobody's dead programs keep others waiting.

    It may be killed at any moment: then a call is made again, under the same number.
    """
    if not _due(at).exists():
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
    heads = _due(at).exclude(lease_until__gt=at).exclude(Exists(earlier)).select_related("hook")
    chosen = [call.pk for call in _in_turn(list(heads.order_by("next_at", "pk")))]
    due = _due(at).exclude(lease_until__gt=at).filter(pk__in=chosen).select_related("hook").order_by("next_at", "pk")
    due = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked, of=("self",))
    leased = list(due)
    HookCall.objects.filter(pk__in=[call.pk for call in leased]).update(lease_until=at + LEASE)
    return leased


def _due(at: datetime) -> QuerySet[HookCall]:
    return HookCall.objects.filter(state=HookCall.State.WAITING, next_at__lte=at).exclude(hook__rests_until__gt=at)


def _in_turn(heads: list[HookCall]) -> list[HookCall]:
    """Return what is called now of `heads`, the oldest call of each program: the first of each organisation first."""
    failing = sorted((one for one in heads if one.hook.failures), key=attrgetter("hook.rests_until", "pk"))[:1]
    before, turns = Counter[int](), list[tuple[int, HookCall]]()
    for one in heads:
        if not one.hook.failures:
            turns.append((before[one.org_id], one))
            before[one.org_id] += 1
    sound = [one for _, one in sorted(turns, key=lambda turn: turn[0])]
    return [*sound[: AT_ONCE - len(failing)], *failing]
