"""Sweeps time limits: late answers are handed over, and what nobody objected to becomes final.

It asks the database each time, so it may be killed at any moment and started anywhere.
"""

from datetime import datetime

from folkmoot.casefile.models import Case, Duty
from folkmoot.steps.hand_over import hand_over
from folkmoot.steps.make_final import make_final

BATCH = 200


def sweep(*, at: datetime) -> int:
    """Take every step that time alone has made due at `at`; return how many were taken."""
    taken = 0
    late = Duty.objects.filter(due_at__lt=at, met_at=None, lapsed_at=None).order_by("due_at")
    for duty_id in late.values_list("pk", flat=True)[:BATCH]:
        taken += hand_over(duty_id, at=at)
    settled = Case.objects.filter(settles_at__lte=at).order_by("settles_at")
    for case_id in settled.values_list("pk", flat=True)[:BATCH]:
        taken += make_final(case_id, at=at)
    return taken
