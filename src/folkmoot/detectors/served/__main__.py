"""`python -m folkmoot.detectors.served SOCKET [SECONDS]`: be the models' process; `client.py` starts it so.

Standard input is the lock that nobody else may start one meanwhile: it is let go of once the process listens. How many
threads the models' libraries use is set by the environment, before they are loaded.
"""

import gc
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType

from folkmoot.detectors.judging import our_judge
from folkmoot.detectors.served.last import MOST, Start, note
from folkmoot.detectors.served.server import IDLE, Server
from folkmoot.detectors.served.turns import Turns

STARTING = 60  # seconds; who does not listen by then never will


def main(path: Path, idle: float) -> int:
    """Listen at `path` until nobody wants it; returns the status to end with."""
    signal.alarm(STARTING)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _ending.asked)
    os.umask(0o177)
    with suppress(OSError, ValueError):  # where even asking for less is not allowed
        # A picture of its memory would hold what people wrote. At 0 Linux still hands it to a program that collects
        # them; at 1 to nobody.
        resource.setrlimit(resource.RLIMIT_CORE, (1, 1))
    with suppress(OSError):  # only Linux has this file: `ps -e` shows the name
        Path("/proc/self/comm").write_text("folkmoot-model", encoding="ascii")
    try:
        judge = our_judge()
        first = judge.judge("Good morning.")  # the first one takes longer: nobody should wait for it
        gc.collect()
        gc.freeze()
        about: dict[str, object] = {"model": first.model, "without": list(first.without)}
        _ending.wait()  # until its socket, too, goes when it is told to end
        server = Server(path, Turns(judge), about=about, idle=idle)
    except Exception as fault:  # noqa: BLE001 - whatever it is, no text has come yet, and somebody has to learn of it
        note(path, Start(failed=f"{type(fault).__name__}: {fault}"[:MOST]))
        return 1
    note(path, Start(first.model, first.without))
    server.serve(_ready)
    return 0


def _ready() -> None:
    signal.alarm(0)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)  # the lock is let go of
    os.close(nothing)
    _ending.go_on()


class _Ending:
    """Ends the process when it is asked to, but not in the moment in which its socket is made.

    Signals cannot be held back for that: the models' libraries have threads of their own, which take them in our stead.
    """

    def __init__(self) -> None:
        self._waits = self._was_asked = False

    def asked(self, number: int, frame: FrameType | None) -> None:
        self._was_asked = True
        if not self._waits:
            sys.exit(0)

    def wait(self) -> None:
        self._waits = True

    def go_on(self) -> None:
        self._waits = False
        if self._was_asked:
            sys.exit(0)


_ending = _Ending()


if __name__ == "__main__":
    try:
        status = main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else IDLE)
    except SystemExit:
        status = 0
    os._exit(status)  # at once: a thread may be deep in a library, and what it was doing is asked for again
