"""Which days count: all of them, or working days of one of the UK's nations (D11)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

from folkmoot.kernel.said import gettext_noop
from folkmoot.kernel.times import end_of_local_day, last_moment
from folkmoot.procedure.table import Limits

NATIONS = {
    "ENG": gettext_noop("England"),
    "SCT": gettext_noop("Scotland"),
    "WLS": gettext_noop("Wales"),
    "NIR": gettext_noop("Northern Ireland"),
}
_DAY = timedelta(days=1)


def is_closed(day: date, nation: str) -> bool:
    """Say whether `day` is a Saturday, a Sunday or a bank holiday of `nation`."""
    return day.weekday() >= 5 or day in _bank_holidays(nation, day.year)


def due_after(at: datetime, days: int, limits: Limits, *, zone: str) -> datetime:
    """Return the end of the local day that is `days` after the day of `at` (day 0), in UTC.

    Where only working days count, Saturdays, Sundays and bank holidays are passed over.
    """
    if not limits.working_days:
        return end_of_local_day(at, days=days, zone=zone)
    day = at.astimezone(ZoneInfo(zone)).date()
    return last_moment(_count(day, days, lambda one: is_closed(one, limits.nation)), zone=zone)


def hours_of_working_days(at: datetime, hours: int, limits: Limits, *, zone: str) -> datetime:
    """Return when `hours` have passed, counting no moment of a weekend or bank holiday, in UTC."""
    tz = ZoneInfo(zone)
    left, moment = timedelta(hours=hours), at
    while True:
        day = moment.astimezone(tz).date()
        midnight = datetime.combine(day + _DAY, datetime.min.time(), tzinfo=tz).astimezone(UTC)
        if is_closed(day, limits.nation):
            moment = midnight
            continue
        if moment + left <= midnight:
            return moment + left
        left -= midnight - moment
        moment = midnight


def _count(day: date, days: int, closed: Callable[[date], bool]) -> date:
    while days:
        day += _DAY
        days -= not closed(day)
    return day


@cache
def _bank_holidays(nation: str, year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv=nation, years=year))
