"""Real processes that hold the models, and what tests ask of the system about them."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

ARGUMENTS = b"folkmoot.detectors.served"
PATIENCE = 30.0


def processes(path: Path) -> list[int]:
    """Return the numbers of the processes that listen, or are about to listen, at `path`."""
    wanted = os.fsencode(path)
    found = []
    for entry in Path("/proc").iterdir():
        try:
            said = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else []
        except OSError:
            continue
        if ARGUMENTS in said and wanted in said:
            found.append(int(entry.name))
    return found


def end_all(path: Path) -> None:
    """Kill what listens at `path`."""
    for number in processes(path):
        os.kill(number, signal.SIGKILL)


def wait_until(true: Callable[[], bool], *, within: float = 10.0) -> None:
    """Wait until something is so; fails where it does not become so."""
    until = time.monotonic() + within
    while not true():
        assert time.monotonic() < until, "it did not become so"
        time.sleep(0.01)
