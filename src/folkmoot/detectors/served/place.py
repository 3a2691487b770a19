"""Where the socket lies, and what lies beside it."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from folkmoot.detectors.served.protocol import NoAnswer
from folkmoot.kernel.said import gettext

LONGEST = 103  # bytes that the path of a socket may have on every system
ELSEWHERE = Path("/proc/self/fd")  # where Linux has a short name for every open folder


def lock_of(path: Path) -> Path:
    """Return the file that is locked while the process starts."""
    return path.with_suffix(".lock")


@contextmanager
def short(path: Path) -> Iterator[str]:
    """Give a name of `path` that is short enough for a socket.

    Raises `NoAnswer` where there is none: only Linux has another name for every folder.
    """
    if len(os.fsencode(path)) <= LONGEST:
        yield str(path)
        return
    if not ELSEWHERE.is_dir():
        says = gettext(
            "The text check cannot listen at %(path)s: on this system such a path may be %(most)s bytes long. "
            "Give the data folder a shorter one by FOLKMOOT_DATA."
        )
        raise NoAnswer(says % {"path": path, "most": LONGEST})
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"{ELSEWHERE}/{folder}/{path.name}"
    finally:
        os.close(folder)


def connect(path: Path, *, within: float) -> socket.socket:
    """Return a line to whoever listens at `path`; raises what the system says where nobody does."""
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.settimeout(within)
        with short(path) as name:
            line.connect(name)
    except BaseException:
        line.close()
        raise
    return line


class Place:
    """The socket of the process that listens, and whether it is still the one that others find."""

    def __init__(self, path: Path, *, waiting: int) -> None:
        self._path = path
        # Listened at before it has its name: whoever finds it is answered. A dead process's socket is replaced by it.
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        self.line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        fresh.unlink(missing_ok=True)
        with short(fresh) as name:
            self.line.bind(name)
        self.line.listen(waiting)
        self.line.settimeout(0)
        self._mark = _mark(fresh)
        fresh.rename(path)

    def is_found(self) -> bool:
        """Say whether the socket is where it was put."""
        return _mark(self._path) == self._mark

    def leave(self) -> None:
        """Take the socket away, unless another process has put its own there."""
        if self.is_found():
            self._path.unlink(missing_ok=True)
        self.line.close()


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
