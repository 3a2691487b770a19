"""What this machine is, and how much memory a process took."""

import hashlib
import json
import os
import platform
import resource
import time
from pathlib import Path

QUIET = 0.020  # seconds that the fixed work takes on the processors of docs/bench.md while nobody else uses them
_ROUNDS = 3000
_STATUS = Path("/proc/self/status")


def machine() -> str:
    """Return what this machine is, in a line."""
    return f"{os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}"


def peak_memory() -> float:
    """Return the most memory that this process has held so far, in MB."""
    if _STATUS.exists():  # of this program alone; the other figure may be that of whoever started it
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


class Calibration:
    """How slow the machine is just now: fixed work, done at the beginning and whenever it is asked for.

    The same on a quiet machine is 1. What is read off a clock may be held against it; processor time is about the same
    whatever others do, but for the caches that they share.
    """

    def __init__(self) -> None:
        """Do the work once."""
        self._took = [_fixed_work()]

    def slower(self) -> float:
        """Do it again; return how many times `QUIET` it took by the clock, on average of all times."""
        self._took.append(_fixed_work())
        return sum(self._took) / len(self._took) / QUIET


def _fixed_work() -> float:
    began = time.perf_counter()
    for number in range(_ROUNDS):
        hashlib.sha256(json.dumps({"number": number, "words": ["harbour"] * 20}).encode()).hexdigest()
    return time.perf_counter() - began
