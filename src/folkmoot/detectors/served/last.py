"""How the process started the last time: it says so in a file beside its socket, for whoever looks while none runs."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

MOST = 300  # characters of a fault


@dataclass(frozen=True, slots=True)
class Start:
    """Which models were loaded, without which it went on, and, where it did not start at all, why."""

    model: str = ""
    without: tuple[str, ...] = ()
    failed: str = ""


def file_of(path: Path) -> Path:
    """Return the file beside the socket at `path`."""
    return path.with_suffix(".json")


def note(path: Path, start: Start) -> None:
    """Write down how it started; a disk that takes no more is no reason not to serve."""
    fresh = file_of(path).with_suffix(".json.new")
    with suppress(OSError):
        fresh.write_text(json.dumps(asdict(start)), encoding="utf-8")
        fresh.replace(file_of(path))


def last_start(path: Path) -> Start | None:
    """Return how it started the last time; `None` where it never did, or where the file is broken."""
    try:
        said = json.loads(file_of(path).read_text(encoding="utf-8"))
        return Start(str(said["model"]), tuple(map(str, said["without"])), str(said["failed"])[:MOST])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def failed_ago(path: Path, *, now: float) -> float | None:
    """Return how many seconds ago a start failed, unless a later one did not; `now` is the system's time."""
    start = last_start(path)
    if start is None or not start.failed:
        return None
    try:
        return now - file_of(path).stat().st_mtime
    except OSError:
        return None
