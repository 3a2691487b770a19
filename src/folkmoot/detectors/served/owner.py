"""The server whose data folder it is: when that ends, however it ends, the models' process ends too.

`config.places.only_server` writes its process number into `server.lock`. A folder without a server has no owner: then
the process goes when nobody has asked for a while.
"""

import os
import re
import select
from pathlib import Path

_SAID = re.compile(r"process (\d{1,9}), ")


class Owner:
    """Watches the server's process once there is one."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "server.lock"
        self._pid: int | None = None
        self._handle: int | None = None

    def look(self) -> int | None:
        """Find the server where none was known; return a descriptor that can be read once it has ended (Linux)."""
        if self._pid is None:
            self._pid = self._said()
            if self._pid is not None and hasattr(os, "pidfd_open"):
                self._open(self._pid)
        return self._handle

    def has_ended(self) -> bool:
        """Say whether the server, once known, is gone; `look` gives what says it at once."""
        return self._pid is not None and self._handle is None and not _lives(self._pid)

    def _open(self, pid: int) -> None:
        try:
            self._handle = os.pidfd_open(pid)
        except ProcessLookupError:
            self._pid = None
        except OSError:  # the system does not allow it: then `has_ended` looks now and then
            return
        if self._handle is not None and select.select([self._handle], [], [], 0)[0]:
            os.close(self._handle)  # it had ended before: what the file says is old
            self._pid = self._handle = None

    def _said(self) -> int | None:
        try:
            found = _SAID.match(self._file.read_text(encoding="utf-8", errors="replace"))
        except OSError:
            return None
        pid = int(found[1]) if found else 0
        return pid if pid > 0 and _lives(pid) else None


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
