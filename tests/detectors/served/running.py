"""Real processes that hold the models, and what tests ask of the system about them."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from folkmoot.detectors.served.place import connect
from folkmoot.detectors.served.server import Server
from folkmoot.detectors.served.turns import Judging, Turns

ARGUMENTS = b"folkmoot.detectors.served"
PATIENCE = 30.0


def processes(path: Path) -> list[int]:
    """Return the numbers of the processes that listen, or are about to listen, at `path`."""
    wanted = os.fsencode(path)
    found = []
    for entry in Path("/proc").iterdir():
        try:
            said = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else []
        except OSError:
            continue
        if ARGUMENTS in said and wanted in said:
            found.append(int(entry.name))
    return found


def files_of(number: int) -> set[str]:
    """Return what a process has open."""
    found = set[str]()
    for entry in Path(f"/proc/{number}/fd").iterdir():
        with suppress(OSError):  # closed meanwhile
            found.add(str(entry.readlink()))
    return found


def end_all(path: Path) -> None:
    """Kill what listens at `path`."""
    for number in processes(path):
        os.kill(number, signal.SIGKILL)


def wait_until(true: Callable[[], bool], *, within: float = PATIENCE) -> None:
    """Wait until something is so; fails where it does not become so."""
    until = time.monotonic() + within
    while not true():
        assert time.monotonic() < until, "it did not become so"
        time.sleep(0.01)


@contextmanager
def process(path: Path, *, idle: float = 60.0) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a process of its own by hand; whatever it prints can be read once it has ended."""
    command = [sys.executable, "-m", "folkmoot.detectors.served", str(path), str(idle)]
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
    ) as child:
        try:
            wait_until(lambda: path.is_socket() or child.poll() is not None)
            yield child
        finally:
            child.kill()


@contextmanager
def thread(path: Path, judge: Judging) -> Iterator[Turns]:
    """Run the server in a thread of this process, with another judge; gives who has their turn."""
    turns = Turns(judge)
    server = Server(path, turns, about={})
    running = threading.Thread(target=server.serve, args=(lambda: None,))
    running.start()
    try:
        yield turns
    finally:
        path.unlink(missing_ok=True)
        running.join()


def line_to(path: Path) -> socket.socket:
    """Return a line to whoever listens."""
    return connect(path, within=5.0)
