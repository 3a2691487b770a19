"""Measures real steps on the database of this process's environment; prints one line of JSON for each result.

    python -m bench.of_steps.stepping --sizes 100,1000 --overdue 100 --samples 20

with FOLKMOOT_DATA, or DATABASE_URL.

`bench/steps` runs it once for each database and makes the table.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402  its models load only now

from bench.of_steps.town import NOW, REMOVE, Copier, closed, decided, fill, found, ready, reported  # noqa: E402
from folkmoot.casefile.models import Case  # noqa: E402
from folkmoot.config.readiness import bring_up_to_date  # noqa: E402
from folkmoot.steps.decide import decide  # noqa: E402
from folkmoot.worker.sweep import sweep  # noqa: E402

HIGH_WATER = Path("/proc/self/status")
FORGET_HIGH_WATER = Path("/proc/self/clear_refs")


def main() -> None:
    """Fill the database further and further, and measure at each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", required=True)
    parser.add_argument("--overdue", type=int, required=True)
    parser.add_argument("--samples", type=int, required=True)
    asked = parser.parse_args()
    bring_up_to_date()
    _make_bare()
    town, copier = found(), Copier()
    closed_one, waiting, still_open = closed(town, days_ago=300), decided(town, days_ago=40), reported(town, days_ago=2)

    def grow(more: int) -> None:
        copier.copy(closed_one, more * 90 // 100)
        copier.copy(waiting, more * 6 // 100)
        copier.copy(still_open, more * 4 // 100)

    def late(pattern: Case, times: int) -> None:
        fill(lambda: copier.copy(pattern, times, late=True))

    for size in map(int, asked.sizes.split(",")):
        fill(partial(grow, size - Case.objects.count()))
        _measure("report", size, range(asked.samples), lambda _: reported(town, days_ago=1))
        to_decide = [ready(town, days_ago=1).pk for _ in range(asked.samples)]
        _measure("decide", size, to_decide, lambda pk: decide(pk, REMOVE, by=town.moderators[0], at=NOW))
        late(still_open, asked.samples)
        _sweep("hand over what is overdue", size, asked.samples)
        late(waiting, asked.samples)
        _sweep("become final by silence", size, asked.samples)
        _measure("a round that finds nothing due", size, range(10), lambda _: sweep(at=NOW))
    late(still_open, asked.overdue)
    _sweep(f"hand over {asked.overdue:,} at once", Case.objects.count(), asked.overdue)


def _measure(what: str, cases: int, each: Iterable[int], act: Callable[[int], object]) -> None:
    """Do `act` with each, one after another, and tell what it took; `cases` lie in the database."""
    bare, times, cpu = [], [], 0.0
    for one in each:
        bare += _bare(3)  # in turn with the step, so that both meet the same crowd on the machine
        began, worked = time.perf_counter(), time.process_time()
        act(one)
        cpu += time.process_time() - worked
        times.append(time.perf_counter() - began)
    _tell(what, cases, seconds=sum(times), p50=median(times), cpu=cpu, done=len(times), bare=bare)


def _sweep(what: str, cases: int, due: int) -> None:
    """Sweep round after round, as the worker does, until nothing of what is `due` is left, and tell what it took."""
    before, bare, times, seconds, cpu, done = _memory(afresh=True), [], [], 0.0, 0.0, 0
    while done < due:
        bare += _bare(20)
        began, worked = time.perf_counter(), time.process_time()
        taken = sweep(at=NOW)
        if not taken:
            raise SystemExit(f"only {done} of {due} were due: {what}")
        took, cpu = time.perf_counter() - began, cpu + time.process_time() - worked
        times += [took / taken] * taken
        seconds, done = seconds + took, done + taken
    memory = _memory() - before
    _tell(what, cases, seconds=seconds, p50=median(times), cpu=cpu, done=done, bare=bare, memory=memory)


def _make_bare() -> None:
    key = "bigserial" if connection.vendor == "postgresql" else "integer"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_bare (id {key} PRIMARY KEY, words text NOT NULL, state text NOT NULL)")


def _bare(many: int) -> list[float]:
    """Return the seconds that each of `many` transactions takes that insert one row and change it."""
    times = []
    for number in range(many):
        began = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            words = f"He calls her names in every thread. {number}" * 10
            cursor.execute("INSERT INTO bench_bare (words, state) VALUES (%s, 'new') RETURNING id", [words])
            (key,) = cursor.fetchone()
            cursor.execute("UPDATE bench_bare SET state = 'done' WHERE id = %s", [key])
        times.append(time.perf_counter() - began)
    return times


def _memory(*, afresh: bool = False) -> int:
    """Return the most memory that this process has held, in bytes, or `afresh` from now on; 0 where nobody says."""
    if not HIGH_WATER.exists():
        return 0
    if afresh:
        FORGET_HIGH_WATER.write_text("5")
    found = next(line for line in HIGH_WATER.read_text().splitlines() if line.startswith("VmHWM"))
    return int(found.split()[1]) * 1024


def _tell(what: str, cases: int, *, done: int, cpu: float, bare: list[float], **more: float) -> None:
    """Print a result; `bare` is what bare transactions took in between."""
    each = {"cpu": cpu / done, "bare": median(bare)}
    row = {"database": connection.vendor, "what": what, "cases": cases, "done": done, **each, **more}
    print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
