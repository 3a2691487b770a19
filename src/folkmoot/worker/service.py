"""Letters that were accepted and did not come back count as served; those that nobody handed over, as not served."""

from datetime import datetime

from folkmoot.outbox.models import Dispatch, Task
from folkmoot.steps.record_served import record_not_served, record_served
from folkmoot.worker.sweep import BATCH, take


def serve(*, at: datetime) -> int:
    """Record what time alone says of letters at `at`; return how many. It may be killed at any moment."""
    accepted = Dispatch.objects.filter(serves_at__lte=at, state=Dispatch.State.SENT).order_by("serves_at", "pk")
    by_hand = Task.objects.filter(lapses_at__lte=at, state=Task.State.OPEN).order_by("lapses_at", "pk")
    served = sum(take(record_served, number, at=at) for number in accepted.values_list("pk", flat=True)[:BATCH])
    lapsed = sum(take(record_not_served, number, at=at) for number in by_hand.values_list("pk", flat=True)[:BATCH])
    return served + lapsed
