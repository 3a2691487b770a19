"""How fast everybody is, in turns: posts a second on one and on two processors, one post at a time, memory, size."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bench.common.machine import Calibration, machine
from bench.of_triage.contenders import Contender
from bench.of_triage.tables import table

_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(slots=True)
class Speed:
    """What was measured of one contender: posts a second of each round, seconds of single posts, MB."""

    name: str
    size: float
    one: list[float] = field(default_factory=list)
    of_processor: list[float] = field(default_factory=list)  # posts a second of processor time
    two: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)  # seconds of processor time of single posts
    memory: float = 0.0


def measured(
    everybody: Sequence[Contender], texts: Sequence[str], *, data: Path, build: Path, rounds: int, seconds: float
) -> tuple[dict[str, Speed], str]:
    """Return what was measured, by contender, and a sentence about the machine meanwhile."""
    calibration = Calibration()
    found = {one.key: Speed(one.name, one.size) for one in everybody}
    processors = sorted(os.sched_getaffinity(0))[:2]
    with ExitStack() as stack, tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(list(texts), file)
        file.flush()
        arguments = [str(data), str(build), file.name]
        pairs = {
            one.key: [stack.enter_context(_Worker([one.key, *arguments, str(number)])) for number in processors]
            for one in everybody
        }
        for _ in range(rounds):
            for key, workers in pairs.items():
                _round(found[key], workers, seconds)
            calibration.slower()
    slower = calibration.slower()
    return found, f"{machine()}; by a fixed piece of work, {slower:.1f} times slower than when quiet"


def _round(speed: Speed, workers: Sequence["_Worker"], seconds: float) -> None:
    said = workers[0].asked("many", seconds)
    speed.one.append(said["done"] / said["took"])
    speed.of_processor.append(said["done"] / max(1e-9, said["cpu"]))
    single = workers[0].asked("one", seconds)
    speed.times.extend(single["times"])
    speed.worked.extend(single["of_processor"])
    speed.memory = max(speed.memory, said["memory"], single["memory"])
    for worker in workers:
        worker.ask("many", seconds)
    both = [worker.answer() for worker in workers]
    speed.two.append(sum(one["done"] / one["took"] for one in both))


def speed_table(found: dict[str, Speed]) -> str:
    """Return the table of speed; medians of the rounds."""
    lines = []
    for one in found.values():
        lines.append(
            [
                one.name,
                f"{median(one.one):,.0f}",
                f"{median(one.of_processor):,.0f}",
                f"{median(one.two):,.0f}",
                f"{1000 * quantile(one.times, 0.5):.1f}",
                f"{1000 * quantile(one.times, 0.99):.1f}",
                f"{1000 * quantile(one.worked, 0.5):.1f}",
                f"{1000 * quantile(one.worked, 0.99):.1f}",
                f"{one.memory:.0f}",
                f"{one.size:.1f}",
            ]
        )
    heads = ["", "posts/s, one processor", "per second of processor time", "posts/s, two", "one post p50 ms", "p99 ms"]
    heads += ["p50, processor", "p99, processor"]
    return table([*heads, "memory MB", "on disk MB"], lines)


def quantile(times: Sequence[float], share: float) -> float:
    """Return the time below which so great a share of them lies."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


class _Worker:
    """A contender in a process of its own."""

    def __init__(self, arguments: Sequence[str]) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.of_triage.worker", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | _ONE_THREAD,
        )
        if process.stdin is None or process.stdout is None:
            raise SystemExit("There is no way to talk to a contender.")
        self._process, self._told, self._says = process, process.stdin, process.stdout

    def __enter__(self) -> "_Worker":
        self.answer()  # that it is ready
        return self

    def __exit__(self, *_: object) -> None:
        self._told.close()
        self._process.wait(timeout=30)

    def asked(self, what: str, seconds: float) -> dict[str, Any]:
        self.ask(what, seconds)
        return self.answer()

    def ask(self, what: str, seconds: float) -> None:
        self._told.write(f"{what} {seconds}\n")
        self._told.flush()

    def answer(self) -> dict[str, Any]:
        line = self._says.readline()
        if not line:
            raise SystemExit("A contender ended; what went wrong stands above.")
        said: dict[str, Any] = json.loads(line)
        return said
