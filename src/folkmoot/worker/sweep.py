"""Sweeps time limits: late answers are handed over, what nobody objected to becomes final, measures end.

It asks the database each time, so it may be killed at any moment and started anywhere.
"""

import logging
from datetime import datetime
from typing import Protocol

from django.db import InterfaceError, OperationalError
from django.db.models import Exists, OuterRef, Q

from folkmoot.casefile.models import Case, Duty, Measure
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Stage
from folkmoot.steps.end_measure import let_measure_end
from folkmoot.steps.find_later import find_first, find_later, to_find, to_find_first
from folkmoot.steps.hand_over import hand_over
from folkmoot.steps.make_final import make_final
from folkmoot.steps.remind_overdue import remind_overdue, to_remind
from folkmoot.steps.warn_due import to_warn, warn_due

BATCH = 200
SEARCHES = 20  # of the whole archive, in one round: time limits wait behind them
log = logging.getLogger(__name__)


class TimedStep(Protocol):
    """A step that time alone makes due; says whether it was taken."""

    __name__: str

    def __call__(self, number: int, /, *, at: datetime) -> bool: ...


def sweep(*, at: datetime) -> int:
    """Take every step that time alone has made due at `at`; return how many were taken."""
    taken = 0
    late = Duty.objects.filter(due_at__lt=at, met_at=None, lapsed_at=None).order_by("due_at")
    for duty_id in late.values_list("pk", flat=True)[:BATCH]:
        taken += take(hand_over, duty_id, at=at)
    for duty_id in to_warn(at=at, limit=BATCH):
        taken += take(warn_due, duty_id, at=at)
    for case_id in to_remind(at=at, limit=BATCH):
        taken += take(remind_overdue, case_id, at=at)
    for case_id in _settled(at=at):
        taken += take(make_final, case_id, at=at)
    over = Measure.objects.filter(until__lt=at, ended_at=None).order_by("until")
    for measure_id in over.values_list("pk", flat=True)[:BATCH]:
        taken += take(let_measure_end, measure_id, at=at)
    for org_id in to_find(limit=BATCH):
        taken += take(find_later, org_id, at=at)
    return taken


def search(*, at: datetime) -> int:
    """Look what hangs together with what was just taken down (Md); return for how many cases that was done."""
    return sum(take(find_first, case_id, at=at) for case_id in to_find_first(limit=SEARCHES))


def _settled(*, at: datetime) -> list[int]:
    """Return the cases, by number, that may have become final by themselves.

    Some may wait long for a letter to leave, or for the answer to a review: nobody else waits behind them.
    """
    settled = Case.objects.filter(settles_at__lte=at).order_by("settles_at").values_list("pk", flat=True)
    review = Exists(Duty.objects.filter(case=OuterRef("pk"), owed=Owed.REVIEW, met_at=None))
    minuted = settled.filter(stage=Stage.MINUTED)
    return [*settled.exclude(review | Q(stage=Stage.MINUTED))[:BATCH], *minuted]


def take(step: TimedStep, number: int, *, at: datetime) -> bool:
    """Take one step; what is wrong with one case stops the clock of no other."""
    try:
        return step(number, at=at)
    except (OperationalError, InterfaceError):  # the database is away: that is wrong with all of them
        raise
    except Exception:
        log.exception("%s did not succeed for %s", step.__name__, number)
        return False
