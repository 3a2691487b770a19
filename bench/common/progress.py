"""How far a long measurement is, said on standard error: one line that changes, or now and then a new one."""

import sys
import time

_EVERY = 15.0  # seconds, where nobody watches a terminal


class Progress:
    """What is being done, and how much of it."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total, self._began = what, total, time.monotonic()
        self._said = self._began

    def at(self, done: int) -> None:
        """Say that `done` of the total are done."""
        now, end = time.monotonic(), done >= self._total
        line = f"  {self._what}: {done:,} of {self._total:,}, {now - self._began:,.0f} s"
        if sys.stderr.isatty():
            print(f"\r\033[K{line if not end else ''}", end="", file=sys.stderr, flush=True)
        elif now - self._said >= _EVERY or (end and now - self._began >= _EVERY):
            self._said = now
            print(line, file=sys.stderr, flush=True)
