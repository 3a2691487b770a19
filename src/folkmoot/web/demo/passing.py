"""Time passes in the story as it does for the worker: letters leave, limits and measures end, minutes become final."""

from datetime import datetime, timedelta

from django.db.models import Min

from folkmoot.casefile.models import Case, Duty, Measure
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.procedure.words import Stage
from folkmoot.steps.find_later import find_first, find_later, to_find, to_find_first
from folkmoot.steps.make_final import settles_by_silence
from folkmoot.worker.arrive import arrive
from folkmoot.worker.service import serve
from folkmoot.worker.sweep import sweep

JUST_AFTER = timedelta(seconds=1)  # a limit has passed when its last second is over


def pass_until(until: datetime) -> None:
    """Do all that falls due before `until`, each thing at the moment at which it falls due."""
    while came := to_find(limit=1):  # the worker looks at it within the minute
        find_later(*came, at=until)
    while removed := to_find_first(limit=1):
        find_first(*removed, at=until)
    while (moment := _next_due()) is not None and moment < until:
        arrive(at=moment)
        serve(at=moment)
        sweep(at=moment)


def _next_due() -> datetime | None:
    letters = Dispatch.objects.filter(state=Dispatch.State.WAITING).aggregate(at=Min("next_at"))["at"]
    limits = Duty.objects.filter(met_at=None, lapsed_at=None).aggregate(at=Min("due_at"))["at"]
    served = Dispatch.objects.filter(state=Dispatch.State.SENT).aggregate(at=Min("serves_at"))["at"]
    measures = Measure.objects.filter(ended_at=None).aggregate(at=Min("until"))["at"]
    lapsing = Task.objects.filter(state=Task.State.OPEN).aggregate(at=Min("lapses_at"))["at"]
    settling = Case.objects.filter(settles_at__isnull=False)
    minutes = map(settles_by_silence, settling.filter(stage=Stage.MINUTED))
    others = settling.exclude(stage=Stage.MINUTED).aggregate(at=Min("settles_at"))["at"]
    due = [
        letters,
        limits and limits + JUST_AFTER,
        measures and measures + JUST_AFTER,
        others,
        served,
        lapsing,
        *minutes,
    ]
    return min((moment for moment in due if moment is not None), default=None)
