"""Times in words: "in 2 days, Friday 27 November". Pure: the moment that counts as now is always given."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.translation import get_language, gettext, ngettext


class Urgency(StrEnum):
    """How near a time limit is; the values are the class names of the look."""

    OK = "ok"
    SOON = "soon"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class TimeLeft:
    """What a time limit says: words, urgency, and the share of the time that is left (0 to 1)."""

    words: str
    urgency: Urgency
    share: float


def relative(moment: datetime, now: datetime) -> str:
    """Return "in 2 days", "tomorrow", "3 hours ago" and so on; days are counted by the local calendar."""
    seconds = (moment - now).total_seconds()
    days = (_local(moment).date() - _local(now).date()).days
    if abs(seconds) < 60:
        return gettext("now") if seconds >= 0 else gettext("just now")
    if days == 0 or abs(seconds) < 3 * 3600:
        span = duration(abs(seconds))
    elif days in (1, -1):
        return gettext("tomorrow") if days == 1 else gettext("yesterday")
    else:
        span = _days(abs(days))
    return (gettext("in %(span)s") if seconds > 0 else gettext("%(span)s ago")) % {"span": span}


def day_in_words(day: date, now: datetime) -> str:
    """Return "Friday 27 November", with the year when it is not this year's."""
    day = day.date() if isinstance(day, datetime) else day
    return _day(day, day.year == _local(now).year, get_language())


@lru_cache(maxsize=4096)
def _day(day: date, this_year: bool, _language: str | None) -> str:
    return formats.date_format(day, "l j F" if this_year else "l j F Y")


def exact(moment: datetime) -> str:
    """Return "Friday 27 November 2026 at 14:05" in the organisation's time zone."""
    return _exact(_local(moment).replace(second=0, microsecond=0), get_language())


@lru_cache(maxsize=4096)  # a page of the queue says the same few moments again and again
def _exact(local: datetime, _language: str | None) -> str:
    return gettext("%(day)s at %(time)s") % {
        "day": formats.date_format(local, "l j F Y"),
        "time": formats.date_format(local, "H:i"),
    }


def in_words(moment: datetime, now: datetime) -> str:
    """Return distance and day, "in 2 days, Friday 27 November"; today's moments carry the hour."""
    local = _local(moment)
    if local.date() == _local(now).date():
        return gettext("%(relative)s, today at %(time)s") % {
            "relative": relative(moment, now),
            "time": formats.date_format(local, "H:i"),
        }
    return gettext("%(relative)s, %(day)s") % {
        "relative": relative(moment, now),
        "day": day_in_words(local.date(), now),
    }


def duration(seconds: float) -> str:
    """Return a length of time in its largest whole unit: "2 days", "5 hours", "40 minutes"."""
    whole = int(seconds)
    if whole < 60:
        return gettext("less than a minute")
    if whole < 3600:
        return ngettext("%(n)d minute", "%(n)d minutes", whole // 60) % {"n": whole // 60}
    if whole < 86400:
        return ngettext("%(n)d hour", "%(n)d hours", whole // 3600) % {"n": whole // 3600}
    return _days(whole // 86400)


def time_left(due: datetime, now: datetime, since: datetime) -> TimeLeft:
    """Return what is left until `due` of the time that began at `since`; soon means due today or tomorrow."""
    days = (_local(due).date() - _local(now).date()).days
    share = (due - now) / (due - since) if due > since else 0.0
    share = min(1.0, max(0.0, share))
    if due < now:
        return TimeLeft(_overdue(-days), Urgency.OVERDUE, 0.0)
    if days == 0:
        return TimeLeft(gettext("Due today"), Urgency.SOON, share)
    if days == 1:
        return TimeLeft(gettext("Due tomorrow"), Urgency.SOON, share)
    return TimeLeft(ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}, Urgency.OK, share)


def local_day(moment: datetime) -> date:
    """Return the day of the organisation's calendar on which the moment falls."""
    return _local(moment).date()


def five_days_before(due: datetime) -> datetime:
    """Return the moment from which a five-day limit runs that ends at `due`."""
    # Sh: the operator has five days.
    return due - timedelta(days=5)


def _overdue(days: int) -> str:
    if days == 0:
        return gettext("Overdue since today")
    return ngettext("Overdue by %(n)d day", "Overdue by %(n)d days", days) % {"n": days}


def _days(days: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)
