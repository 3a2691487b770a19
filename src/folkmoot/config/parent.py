"""A process that outlives its parent would keep serving a port: it watches and ends itself."""

import os
import signal
import threading
import time


def end_with_parent(*, every: float = 0.5) -> None:
    """Start a thread that ends this process within about `every` seconds of its parent's end."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(every)
        os.kill(os.getpid(), signal.SIGKILL)  # nothing is lost: every write is a transaction

    threading.Thread(target=watch, name="watch-parent", daemon=True).start()
