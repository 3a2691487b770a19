"""When a WhatsApp message was sent: the line's beginning, and in which order a phone writes day, month and year."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from folkmoot.archive.intake.shape import Undecided
from folkmoot.kernel.errors import BadInput

_MARKS = "[\u200e\u200f\u202a-\u202e\ufeff]*"
_DAY = r"(?P<a>\d{1,4})(?P<sign>[/.\-]|\.\s)\s?(?P<b>\d{1,2})(?P=sign)\s?(?P<c>\d{1,4})\.?"  # 27/11/2025, 27. 11. 25
_TIME = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"  # 14:05:33, 2.05
    r"(?:\s?(?P<half>[ap])\.?\s?m\.?)?"  # pm, p.m., p. m.
)
_BETWEEN = r"(?:[,،]|\s(?:um|à|at|klo|kl\.?|alle|las|às))*\s"
_ANDROID = re.compile(rf"{_MARKS}{_DAY}{_BETWEEN}{_TIME}\s[-–]\s(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_IPHONE = re.compile(rf"{_MARKS}\[{_DAY}{_BETWEEN}{_TIME}\]\s?(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_COPIED = re.compile(rf"{_MARKS}\[{_TIME},\s{_DAY}\]\s(?P<rest>.*)", re.IGNORECASE | re.DOTALL)  # from WhatsApp Web

_CLEARLY = 4  # times as many lines out of order: clocks of phones are set back now and then
_ENOUGH = 10_000  # lines to remember

ORDERS = {"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}


class Begun(NamedTuple):
    """The beginning of a message's first line: three numbers of a day as they stand, the time, and what follows."""

    day: tuple[str, str, str]
    dotted: bool  # 27.11.25: nobody writes the month first in this way
    time: tuple[int, int, int]
    half: str  # "a", "p", or "" by 24 hours
    rest: str


def begun(line: str) -> Begun | None:
    """Read how a message begins; `None` when `line` goes on with the message before it."""
    if not (line[:1].isdigit() or line[:1] in "[\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"):
        return None
    found = _ANDROID.match(line) or _IPHONE.match(line) or _COPIED.match(line)
    if not found:
        return None
    return Begun(
        (found["a"], found["b"], found["c"]),
        found["sign"].startswith(".") and len(found["a"]) <= 2,
        (int(found["hour"]), int(found["minute"]), int(found["second"] or 0)),
        (found["half"] or "").casefold(),
        found["rest"],
    )


def sent(start: Begun, order: str) -> datetime:
    """Return the local time; raises `ValueError` when there is no such day or hour."""
    year, month, day = _ordered(start.day, order)
    hour, minute, second = start.time
    if start.half:
        if hour > 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if start.half == "p" else 0)
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  the zone is put in by the caller


def order_of(lines: Iterable[tuple[int, Begun]], asked: str) -> tuple[str, str]:
    """Return the order of day, month and year, and how it is known, as a sentence; looks at the whole file.

    `asked` is what the person said of it, "" if nothing. Raises `Undecided` (field "dates") where it cannot be told.
    """
    if asked:
        return _known(asked), ""
    ways = [_Way("dmy"), _Way("mdy")]
    differs = False
    for line, start in lines:
        if _year_first(start.day) or start.dotted:
            return ("dmy" if start.dotted else "ymd"), ""
        differs = differs or int(start.day[0]) != int(start.day[1])
        for way in ways:
            way.look(line, start)
    for way, other in (ways, ways[::-1]):
        if len(other.impossible) > len(way.impossible):
            line = min(set(other.impossible) - set(way.impossible))
            return way.order, f"Its dates are {ORDERS[way.order]}: line {line} can be read in no other way."
    if not differs:
        return "dmy", ""
    for way, other in (ways, ways[::-1]):
        if len(other.backwards) > _CLEARLY * len(way.backwards):
            said = f"Its dates are taken as {ORDERS[way.order]}: otherwise line {other.backwards[0]} would be from "
            return way.order, said + "before the one above it."
    raise Undecided(
        "In this file it cannot be told whether 3/4 is the third of April or the fourth of March. Look at a message of "
        "which you know the day, and say --dates dmy (day first, as in the UK) or --dates mdy (month first).",
        field="dates",
    )


def _known(order: str) -> str:
    if order not in ORDERS:
        raise BadInput(f"The order of dates is one of {', '.join(ORDERS)}.", field="dates")
    return order


class _Way:
    """What would follow of the whole file if days were written in one order."""

    def __init__(self, order: str) -> None:
        self.impossible: list[int] = []  # lines with a day that does not exist
        self.backwards: list[int] = []  # lines that are from an earlier day than the one before
        self.order = order
        self._last = datetime.min  # noqa: DTZ901  only compared with others of the file

    def look(self, line: int, start: Begun) -> None:
        """Look at the next line that begins a message."""
        try:
            at = sent(start, self.order).replace(hour=0, minute=0, second=0)
        except ValueError:
            if len(self.impossible) < _ENOUGH:
                self.impossible.append(line)
            return
        if at < self._last and len(self.backwards) < _ENOUGH:
            self.backwards.append(line)
        self._last = at


def _ordered(day: tuple[str, str, str], order: str) -> tuple[int, int, int]:
    """Return year, month and day; four digits, or more than any day has, are the year's wherever it is."""
    first, second, third = day
    if _year_first(day):
        order = "ymd"
    year, month, number = {
        "ymd": (first, second, third),
        "mdy": (third, first, second),
        "dmy": (third, second, first),
    }[order]
    return int(year) + (2000 if len(year) <= 2 else 0), int(month), int(number)


def _year_first(day: tuple[str, str, str]) -> bool:
    return len(day[0]) == 4 or (int(day[0]) > 31 and len(day[2]) <= 2)
