"""Letters that were accepted and did not come back count as served; those that nobody handed over, as not served."""

from datetime import datetime

from folkmoot.outbox.models import Dispatch, Task
from folkmoot.steps.record_served import record_not_served, record_served
from folkmoot.worker.sweep import BATCH, take


def serve(*, at: datetime) -> int:
    """Record what time alone says of letters at `at`; return how many. It may be killed at any moment."""
    accepted = Dispatch.objects.filter(serves_at__lte=at).order_by("serves_at", "pk").values_list("pk", flat=True)
    by_hand = Task.objects.filter(lapses_at__lte=at).order_by("lapses_at", "pk").values_list("pk", flat=True)
    served = sum(take(record_served, number, at=at) for number in accepted[:BATCH])
    return served + sum(take(record_not_served, number, at=at) for number in by_hand[:BATCH])
