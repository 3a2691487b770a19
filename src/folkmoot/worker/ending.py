"""The worker is asked to end: it finishes what it has in hand, and begins nothing new."""

import signal
import threading


class Ending:
    """Whether the process was asked to end (SIGTERM, which the keeper sends)."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def listen(self) -> None:
        """Hear SIGTERM from now on. Call it from the main thread."""
        signal.signal(signal.SIGTERM, lambda _number, _frame: self._asked.set())

    def asked(self) -> bool:
        """Say whether it is time to end."""
        return self._asked.is_set()

    def wait(self, seconds: float) -> None:
        """Wait so long, or until it is time to end."""
        self._asked.wait(seconds)
