"""A process and its parent: it ends with it, and has a name of its own.

One that outlives its parent would keep serving a port.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time

_PR_SET_PDEATHSIG, _PR_SET_NAME = 1, 15


def end_with_parent(*, every: float = 0.5) -> None:
    """Make this process end when its parent does: at once on Linux, within about `every` seconds elsewhere.

    Call it from the main thread. A parent that has ended already is noticed too, where `multiprocessing` knows it.
    """
    parent = _parent_by_birth()
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(every)
        os.kill(os.getpid(), signal.SIGKILL)  # nothing is lost: every write is a transaction

    threading.Thread(target=watch, name="watch-parent", daemon=True).start()


def be_called(name: str) -> None:
    """Let `ps -e` and `top` show this process under `name`, of which 15 characters count (Linux)."""
    if sys.platform == "linux":
        _prctl(_PR_SET_NAME, name.encode())


def _parent_by_birth() -> int:
    started_by = multiprocessing.parent_process()
    return os.getppid() if started_by is None or started_by.pid is None else started_by.pid


def _prctl(what: int, value: int | bytes) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(what, value)
