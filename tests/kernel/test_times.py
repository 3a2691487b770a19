"""Limits end with the organisation's local day, daylight saving and short months included (D11)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kernel.times import end_of_local_day, last_moment, months_after, noon_of, stamp

LONDON = "Europe/London"
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ZONES = st.sampled_from([LONDON, "Europe/Dublin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Auckland", "UTC"])


@pytest.mark.parametrize(
    ("at", "days", "ends"),
    [
        ("2026-11-02T10:00+00:00", 5, "2026-11-07T23:59:59+00:00"),
        ("2026-11-02T00:00+00:00", 5, "2026-11-07T23:59:59+00:00"),  # the first moment of day 0
        ("2026-11-02T23:59:59+00:00", 5, "2026-11-07T23:59:59+00:00"),  # and its last
        ("2026-03-25T10:00+00:00", 5, "2026-03-30T22:59:59+00:00"),  # summer time begins on the 29th
        ("2026-10-21T10:00+00:00", 5, "2026-10-26T23:59:59+00:00"),  # and ends on the 25th
        ("2026-07-01T22:59:59+00:00", 5, "2026-07-06T22:59:59+00:00"),  # still the 1st in London
        ("2026-07-01T23:00:00+00:00", 5, "2026-07-07T22:59:59+00:00"),  # already the 2nd
        ("2026-12-30T12:00+00:00", 5, "2027-01-04T23:59:59+00:00"),  # bank holidays count as days
    ],
)
def test_a_limit_ends_with_a_london_day(at, days, ends):
    assert end_of_local_day(datetime.fromisoformat(at), days=days, zone=LONDON).isoformat() == ends


def test_a_day_whose_last_hour_comes_twice_ends_with_the_second():
    assert last_moment(date(2026, 4, 4), zone="America/Santiago") == datetime(2026, 4, 5, 3, 59, 59, tzinfo=UTC)


@given(at=MOMENTS, days=st.integers(0, 400), zone=ZONES)
def test_the_last_moment_is_one_second_before_the_next_local_day(at, days, zone):
    ends = end_of_local_day(at, days=days, zone=zone)
    tz = ZoneInfo(zone)
    assert ends.tzinfo is UTC
    assert ends.astimezone(tz).strftime("%H:%M:%S") == "23:59:59"
    assert ends.astimezone(tz).date() == at.astimezone(tz).date() + timedelta(days=days)


@given(at=MOMENTS, months=st.integers(0, 60), zone=ZONES)
def test_months_land_in_the_right_month_and_never_in_the_next(at, months, zone):
    tz = ZoneInfo(zone)
    began, ends = at.astimezone(tz), months_after(at, months=months, zone=zone).astimezone(tz)
    assert (ends.year * 12 + ends.month) - (began.year * 12 + began.month) == months
    assert ends.day == began.day or ((ends + timedelta(seconds=1)).day == 1 and ends.day < began.day)


@pytest.mark.parametrize(
    ("day", "months", "lands"),
    [("2026-08-31", 6, "2027-02-28"), ("2027-08-31", 6, "2028-02-29"), ("2026-10-31", 1, "2026-11-30")],
)
def test_a_day_that_the_month_lacks_becomes_its_last(day, months, lands):
    at = last_moment(date.fromisoformat(day), zone=LONDON)
    assert months_after(at, months=months, zone=LONDON).astimezone(ZoneInfo(LONDON)).date().isoformat() == lands


def test_a_stamp_is_utc_with_microseconds_and_refuses_a_time_without_zone():
    summer = datetime(2026, 7, 1, 12, 0, tzinfo=ZoneInfo(LONDON))
    assert stamp(summer) == "2026-07-01T11:00:00.000000+00:00"
    with pytest.raises(ValueError, match="without its zone"):
        stamp(datetime(2026, 7, 1, 12, 0))  # noqa: DTZ001


def test_a_day_whose_hour_nobody_knows_has_its_middle() -> None:
    assert noon_of(date(2026, 7, 1), zone="Europe/London").astimezone(UTC) == datetime(2026, 7, 1, 11, tzinfo=UTC)
