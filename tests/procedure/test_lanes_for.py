"""From what detectors found to how soon somebody should look; nothing is put later by it."""

import pytest

from folkmoot.detectors.finding import Finding, Signal
from folkmoot.procedure.lanes_for import EMERGENCY, EMERGENCY_FROM, FLAGGED, GRAVITY, urgency, weight_of_kinds
from folkmoot.procedure.words import Lane, ReportKind
from tests.judged import judgement


def found(signal: Signal, score: float, *, advice: bool = False) -> Finding:
    return Finding(signal, "Sc", score, 0, 4, "why", advice)


@pytest.mark.parametrize("signal", EMERGENCY_FROM)
def test_a_threat_somebodys_home_and_a_child_in_danger_are_emergencies(signal: Signal) -> None:
    soon = urgency(judgement(found(signal, EMERGENCY_FROM[signal])))
    assert (soon.lane, soon.signal, soon.clause, soon.flag) == (Lane.EMERGENCY, signal, "Sc", True)
    assert EMERGENCY <= soon.weight <= 100
    below = urgency(judgement(found(signal, EMERGENCY_FROM[signal] - 0.01)))
    assert (below.lane, below.weight < EMERGENCY) == (Lane.ORDINARY, True)


def test_nothing_else_is_and_what_is_only_advice_is_nothing() -> None:
    for signal in set(Signal) - set(EMERGENCY_FROM):
        soon = urgency(judgement(found(signal, 1.0)))
        assert (soon.lane, FLAGGED <= soon.weight < EMERGENCY) == (Lane.ORDINARY, True), signal
    advised = urgency(judgement(found(Signal.THREAT, 1.0, advice=True), score=0.1))
    assert (advised.lane, advised.flag, advised.signal) == (Lane.ORDINARY, False, None)


def test_the_number_of_somebody_who_sells_something_is_no_emergency() -> None:
    soon = urgency(judgement(found(Signal.PRIVATE, 0.9), found(Signal.SPAM, 0.8)))
    assert soon.lane is Lane.ORDINARY


def test_what_may_do_more_harm_comes_before_what_may_do_less_and_what_is_flagged_before_the_rest() -> None:
    assert set(GRAVITY) == set(Signal)
    kinds = [Signal.CHILD_SAFETY, Signal.THREAT, Signal.PRIVATE, Signal.HATE, Signal.INSULT, Signal.SPAM]
    weights = [urgency(judgement(found(signal, 0.9), score=0.6)).weight for signal in kinds]
    assert weights == sorted(weights, reverse=True)
    assert urgency(judgement(score=0.59)).weight < urgency(judgement(score=0.6)).weight


def test_what_somebody_reported_as_an_emergency_weighs_as_much_whatever_the_words_say() -> None:
    assert weight_of_kinds([ReportKind.CHILD_SAFETY, ReportKind.SPAM]) == 100
    assert weight_of_kinds([ReportKind.PRIVATE_INFORMATION]) == EMERGENCY
    assert weight_of_kinds([ReportKind.SPAM]) == weight_of_kinds([]) == 0
