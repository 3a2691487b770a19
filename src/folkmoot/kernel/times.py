"""Time arithmetic: UTC inside, the organisation's local day for every limit (D11)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def end_of_local_day(at: datetime, *, days: int, zone: str) -> datetime:
    """Return the last moment of the local day `days` after the local day of `at`, in UTC.

    The day of `at` is day 0; daylight saving is the zone's own.
    """
    tz = ZoneInfo(zone)
    day = at.astimezone(tz).date() + timedelta(days=days)
    return last_moment(day, zone=zone)


def months_after(at: datetime, *, months: int, zone: str) -> datetime:
    """Return the last moment of the local day that many calendar months after `at`, in UTC.

    A day that the month lacks becomes its last day.
    """
    day = at.astimezone(ZoneInfo(zone)).date()
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return last_moment(date(year, month + 1, min(day.day, last)), zone=zone)
        except ValueError:
            continue
    raise ValueError(f"no such month: {year}-{month + 1}")


def last_moment(day: date, *, zone: str) -> datetime:
    """Return 23:59:59 of the local `day`, in UTC; where clocks go back at midnight, the second of the two."""
    return datetime.combine(day, time(23, 59, 59, fold=1), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def stamp(at: datetime) -> str:
    """Return `at` as ISO 8601 in UTC with microseconds: the form that is hashed."""
    if at.tzinfo is None:
        raise ValueError("a time without its zone cannot go on the record")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def noon_of(day: date, *, zone: str) -> datetime:
    """Return the middle of a local day whose hour nobody knows."""
    return datetime.combine(day, time(12), tzinfo=ZoneInfo(zone))
