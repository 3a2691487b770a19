"""Keeps the server's processes alive: whatever dies is started again, and all end together."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from folkmoot.config.parent import KEEPER

SETTLED = 10.0  # seconds: whoever lived this long did not die at once
LONGEST_PAUSE = 5.0  # seconds between two starts of something that keeps dying
GRACE = 15.0  # seconds that a process gets to finish what it has begun


@dataclass
class Kept:
    """One process that is kept: how it is started, and how often it has died at once."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    deaths: int = 0  # in a row, none of them after a settled life
    not_before: float = field(default=0.0)

    @property
    def pid(self) -> int | None:
        """Return the number of the running process, `None` while there is none."""
        return self.process.pid if self.process else None


class Keeper:
    """Starts processes, starts them again when they die, and ends them all.

    Used from the main thread only: on Linux a child ends with the very thread that started it.
    """

    def __init__(self, environment: Mapping[str, str], *, tell: Callable[[str], None]) -> None:
        # A session of their own keeps Ctrl-C for the keeper, which then ends them in good order.
        self._environment = {**environment, KEEPER: str(os.getpid())}
        self._tell = tell
        self._kept: list[Kept] = []

    def add(self, name: str, command: Sequence[str]) -> Kept:
        """Start one process and keep it."""
        kept = Kept(name, command)
        self._kept.append(kept)
        self._start(kept)
        return kept

    def look_after(self) -> None:
        """Start again whatever has died; call it a few times a second."""
        now = time.monotonic()
        for kept in self._kept:
            if kept.process is not None and kept.process.poll() is not None:
                self._note_death(kept, now)
            if kept.process is None and now >= kept.not_before:
                self._start(kept)

    def end(self) -> None:
        """End all, the last started first; who does not come to an end in time is killed."""
        running = [kept.process for kept in reversed(self._kept) if kept.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, kept: Kept) -> None:
        kept.process = subprocess.Popen(
            kept.command, env=self._environment, stdin=subprocess.DEVNULL, start_new_session=True
        )
        kept.began = time.monotonic()

    def _note_death(self, kept: Kept, now: float) -> None:
        status = kept.process.returncode if kept.process else 0
        kept.process = None
        kept.deaths = 1 if now - kept.began >= SETTLED else kept.deaths + 1
        # The first start again is at once; who keeps dying is not allowed to keep the machine busy.
        pause = 0.0 if kept.deaths == 1 else min(LONGEST_PAUSE, 0.25 * 2 ** (kept.deaths - 1))
        kept.not_before = now + pause
        again = f"again in {pause:.1f} seconds" if pause else "again now"
        self._tell(f"The {kept.name} process ended unexpectedly ({_how(status)}). It is started {again}.")


def _how(status: int) -> str:
    if status < 0:
        try:
            return f"killed by {signal.Signals(-status).name}"
        except ValueError:
            return f"killed by signal {-status}"
    return f"status {status}"
