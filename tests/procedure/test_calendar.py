"""Which days count, to the second: weekends, bank holidays of each nation, days on which clocks change (D11)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.procedure.calendar import NATIONS, due_after, hours_of_working_days, is_closed
from folkmoot.procedure.table import Limits

LONDON = "Europe/London"
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def local(words: str) -> datetime:
    """Return a London time, "2027-03-24 09:00"."""
    return datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(LONDON)).astimezone(UTC)


def end_of(day: str) -> datetime:
    return local(f"{day} 23:59:59")


@pytest.mark.parametrize(
    ("at", "nation", "due"),
    [
        # Easter 2027: Good Friday is 26 March everywhere, Easter Monday (29 March) is no bank holiday in Scotland,
        # and on Easter Sunday the clocks go forward.
        ("2027-03-24 09:00", "ENG", "2027-04-02"),
        ("2027-03-24 09:00", "WLS", "2027-04-02"),
        ("2027-03-24 09:00", "NIR", "2027-04-02"),
        ("2027-03-24 09:00", "SCT", "2027-04-01"),
        # Summer: the first Monday of August in Scotland, the last one elsewhere.
        ("2026-07-31 12:00", "SCT", "2026-08-10"),
        ("2026-07-31 12:00", "ENG", "2026-08-07"),
        ("2026-08-28 12:00", "SCT", "2026-09-04"),
        ("2026-08-28 12:00", "ENG", "2026-09-07"),
        # Twelfth of July on a Sunday: Northern Ireland has the Monday instead; St Patrick's Day is its own, too.
        ("2026-07-10 12:00", "NIR", "2026-07-20"),
        ("2026-07-10 12:00", "ENG", "2026-07-17"),
        ("2026-03-13 12:00", "NIR", "2026-03-23"),
        # St Andrew's Day 2026 is a Monday; New Year in Scotland has a second day.
        ("2026-11-27 12:00", "SCT", "2026-12-07"),
        ("2026-11-27 12:00", "ENG", "2026-12-04"),
        ("2028-12-29 12:00", "SCT", "2029-01-09"),
        ("2028-12-29 12:00", "ENG", "2029-01-08"),
        # Christmas 2027 falls on a weekend: the Monday and the Tuesday after it are free.
        ("2027-12-23 12:00", "ENG", "2028-01-04"),
        # October and March: an hour more, an hour less, and still the end of the local day.
        ("2026-10-19 12:00", "ENG", "2026-10-26"),
        ("2026-03-24 12:00", "ENG", "2026-03-31"),
        # What comes on a Saturday, or on a Sunday, begins to count on Monday.
        ("2026-11-07 12:00", "ENG", "2026-11-13"),
        ("2026-11-08 23:59", "ENG", "2026-11-13"),
    ],
)
def test_five_working_days_end_on(at, nation, due):
    limits = Limits(working_days=True, nation=nation)
    assert due_after(local(at), 5, limits, zone=LONDON) == end_of(due)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2027-03-24 09:00", "2027-03-29"),  # over Easter: all days count
        ("2026-10-21 09:00", "2026-10-26"),  # the clocks went back on the 25th
        ("2026-10-20 00:00", "2026-10-25"),  # due on the day of 25 hours itself
        ("2026-03-24 23:59", "2026-03-29"),  # due on the day of 23 hours
    ],
)
def test_five_calendar_days_end_on(at, due):
    assert due_after(local(at), 5, Limits(), zone=LONDON) == end_of(due)


def test_ends_of_day_are_those_of_the_clock_on_the_wall():
    assert end_of("2026-10-25").isoformat() == "2026-10-25T23:59:59+00:00"
    assert end_of("2026-10-24").isoformat() == "2026-10-24T22:59:59+00:00"
    assert end_of("2026-03-29").isoformat() == "2026-03-29T22:59:59+00:00"


@pytest.mark.parametrize(
    ("at", "nation", "due"),
    [
        ("2026-11-02 10:00", "ENG", "2026-11-04 10:00"),  # a Monday
        ("2026-11-06 18:30", "ENG", "2026-11-10 18:30"),  # a Friday evening: the weekend does not count
        ("2026-11-07 09:00", "ENG", "2026-11-11 00:00"),  # a Saturday: from Monday on
        ("2027-03-25 10:00", "ENG", "2027-03-31 10:00"),  # over Easter, and over the change of clocks
        ("2027-03-25 10:00", "SCT", "2027-03-30 10:00"),
        ("2026-11-05 00:00", "ENG", "2026-11-07 00:00"),  # a Thursday: they end with the Friday, not after the weekend
        ("2026-12-24 12:00", "ENG", "2026-12-30 12:00"),  # Christmas on a Friday, Boxing Day on the Monday after
    ],
)
def test_forty_eight_hours_of_a_legal_complaint_count_no_moment_of_a_weekend_or_bank_holiday(at, nation, due):
    assert hours_of_working_days(local(at), 48, Limits(nation=nation), zone=LONDON) == local(due)


@given(at=MOMENTS, days=st.integers(1, 28), nation=st.sampled_from(sorted(NATIONS)))
def test_a_working_day_limit_ends_on_a_day_that_counts_and_never_before_the_calendar_s(at, days, nation):
    limits = Limits(working_days=True, nation=nation)
    due = due_after(at, days, limits, zone=LONDON)
    day, first = due.astimezone(ZoneInfo(LONDON)).date(), at.astimezone(ZoneInfo(LONDON)).date()
    assert not is_closed(day, nation)
    between = [first + timedelta(days=place) for place in range(1, (day - first).days + 1)]
    assert sum(not is_closed(one, nation) for one in between) == days
    assert due >= due_after(at, days, Limits(), zone=LONDON)


@given(at=MOMENTS, hours=st.integers(1, 48))
def test_hours_of_working_days_are_never_fewer_than_hours(at, hours):
    assert hours_of_working_days(at, hours, Limits(), zone=LONDON) >= at + timedelta(hours=hours)


def test_bank_holidays_are_known_for_the_years_to_come():
    assert is_closed(date(2035, 12, 25), "ENG")
    assert is_closed(date(2035, 11, 30), "SCT")
    assert not is_closed(date(2035, 11, 30), "ENG")
