"""Several processes that judge at the same time, each with one thread; their answers come in the file's order.

Each has one chunk at a time, and only so many are read ahead that memory stays bounded. They are in no process group
of the terminal: Ctrl-C reaches us alone, and we end them. Were we killed, their line would be cut, and they end too.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import Self

import folkmoot
from folkmoot.cli.checking.chunks import Chunk, Judged
from folkmoot.kernel.errors import NotReady

AHEAD = 4  # chunks for each process that are read and wait for their turn to be written
PATIENCE = 10.0  # seconds for a process that was told to end


class Crew:
    """The processes, started one by one as there is work for them; ended when the block that uses it is left."""

    def __init__(self, many: int, *, options: list[str]) -> None:
        self._many = many
        self._options = options
        self._processes: dict[Connection, subprocess.Popen[bytes]] = {}
        self._idle: list[Connection] = []
        self._busy: dict[Connection, int] = {}  # with which chunk, by its place in the file

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        for connection, process in self._processes.items():
            connection.close()
            process.terminate()
        for process in self._processes.values():
            process.wait(PATIENCE)

    def in_order(self, found: Iterator[Chunk]) -> Iterator[Judged]:
        """Yield what comes of each chunk, in their order. Raises `NotReady` when a process ends before its time."""
        done: dict[int, Judged] = {}
        given = written = 0
        more = True
        while more or self._busy or done:
            while more and self._has_hands() and given - written < AHEAD * self._many:
                chunk = next(found, None)
                more = chunk is not None
                if chunk is not None:
                    self._give(given, chunk)
                    given += 1
            if written in done:
                yield done.pop(written)
                written += 1
            else:
                done |= self._take()

    def _has_hands(self) -> bool:
        return bool(self._idle) or len(self._processes) < self._many

    def _give(self, number: int, chunk: Chunk) -> None:
        connection = self._idle.pop() if self._idle else self._started()
        self._busy[connection] = number
        try:
            connection.send(chunk)
        except (BrokenPipeError, ConnectionResetError):
            raise self._ended(connection) from None

    def _take(self) -> dict[int, Judged]:
        """Wait until a process has answered, and return what came."""
        came = {}
        ready = set(wait(list(self._busy)))
        for connection in [one for one in self._busy if one in ready]:
            try:
                came[self._busy[connection]] = connection.recv()
            except (EOFError, ConnectionResetError):
                raise self._ended(connection) from None
            del self._busy[connection]
            self._idle.append(connection)
        return came

    def _started(self) -> Connection:
        ours, theirs = Pipe()
        ours_is_at = str(Path(folkmoot.__file__).parents[1])
        known = os.environ.get("PYTHONPATH")
        self._processes[ours] = subprocess.Popen(
            [sys.executable, "-m", "folkmoot.cli.checking.worker", str(theirs.fileno()), *self._options],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": f"{ours_is_at}{os.pathsep}{known}" if known else ours_is_at},
            process_group=0,
        )
        theirs.close()
        return ours

    def _ended(self, connection: Connection) -> NotReady:
        """Return what to say of a process that has gone without an answer."""
        status = self._processes[connection].wait(PATIENCE)
        if status == -signal.SIGKILL:
            return NotReady(
                "The system ended one of the processes that judge, mostly because memory ran out. "
                "What is above is right as far as it goes; try again with --workers 1."
            )
        return NotReady(
            f"One of the processes that judge ended before its time (status {status}). "
            "What is above is right as far as it goes."
        )
