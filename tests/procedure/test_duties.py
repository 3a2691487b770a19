"""Who owes an answer by when, and who is added when it does not come (Sh, Mf, Mg)."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.procedure.duties import Owed, first_turn, next_turn, turn_of
from folkmoot.procedure.table import Limits
from folkmoot.procedure.words import Role

LONDON = "Europe/London"
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
CHAINS = {
    Owed.REPORT: [(Role.MODERATOR, 5), (Role.SECRETARY, 5), (Role.EXECUTIVE, 28)],
    Owed.APPEAL: [(Role.MODERATOR, 5), (Role.SECRETARY, 5), (Role.EXECUTIVE, 28)],
    Owed.SUBMISSION: [(Role.EXECUTIVE, 28)],
    Owed.REVIEW: [(Role.SECRETARY, 5), (Role.EXECUTIVE, 28)],
    Owed.LOOK_AFTER: [(Role.SECRETARY, 5), (Role.EXECUTIVE, 28)],
    Owed.EMERGENCY: [(Role.MODERATOR, 1), (Role.SECRETARY, 1), (Role.EXECUTIVE, 28)],
}


@pytest.mark.parametrize("owed", CHAINS)
@given(at=MOMENTS)
def test_each_is_added_in_turn_once_and_then_nobody_is_left(owed, at):
    turn = first_turn(owed, Limits(), at=at, zone=LONDON)
    found = []
    while turn:
        found.append((turn.holder, (turn.due_at.date() - at.date()).days))
        at = turn.due_at
        turn = next_turn(owed, turn.holder, Limits(), at=at, zone=LONDON)
    assert [holder for holder, _ in found] == [holder for holder, _ in CHAINS[owed]]
    # In summer a London day ends, and may begin, on the UTC day before.
    assert all(abs(days - said) <= 1 for (_, days), (_, said) in zip(found, CHAINS[owed], strict=True))


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-03-24T09:00+00:00", "2026-03-29T22:59:59+00:00"),  # due on the day that is 23 hours long
        ("2026-10-20T09:00+00:00", "2026-10-25T23:59:59+00:00"),  # and on the day of 25 hours
        ("2026-06-30T23:30+00:00", "2026-07-06T22:59:59+00:00"),  # half past midnight in London: day 0 is 1 July
    ],
)
def test_the_five_days_are_london_days_across_daylight_saving(at, due):
    turn = first_turn(Owed.REPORT, Limits(), at=datetime.fromisoformat(at), zone=LONDON)
    assert turn.due_at.isoformat() == due


def test_an_organisation_elsewhere_has_its_own_days():
    at = datetime.fromisoformat("2026-11-02T12:00+00:00")  # already the 3rd in Auckland
    turn = first_turn(Owed.REPORT, Limits(), at=at, zone="Pacific/Auckland")
    assert turn.due_at.isoformat() == "2026-11-08T10:59:59+00:00"


def test_other_limits_are_kept():
    turn = first_turn(Owed.SUBMISSION, Limits(executive_days=1), at=datetime(2026, 11, 2, 9, tzinfo=UTC), zone=LONDON)
    assert turn.due_at == datetime(2026, 11, 3, 23, 59, 59, tzinfo=UTC)


def test_a_legal_complaint_has_its_own_clock_for_the_moderators_only():
    friday = datetime(2026, 11, 6, 9, tzinfo=UTC)
    due = {
        holder: turn_of(Owed.LEGAL, holder, Limits(), at=friday, zone=LONDON).due_at
        for holder in (Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE)
    }
    assert due == {
        Role.MODERATOR: datetime(2026, 11, 10, 9, tzinfo=UTC),  # 48 hours of working days
        Role.SECRETARY: datetime(2026, 11, 11, 23, 59, 59, tzinfo=UTC),
        Role.EXECUTIVE: datetime(2026, 12, 4, 23, 59, 59, tzinfo=UTC),
    }


@pytest.mark.parametrize("owed", [Owed.REPORT, Owed.APPEAL])
def test_the_first_answer_and_the_look_at_an_appeal_have_limits_of_their_own(owed):
    days = {Owed.REPORT: 2, Owed.APPEAL: 7}
    limits = Limits(report_days=days[Owed.REPORT], reconsider_days=days[Owed.APPEAL])
    turn = first_turn(owed, limits, at=datetime(2026, 11, 2, 9, tzinfo=UTC), zone=LONDON)
    assert turn.due_at == datetime(2026, 11, 2 + days[owed], 23, 59, 59, tzinfo=UTC)
