"""A mail server that kills our worker at the worst moment: it has the letter, and nobody has written that down."""

import os
import signal
import threading
from collections.abc import Iterator
from typing import Any

from tests.journeys.mailbox import Mailbox
from tests.servers import Server, processes


class DeadlyMailbox(Mailbox):
    """Takes every letter; when asked to, kills the worker that brought it, before it hears of that or right after."""

    def __init__(self) -> None:
        super().__init__()
        self.server: Server | None = None
        self.killed_at: list[str] = []  # Message-IDs of the letters after which it killed
        self.unheard: list[str] = []  # of these, whose taking our worker never heard of
        self._deadly = threading.Event()
        self._says_so_first = False

    def kill_after_the_next(self, *, says_so_first: bool) -> None:
        """Kill after the next letter: before our worker hears that it was taken, or just as it hears it."""
        self._says_so_first = says_so_first
        self._deadly.set()

    @property
    def is_deadly(self) -> bool:
        """Return whether the next letter is the worker's last."""
        return self._deadly.is_set()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take one letter: aiosmtpd calls this."""
        answer = await super().handle_DATA(server, session, envelope)
        if self._deadly.is_set():
            workers = list(self._workers())  # looked for first: what follows has to be quicker than a commit
            if self._says_so_first:
                await server.push(answer)
            for pid in workers:
                os.kill(pid, signal.SIGKILL)
                self.killed_at.append(self.letters[-1].message_id)
                self.unheard += [] if self._says_so_first else self.killed_at[-1:]
                self._deadly.clear()
        return answer

    def _workers(self) -> Iterator[int]:
        keeper = self.server.pid if self.server else None
        for one in processes():
            if one.parent == keeper and one.name == "folkmoot-worker":
                yield one.pid
