"""Files that calendars read (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True)
class Entry:
    """One thing in a calendar: at a time, or, without an end, on a day. `uid` stays the same when it moves."""

    uid: str
    summary: str
    starts: datetime | date
    ends: datetime | None = None
    url: str = ""
    location: str = ""


def calendar_file(entries: Iterable[Entry], *, now: datetime, name: str = "") -> str:
    """Return the text of a calendar with `entries`; one with a `name` is meant to be asked for again each hour."""
    named = [f"X-WR-CALNAME:{_escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Folkmoot//EN",
        *(named if name else []),
        *(line for entry in entries for line in _event(entry, now)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: Entry, now: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}@folkmoot",
        f"DTSTAMP:{_utc(now)}",
        *_when(entry),
        f"SUMMARY:{_escaped(entry.summary)}",
        *([f"LOCATION:{_escaped(entry.location)}"] if entry.location else []),
        *([f"URL:{entry.url}"] if entry.url else []),
        "END:VEVENT",
    ]


def _when(entry: Entry) -> list[str]:
    if isinstance(entry.starts, datetime):
        return [f"DTSTART:{_utc(entry.starts)}", f"DTEND:{_utc(entry.ends or entry.starts)}"]
    after = entry.starts + timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{entry.starts:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}", "TRANSP:TRANSPARENT"]


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _folded(line: str) -> list[str]:
    """Return the line in pieces of at most 75 bytes, each but the first begun by a space (RFC 5545, 3.1)."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > 74:
            pieces.append(piece)
            piece = " "
        piece += sign
    return [*pieces, piece]
