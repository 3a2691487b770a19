"""A process that outlives its parent would keep serving a port: it ends with it, however the parent ends."""

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time

KEEPER = "FOLKMOOT_KEEPER"  # the environment variable by which the keeper names itself to its children
_PR_SET_PDEATHSIG = 1


def end_with_parent(*, every: float = 0.5) -> None:
    """Make this process end when its parent does: at once on Linux, within about `every` seconds elsewhere.

    Call it from the main thread. A parent that has ended already is noticed too, where it named itself.
    """
    parent = _parent_by_birth()
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(every)
        os.kill(os.getpid(), signal.SIGKILL)  # nothing is lost: every write is a transaction

    threading.Thread(target=watch, name="watch-parent", daemon=True).start()


def _parent_by_birth() -> int:
    started_by = multiprocessing.parent_process()
    if started_by is not None and started_by.pid is not None:
        return started_by.pid
    # Taken out, so that a child of this process does not mistake its grandparent for its parent.
    named = os.environ.pop(KEEPER, "")
    return int(named) if named else os.getppid()
