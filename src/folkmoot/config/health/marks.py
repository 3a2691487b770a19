"""Marks in the data folder by which other processes know: the worker's last round, the last backup."""

import json
import logging
import os
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from folkmoot.kernel.times import stamp

WORKER = "worker.beat"
BACKUP = "last-backup.json"
TRIAGE = "triage.fault"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class BackupMade:
    """The newest backup of this server's data: when, which file, how many bytes, and whether it is encrypted."""

    at: datetime
    file: str
    bytes: int
    encrypted: bool


def beat(folder: Path) -> None:
    """Say that the worker goes round: it calls this every few seconds."""
    mark = folder / WORKER
    mark.touch(mode=0o600)
    os.utime(mark)


def seconds_since_beat(folder: Path) -> float | None:
    """Return how long ago the worker went round, in seconds; `None` where none ever did."""
    try:
        return max(0.0, time.time() - (folder / WORKER).stat().st_mtime)
    except OSError:
        return None


def note_triage(folder: Path, fault: str) -> None:
    """Say why posts cannot be looked over, in a sentence; an empty one says that they can."""
    try:
        if fault:
            (folder / TRIAGE).write_text(fault + "\n", encoding="utf-8")
        else:
            (folder / TRIAGE).unlink(missing_ok=True)
    except OSError:  # a full disk is told of by itself
        log.warning("what is wrong with looking posts over could not be noted", exc_info=True)


def triage_fault(folder: Path) -> str:
    """Return why posts could not be looked over when that was last tried; empty where they could."""
    try:
        return (folder / TRIAGE).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def note_backup(folder: Path, made: BackupMade) -> None:
    """Keep which backup is the newest, in place of the one before."""
    fresh = folder / f".{BACKUP}.part"
    fresh.write_text(json.dumps({**asdict(made), "at": stamp(made.at)}) + "\n", encoding="utf-8")
    fresh.replace(folder / BACKUP)


def last_backup(folder: Path) -> BackupMade | None:
    """Return the newest backup that was made by `./folkmoot backup`; `None` where none is known."""
    try:
        said = json.loads((folder / BACKUP).read_text(encoding="utf-8"))
        at = datetime.fromisoformat(said["at"])
        return BackupMade(at, str(said["file"]), int(said["bytes"]), bool(said["encrypted"]))
    except (OSError, ValueError, KeyError, TypeError):  # nobody's record: a mark that cannot be read is none
        return None
