"""The numbers for Prometheus: of the record as it is when asked for, of requests as all processes count them."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from folkmoot.casefile.models import Case, Checkpoint, Duty, Measure
from folkmoot.config.health.marks import seconds_since_beat
from folkmoot.members.models import Organisation
from folkmoot.outbox.due import letters_due
from folkmoot.outbox.models import Dispatch, HookCall
from folkmoot.procedure.words import Stage

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # prometheus-client's own variable: the folder where processes add up


def exposition(*, at: datetime) -> bytes:
    """Return all numbers at `at`, as Prometheus reads them."""
    registry = CollectorRegistry()
    registry.register(Record(at))
    if not os.environ.get(SHARED):  # one process, which knows all requests
        return generate_latest(registry) + generate_latest(REGISTRY)
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library has no type for it
    return generate_latest(registry)


class Record(Collector):
    """What the database says at one moment; the same whichever process is asked."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the numbers of cases, letters, checkpoints and the worker."""
        yield from self._cases()
        yield self._letters()
        yield self._calls()
        yield self._checkpoints()
        yield from self._worker()

    def _cases(self) -> Iterator[GaugeMetricFamily]:
        counted = Case.objects.exclude(stage=Stage.FINAL).order_by().values_list("stage")
        rows = {
            stage: (many, late)
            for stage, many, late in counted.annotate(many=Count("pk"), late=Count("pk", filter=Q(due_at__lt=self._at)))
        }
        open_ = GaugeMetricFamily("folkmoot_cases_open", "Cases that are not final, by stage.", labels=["stage"])
        late = GaugeMetricFamily("folkmoot_cases_overdue", "Of these, those with an answer overdue.", labels=["stage"])
        for stage in Stage:
            if stage is not Stage.FINAL:
                many, overdue = rows.get(stage, (0, 0))
                open_.add_metric([stage], many)
                late.add_metric([stage], overdue)
        yield from (open_, late)

    def _letters(self) -> GaugeMetricFamily:
        found = GaugeMetricFamily(
            "folkmoot_letters", "Letters that have not arrived, by what became of them.", labels=["state"]
        )
        waiting = Q(state__in=[Dispatch.State.WAITING, Dispatch.State.SENDING])
        counts = Dispatch.objects.aggregate(
            waiting=Count("pk", filter=waiting & Q(tries=0)),
            failing=Count("pk", filter=waiting & Q(tries__gt=0)),
            given_up=Count("pk", filter=Q(state=Dispatch.State.GIVEN_UP)),
            returned=Count("pk", filter=Q(state=Dispatch.State.RETURNED)),
        )
        for state, many in counts.items():
            found.add_metric([state], many)
        return found

    def _calls(self) -> GaugeMetricFamily:
        found = GaugeMetricFamily("folkmoot_hook_calls", "Calls that other programs have not taken.", labels=["state"])
        waiting = HookCall.objects.filter(state=HookCall.State.WAITING)
        counts = waiting.aggregate(waiting=Count("pk", filter=Q(tries=0)), failing=Count("pk", filter=Q(tries__gt=0)))
        for state, many in counts.items():
            found.add_metric([state], many)
        return found

    def _checkpoints(self) -> GaugeMetricFamily:
        found = GaugeMetricFamily(
            "folkmoot_checkpoint_age_seconds",
            "Seconds since the newest signed checkpoint; a record that does not change needs no newer one.",
            labels=["organisation"],
        )
        signed = Checkpoint.objects.order_by().values_list("org").annotate(Max("at"))
        newest: dict[int, datetime] = dict(signed)
        for number, slug in Organisation.objects.values_list("pk", "slug"):
            if number in newest:
                found.add_metric([slug], (self._at - newest[number]).total_seconds())
        return found

    def _worker(self) -> Iterator[GaugeMetricFamily]:
        age = seconds_since_beat(Path(settings.DATA))
        heard = GaugeMetricFamily("folkmoot_worker_heartbeat_age_seconds", "Seconds since the worker last went round.")
        if age is not None:
            heard.add_metric([], age)
        yield heard
        lag = GaugeMetricFamily(
            "folkmoot_worker_lag_seconds", "How long what is due has been waiting for the worker.", labels=["what"]
        )
        for what, since in self._due():
            lag.add_metric([what], max(0.0, (self._at - since).total_seconds()) if since else 0.0)
        yield lag

    def _due(self) -> Iterator[tuple[str, datetime | None]]:
        """Yield since when the oldest of each kind has been due that the worker should have taken."""
        if settings.MAIL is not None:
            yield "letters", letters_due(at=self._at).aggregate(since=Min("next_at"))["since"]
        yield "time_limits", Duty.objects.filter(met_at=None, lapsed_at=None).aggregate(since=Min("due_at"))["since"]
        yield "measures", Measure.objects.filter(ended_at=None).aggregate(since=Min("until"))["since"]
