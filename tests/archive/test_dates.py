"""Dates as exports write them."""

from datetime import UTC, datetime

import pytest

from folkmoot.archive.intake import moment

LONDON = "Europe/London"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-27T14:05:00Z", "2026-11-27T14:05"),
        ("2026-11-27 14:05:00+02:00", "2026-11-27T12:05"),
        ("2026-11-27 14:05:00 +0200", "2026-11-27T12:05"),
        ("2026-11-27 14:05:00 UTC", "2026-11-27T14:05"),
        ("2026-11-27 14:05", "2026-11-27T14:05"),
        ("2026-07-27 14:05", "2026-07-27T13:05"),  # summer time
        ("1764252300", "2025-11-27T14:05"),
        ("1764252300.5", "2025-11-27T14:05"),
        ("1764252300000", "2025-11-27T14:05"),
        ("1764252300000000", "2025-11-27T14:05"),
        ("20251127140500", "2025-11-27T14:05"),
        ("Thu, 27 Nov 2025 14:05:00 +0100", "2025-11-27T13:05"),
        ("Thu Nov 27 14:05:00 +0000 2025", "2025-11-27T14:05"),
        ("27/11/2025 14:05", "2025-11-27T14:05"),
        ("27/11/2025, 2:05 pm", "2025-11-27T14:05"),
        ("03/04/2025 00:30", "2025-04-02T23:30"),  # the third of April, as in the UK
        ("27 November 2025 at 14:05", "2025-11-27T14:05"),
        ("Thursday, 27th Nov 2025 12:05am", "2025-11-27T00:05"),
    ],
)
def test_a_time_is_read_to_the_moment(text: str, expected: str) -> None:
    found = moment(text, LONDON)
    assert found.exact
    assert found.at.isoformat().startswith(expected)
    assert found.at.tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["2025-06-05", "20250605", "05/06/2025", "5.6.25", "5 June 2025", "Thu 5th of June 2025"]
)
def test_a_day_is_the_local_day_and_says_so(text: str) -> None:
    found = moment(text, LONDON)
    assert not found.exact
    assert found.at == datetime(2025, 6, 4, 23, 0, tzinfo=UTC)  # midnight in London


@pytest.mark.parametrize(
    "text",
    [
        *("yesterday", "12/31/2025", "2025-13-01", "31/02/2025", "27/11/2025 13:05 pm", "27 Brumaire 2025", ""),
        *("0", "12345", "9" * 17, "9" * 400, "-1", "nan", "٢٠٢٥-١١-٢٧"),
        *("2025-11-27T25:00", "1066-10-14", "Thu Foo 27 14:05:00 +0000 2025"),
    ],
)
def test_what_is_no_date_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="date"):
        moment(text, LONDON)


def test_a_refusal_repeats_nothing_that_could_change_a_terminal() -> None:
    with pytest.raises(ValueError) as info:  # noqa: PT011  what it says is looked at
        moment("\x1b[2J\u202e2025", LONDON)
    assert str(info.value).isprintable()
