"""Keeps the server's processes alive: whatever dies is started again, and all end together.

They are forked, and so share the memory of what the keeper has loaded before.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess
from typing import Protocol

from folkmoot.config.parent import be_called

SETTLED = 10.0  # seconds: whoever lived this long did not die at once
LONGEST_PAUSE = 5.0  # seconds between two starts of something that keeps dying
GRACE = 15.0  # seconds that a process gets to finish what it has begun
_ASKING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # by these somebody asks a process to end
_forking = multiprocessing.get_context("fork")


class Held(Protocol):
    """What only the keeper holds: a lock, a port."""

    def close(self) -> None:
        """Let go of it."""


@dataclass
class Kept:
    """One process that is kept: what it does, and how often it has died at once."""

    name: str
    work: Callable[[], None]
    process: ForkProcess | None = None
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

    def __init__(self, *, tell: Callable[[str], None], held: Sequence[Held] = ()) -> None:
        self._tell = tell
        self._held = held  # the children let go of it, so that it is free as soon as the keeper has ended
        self._kept: list[Kept] = []

    def add(self, name: str, work: Callable[[], None]) -> Kept:
        """Start one process, which does `work`, and keep it. No database may be connected to, no thread be running."""
        kept = Kept(name, work)
        self._kept.append(kept)
        self._start(kept)
        return kept

    def look_after(self) -> None:
        """Start again whatever has died; call it a few times a second."""
        now = time.monotonic()
        for kept in self._kept:
            if kept.process is not None and kept.process.exitcode is not None:
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
            process.join(max(0.0, deadline - time.monotonic()))
            if process.exitcode is None:
                process.kill()
                process.join()

    def _start(self, kept: Kept) -> None:
        kept.process = _forking.Process(target=self._begin, args=(kept,), name=kept.name)
        # Who is asked to end just now must not note that where the keeper does, and go on.
        waiting = signal.pthread_sigmask(signal.SIG_BLOCK, _ASKING)
        try:
            kept.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, waiting)
        kept.began = time.monotonic()

    def _begin(self, kept: Kept) -> None:
        """Do the work of a child: it has what the keeper loaded, and nothing that the keeper holds."""
        os.setsid()  # keeps Ctrl-C for the keeper, which then ends all in good order
        for one in self._held:
            one.close()
        for number in _ASKING:
            if signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ASKING)
        be_called(f"folkmoot-{kept.name}")
        kept.work()

    def _note_death(self, kept: Kept, now: float) -> None:
        status = (kept.process.exitcode if kept.process else None) or 0
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
