"""What can take the place of a decision that is looked at again: always something milder (Mf)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.procedure.milder import Burden, Lasting, eased, is_milder, never_worse, takes_place_of, weight
from folkmoot.procedure.words import APPEALABLE, TAKES_AWAY, MeasureKind, Outcome

DAY = date(2026, 11, 30)
LASTING = st.builds(
    Lasting, kind=st.sampled_from(MeasureKind), until=st.integers(0, 5).map(lambda days: DAY + timedelta(days=days))
)
BURDENS = st.builds(Burden, outcome=st.sampled_from(Outcome), measures=st.lists(LASTING, max_size=3).map(tuple))


def held(kind: MeasureKind, days: int = 0) -> Lasting:
    return Lasting(kind, DAY + timedelta(days=days))


HOLD, SUSPEND, BAN = (held(kind) for kind in (MeasureKind.HOLD_ACCOUNT, MeasureKind.SUSPEND, MeasureKind.BAN))
CLOSED = held(MeasureKind.CLOSE_THREAD)


@pytest.mark.parametrize(
    ("to", "than"),
    [
        (Burden(Outcome.WARN), Burden(Outcome.REMOVE)),
        (Burden(Outcome.WARN), Burden(Outcome.REJECT)),
        (Burden(Outcome.REMOVE), Burden(Outcome.REMOVE, (SUSPEND,))),
        (Burden(Outcome.MEASURE, (SUSPEND,)), Burden(Outcome.REMOVE, (SUSPEND,))),
        (Burden(Outcome.MEASURE, (SUSPEND,)), Burden(Outcome.MEASURE, (held(MeasureKind.SUSPEND, 7),))),
        (Burden(Outcome.MEASURE, (HOLD,)), Burden(Outcome.MEASURE, (BAN,))),
        (Burden(Outcome.MEASURE, (HOLD,)), Burden(Outcome.MEASURE, (BAN, CLOSED))),
    ],
)
def test_less_can_take_its_place(to, than):
    assert takes_place_of(to, than)


@pytest.mark.parametrize(
    ("to", "than"),
    [
        (Burden(Outcome.REMOVE), Burden(Outcome.REMOVE)),  # nothing has changed
        (Burden(Outcome.MEASURE, (HOLD,)), Burden(Outcome.REMOVE)),  # a removal was of one post only
        (Burden(Outcome.REMOVE, (HOLD,)), Burden(Outcome.REMOVE)),
        (Burden(Outcome.REJECT), Burden(Outcome.REMOVE, (HOLD,))),
        (Burden(Outcome.MEASURE, (held(MeasureKind.HOLD_ACCOUNT, 1),)), Burden(Outcome.MEASURE, (BAN,))),
        (Burden(Outcome.MEASURE, (HOLD, HOLD)), Burden(Outcome.REMOVE, (BAN,))),
        (Burden(Outcome.MEASURE, (HOLD,)), Burden(Outcome.MEASURE, (CLOSED,))),  # another thing altogether
        (Burden(Outcome.MEASURE), Burden(Outcome.REMOVE, (BAN,))),
        (Burden(Outcome.WARN, (HOLD,)), Burden(Outcome.REMOVE, (HOLD,))),
        (Burden(Outcome.NO_BREACH), Burden(Outcome.REMOVE)),  # that is to overturn it
        (Burden(Outcome.REMOVE), Burden(Outcome.WARN)),
        (Burden(Outcome.REMOVE), Burden(Outcome.REJECT, (HOLD,))),
    ],
)
def test_what_is_the_same_or_worse_or_nothing_at_all_cannot(to, than):
    assert not takes_place_of(to, than)


@given(BURDENS, BURDENS)
def test_what_takes_its_place_takes_less_of_everything(to, than):
    if not takes_place_of(to, than):
        return
    assert to.outcome in APPEALABLE
    assert weight(to.outcome) <= weight(than.outcome)
    assert len(to.measures) <= len(than.measures)
    assert to.outcome not in TAKES_AWAY or than.outcome is to.outcome
    for one in to.measures:
        assert any(one.kind in eased(old.kind) and one.until <= old.until for old in than.measures)
    assert not takes_place_of(than, to), "there is no way back up"


@given(BURDENS, BURDENS, BURDENS)
def test_step_by_step_it_never_becomes_worse(first, second, third):
    assert never_worse(first, first)
    if never_worse(second, first) and never_worse(third, second):
        assert never_worse(third, first)


@given(st.sampled_from(Outcome), st.sampled_from(Outcome))
def test_of_two_outcomes_at_most_one_is_milder(one, other):
    assert not (is_milder(one, other) and is_milder(other, one))


def test_outcomes_weigh_what_they_take():
    assert {outcome: weight(outcome) for outcome in Outcome} == {
        Outcome.NO_BREACH: 0,
        Outcome.ROBUST_CRITICISM: 0,
        Outcome.CORRECTED: 0,
        Outcome.REFERRED: 0,
        Outcome.WARN: 1,
        Outcome.MEASURE: 2,
        Outcome.REJECT: 3,
        Outcome.REMOVE: 3,
    }


def test_a_measure_is_eased_to_a_lighter_one_of_the_same_account_or_conversation():
    assert {kind: set(eased(kind)) for kind in MeasureKind} == {
        MeasureKind.HOLD_THREAD: {MeasureKind.HOLD_THREAD},
        MeasureKind.CLOSE_THREAD: {MeasureKind.HOLD_THREAD, MeasureKind.CLOSE_THREAD},
        MeasureKind.HOLD_ACCOUNT: {MeasureKind.HOLD_ACCOUNT},
        MeasureKind.SUSPEND: {MeasureKind.HOLD_ACCOUNT, MeasureKind.SUSPEND},
        MeasureKind.BAN: {MeasureKind.HOLD_ACCOUNT, MeasureKind.SUSPEND, MeasureKind.BAN},
    }
