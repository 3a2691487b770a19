"""When a post was posted, as exports write it: ISO, epoch numbers, RFC 2822, and as people write in the UK."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from folkmoot.archive.intake.rows import shown

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        start=1,
    )
    for name in names.split()
}
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
_NUMBERS = re.compile(
    rf"(?P<day>\d{{1,2}})(?P<sign>[/.-])(?P<month>\d{{1,2}})(?P=sign)(?P<year>\d{{4}}|\d{{2}})(?:,?[ T]\s*{_TIME})?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"(?:[a-z]+,?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>[a-z]{{3,9}})\.?,?\s+(?P<year>\d{{4}})"
    rf"(?:,?\s+(?:at\s+)?{_TIME})?",
    re.IGNORECASE,
)
_MAILED = re.compile(r"(?:[a-z]{3}, )?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d.*", re.IGNORECASE)
_TWITTER = re.compile(r"[a-z]{3} ([a-z]{3}) (\d{1,2}) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})", re.IGNORECASE)


class Moment(NamedTuple):
    """A time in UTC; `exact` is False when only the day is known: then it is the beginning of the local day."""

    at: datetime
    exact: bool


@lru_cache(maxsize=4096)
def moment(text: str, zone: str) -> Moment:
    """Read a date or a time; one without its zone is in `zone`. Raises `ValueError` with a reason."""
    text = " ".join(text.split())
    for read in (_digits, _iso, _numbers, _twitter, _words, _mailed):
        try:
            found = read(text)
        except (ValueError, OverflowError):
            break
        if found is not None:
            return _in_utc(found, zone)
    raise ValueError(f"“{shown(text)}” is not a date that can be read (2026-11-27 14:05 can).")


def _in_utc(found: datetime | date, zone: str) -> Moment:
    exact = isinstance(found, datetime)
    if not isinstance(found, datetime):
        found = datetime(found.year, found.month, found.day, tzinfo=ZoneInfo(zone))
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(zone))
    if not 1970 <= found.year <= 9000:
        raise ValueError("the date is not of our time.")
    return Moment(found.astimezone(UTC), exact)


def _digits(text: str) -> datetime | date | None:
    whole, point, rest = text.partition(".")
    if not (whole.isascii() and whole.isdigit()) or (point and not rest.isdigit()):
        return None
    if len(whole) == 8 and not point:
        return date(int(whole[:4]), int(whole[4:6]), int(whole[6:]))
    if len(whole) == 14 and not point:
        return datetime.strptime(whole, "%Y%m%d%H%M%S")  # noqa: DTZ007  the zone is put in by the caller
    scale = {9: 1, 10: 1, 11: 1, 12: 1000, 13: 1000, 15: 1_000_000, 16: 1_000_000}.get(len(whole))
    if scale is None:
        raise ValueError(text)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(whole) * 1_000_000 // scale)


def _iso(text: str) -> datetime | date | None:
    if not re.match(r"\d{4}-", text):
        return None
    if len(text) == 10:
        return date.fromisoformat(text)
    text = re.sub(r" ?(?:UTC|GMT)$", "+00:00", text)
    return datetime.fromisoformat(re.sub(r" (?=[+-]\d\d:?\d\d$)", "", text))


def _numbers(text: str) -> datetime | date | None:
    found = _NUMBERS.fullmatch(text)
    return _assembled(found, month=int(found["month"])) if found else None


def _words(text: str) -> datetime | date | None:
    found = _WORDS.fullmatch(text)
    month = _MONTHS.get(found["month"].casefold()) if found else None
    return _assembled(found, month=month) if found and month else None


def _twitter(text: str) -> datetime | None:
    found = _TWITTER.fullmatch(text)
    month = _MONTHS.get(found[1].casefold()) if found else None
    if not found or not month:
        return None
    return datetime.fromisoformat(f"{found[5]}-{month:02}-{int(found[2]):02}T{found[3]}{found[4]}")


def _mailed(text: str) -> datetime | None:
    return parsedate_to_datetime(text) if _MAILED.fullmatch(text) else None


def _assembled(found: re.Match[str], *, month: int) -> datetime | date:
    """Put day, month, year and time together; the day comes first, as in the UK."""
    year = int(found["year"])
    day = date(year + 2000 if year < 100 else year, month, int(found["day"]))
    if found["hour"] is None:
        return day
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    return datetime(day.year, day.month, day.day, hour, int(found["minute"]), int(found["second"] or 0))  # noqa: DTZ001
