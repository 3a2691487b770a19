"""The server itself: database, guards, worker, clock and disk. Each check looks, then says."""

import ctypes
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.casefile.guards import missing_guards
from folkmoot.casefile.models import Event
from folkmoot.config.health.light import Light, Sign
from folkmoot.config.health.marks import seconds_since_beat, triage_fault
from folkmoot.config.readiness import require_current
from folkmoot.kernel.errors import NotReady
from folkmoot.web.look.moments import duration, exact

SLOW_ROUND = 120.0  # seconds without a round of the worker, after which it is busy, or hangs
NO_ROUND = 600.0  # seconds after which nobody should go on waiting for it
LEAST_FREE = 500_000_000  # bytes
LITTLE_FREE = 2_000_000_000
AHEAD = timedelta(minutes=2)  # by so much may the record be ahead of the clock
_UNKEPT = 5  # TIME_ERROR of adjtimex(2)


@dataclass(frozen=True)
class Disk:
    """Room on one disk, in bytes; `needed` is how much one more copy of the database takes."""

    folder: str
    free: int
    needed: int


@dataclass(frozen=True)
class Clock:
    """The server's clock: what it says, how far it was moved, and when the newest thing on record happened."""

    now: datetime
    shift: int  # seconds
    newest: datetime | None
    kept: bool | None  # by a time service; None where the system does not say


def look_at_database() -> str:
    """Return what is wrong with the database, in a sentence; empty when it can be reached and is up to date."""
    try:
        require_current()
    except (NotReady, DatabaseError) as fault:
        return str(fault)
    return ""


def say_database(fault: str) -> Light:
    """Say whether the database answers and has this software's tables."""
    title = _("Database")
    if fault:
        return Light("database", Sign.BAD, title, fault, _("Whoever runs this server has to look at it."), stops=True)
    return Light("database", Sign.OK, title, _("It answers, and has all tables of this version."))


def say_guards(gone: int) -> Light:
    """Say whether the database still refuses changes to the record."""
    title = _("Guards of the record")
    if gone:
        says = ngettext(
            "%(n)s guard is gone: the database would let the record be changed.",
            "%(n)s guards are gone: the database would let the record be changed.",
            gone,
        ) % {"n": gone}
        do = _("Run ./folkmoot audit verify, find out what happened, then ./folkmoot audit guard.")
        return Light("guards", Sign.BAD, title, says, do, "audit", stops=True)
    return Light("guards", Sign.OK, title, _("The database refuses every change to what is on record."))


def look_at_guards() -> int:
    """Return how many of the database's guards are gone."""
    return len(missing_guards(connection))


def say_worker(silent: float | None) -> Light:
    """Say whether letters leave and time limits are watched; `silent` is how many seconds ago that was last done."""
    title, do = _("Worker"), _("Look at what ./run has printed, and start it again.")
    if silent is None:
        return Light("worker", Sign.BAD, title, _("It has never run here: no letter leaves, no limit is watched."), do)
    since = {"span": duration(silent)}
    if silent > NO_ROUND:
        says = _("It has not gone round for %(span)s: letters wait, and time limits pass unseen.") % since
        return Light("worker", Sign.BAD, title, says, do)
    if silent > SLOW_ROUND:
        return Light("worker", Sign.SOON, title, _("It is busy, or hangs: its last round is %(span)s ago.") % since, do)
    return Light("worker", Sign.OK, title, _("It goes round: letters leave, and time limits are watched."))


def look_at_worker() -> float | None:
    """Return how many seconds ago the worker went round; `None` where it never did."""
    return seconds_since_beat(Path(settings.DATA))


def look_at_triage() -> str | None:
    """Return why posts cannot be looked over; empty when they can, `None` where nobody wants them to be."""
    return triage_fault(Path(settings.DATA)) if settings.TRIAGE else None


def say_triage(fault: str | None) -> Light:
    """Say whether new posts and reports are looked over for what may be wrong."""
    title = _("Looking posts over")
    if fault is None:
        says = _("It is switched off: nothing is looked over for what may be wrong, and only time orders the queue.")
        return Light("triage", Sign.NOTE, title, says)
    if fault:
        says = _("New posts and reports wait to be looked over. Letters leave, and everything else works. %(why)s")
        do = _("Whoever runs this server has to look at it. It is tried again by itself.")
        return Light("triage", Sign.SOON, title, says % {"why": fault}, do)
    return Light("triage", Sign.OK, title, _("New posts and reports are looked over for what may be wrong."))


def look_at_clock(*, at: datetime) -> Clock:
    """Return what the server's clock says, beside the newest entry of any record."""
    newest = Event.objects.order_by("-pk").values_list("at", flat=True).first()
    return Clock(at, settings.CLOCK_SHIFT_SECONDS, newest, _is_kept())


def say_clock(clock: Clock) -> Light:
    """Say whether time limits can be trusted."""
    title = _("Clock")
    if clock.newest and clock.newest > clock.now + AHEAD:
        says = _("It says %(now)s, and something on record happened later, %(newest)s: it goes wrong.")
        do = _("Set the server’s clock right, and let a time service keep it so: all time limits rest on it.")
        return Light("clock", Sign.BAD, title, says % {"now": exact(clock.now), "newest": exact(clock.newest)}, do)
    if clock.shift:
        says = _("It was moved on by %(span)s, for a rehearsal (FOLKMOOT_CLOCK_SHIFT).")
        do = _("Never in earnest: what is recorded carries the moved time.")
        return Light("clock", Sign.SOON, title, says % {"span": duration(clock.shift)}, do)
    says = _("It says %(now)s.") % {"now": exact(clock.now)}
    if clock.kept is False:
        return Light(
            "clock",
            Sign.NOTE,
            title,
            f"{says} {_('The system does not say that a time service keeps it right.')}",
            _("Compare it with your own. All time limits rest on it."),
        )
    return Light("clock", Sign.OK, title, says)


def look_at_disks() -> list[Disk]:
    """Return the room where the data are and, where that is another disk, where checkpoints are."""
    needed = _database_bytes()
    data, checkpoints = Path(settings.DATA), Path(settings.CHECKPOINTS)
    found = [Disk(str(data), shutil.disk_usage(data).free, needed)]
    if checkpoints.is_dir() and checkpoints.stat().st_dev != data.stat().st_dev:
        found.append(Disk(str(checkpoints), shutil.disk_usage(checkpoints).free, 0))
    return found


def say_disk(disks: list[Disk]) -> Light:
    """Say whether there is room: for what comes in, and for one more copy of the database."""
    title, do = _("Disk"), _("Make room, or move the data to a larger disk.")
    least = min(disks, key=lambda disk: disk.free - disk.needed)
    room = {"free": _gigabytes(least.free), "folder": least.folder}
    if least.free < LEAST_FREE:
        says = _("Only %(free)s are free in %(folder)s: soon nothing can be kept any more.") % room
        return Light("disk", Sign.BAD, title, says, do)
    if least.free < least.needed * 1.2:
        says = _("%(free)s are free in %(folder)s: not enough for a backup, which needs a copy of the database.") % room
        return Light("disk", Sign.SOON, title, says, do)
    if least.free < LITTLE_FREE:
        return Light("disk", Sign.SOON, title, _("%(free)s are free in %(folder)s.") % room, do)
    return Light("disk", Sign.OK, title, _("%(free)s are free in %(folder)s.") % room)


def _database_bytes() -> int:
    if connection.vendor != "sqlite":
        return 0  # it lies on a disk of its own, of which nothing is known here
    try:
        return Path(connection.settings_dict["NAME"]).stat().st_size
    except OSError:
        return 0


def _gigabytes(number: int) -> str:
    return f"{number / 1e9:,.1f} GB"


def _is_kept() -> bool | None:
    """Ask the system whether a time service keeps its clock."""
    try:
        said = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512))  # modes 0: asks, changes nothing
    except (OSError, AttributeError):  # a system that has no such call
        return None
    return None if said < 0 else said != _UNKEPT
