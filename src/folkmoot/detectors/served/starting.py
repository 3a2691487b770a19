"""Starts the models' process: one, however many ask at once, with little of what its parent knows."""

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import folkmoot
from folkmoot.detectors.served.last import failed_ago
from folkmoot.detectors.served.place import connect, lock_of
from folkmoot.detectors.served.protocol import NoAnswer
from folkmoot.kernel.said import gettext

AGAIN = 20.0  # seconds after a start that failed before the next try
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE")
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_started: list["subprocess.Popen[bytes]"] = []  # those of this process, until the system was told that they have ended


class Starting:
    """One attempt to have the process running: begins it, or waits while somebody else does."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._child: subprocess.Popen[bytes] | None = None
        self._waited = False

    def begin_or_wait(self) -> None:
        """Start the process unless somebody is at it; raises `NoAnswer` where it ended instead of listening."""
        self._waited = True
        if self._child is not None and self._child.poll() is not None:
            self._child = None
            if _failed_lately(self._path):
                raise NoAnswer(_cannot())
        if self._child is None:
            self._child = _start(self._path)

    def said(self) -> str:
        """Return what to tell somebody whose patience ended while it was starting; empty where it was not."""
        return gettext("The text check is still starting. Try again in a moment.") if self._waited else ""


def _start(path: Path) -> "subprocess.Popen[bytes] | None":
    _started[:] = [child for child in _started if child.poll() is None]
    try:
        descriptor = os.open(lock_of(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        raise NoAnswer(_cannot()) from fault
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _is_there(path):  # whoever held the lock has made it meanwhile
            return None
        if _failed_lately(path):
            raise NoAnswer(_cannot())
        child = _launched(path, descriptor)
    except BlockingIOError:
        return None
    except OSError as fault:
        raise NoAnswer(_cannot()) from fault
    finally:
        os.close(descriptor)
    _started.append(child)
    return child


def _launched(path: Path, lock: int) -> "subprocess.Popen[bytes]":
    # The lock is the child's standard input. So it is held until the child listens or ends, even if we give up before.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "folkmoot.detectors.served", str(path.absolute())],
        stdin=lock,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        cwd="/",
        start_new_session=True,  # it ends with its server, and not with whichever process asked first
        close_fds=True,
    )


def _environment() -> dict[str, str]:
    """Return what the process needs to know, and no password of this one's."""
    ours = Path(folkmoot.__file__).resolve().parents[1]
    known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return known | _ONE_THREAD | {"PYTHONPATH": str(ours), "MALLOC_ARENA_MAX": "2"}


def _is_there(path: Path) -> bool:
    try:
        connect(path, within=1.0).close()
    except (FileNotFoundError, ConnectionRefusedError):
        return False
    return True


def _failed_lately(path: Path) -> bool:
    """Say whether a start has just failed: trying again at once would only keep the machine busy."""
    ago = failed_ago(path, now=time.time())
    return ago is not None and ago < AGAIN


def _cannot() -> str:
    return gettext("The text check cannot be started. Whoever runs this server finds out why by ./folkmoot doctor.")
