"""From what detectors found to how soon somebody should look; nothing is put later by it."""

import pytest

from folkmoot.detectors.finding import Finding, Signal
from folkmoot.procedure.lanes_for import (
    BREACH_FROM,
    EMERGENCY,
    EMERGENCY_FROM,
    FLAGGED,
    GRAVITY,
    PLAIN_THREAT_FROM,
    urgency,
    weight_of_kinds,
)
from folkmoot.procedure.words import Lane, ReportKind
from tests.judged import judgement


def found(signal: Signal, score: float, *, advice: bool = False) -> Finding:
    return Finding(signal, "Sc", score, 0, 4, "why", advice)


@pytest.mark.parametrize("signal", EMERGENCY_FROM)
def test_a_threat_somebodys_home_and_a_child_in_danger_are_emergencies(signal: Signal) -> None:
    soon = urgency(judgement(found(signal, EMERGENCY_FROM[signal]), score=0.9))
    assert (soon.lane, soon.signal, soon.clause, soon.flag) == (Lane.EMERGENCY, signal, "Sc", True)
    assert EMERGENCY <= soon.weight <= 100
    below = urgency(judgement(found(signal, EMERGENCY_FROM[signal] - 0.01)))
    assert (below.lane, below.weight < EMERGENCY) == (Lane.ORDINARY, True)


def test_what_sounds_like_a_threat_in_a_text_that_is_hardly_a_breach_alarms_nobody_unless_it_is_beyond_doubt() -> None:
    unsure, plain = found(Signal.THREAT, PLAIN_THREAT_FROM - 0.01), found(Signal.THREAT, PLAIN_THREAT_FROM)
    likely, hardly = BREACH_FROM, BREACH_FROM - 0.01
    assert urgency(judgement(unsure, score=likely)).lane is Lane.EMERGENCY
    assert urgency(judgement(plain, score=hardly)).lane is Lane.EMERGENCY
    assert urgency(judgement(unsure, score=hardly, windows=40, read=16)).lane is Lane.EMERGENCY  # the rest is unknown
    soon = urgency(judgement(unsure, score=hardly))
    assert (soon.lane, soon.flag, soon.weight < FLAGGED) == (Lane.ORDINARY, False, True)
    both = urgency(judgement(unsure, found(Signal.INSULT, 0.6), score=hardly))
    assert (both.lane, both.flag, FLAGGED <= both.weight < EMERGENCY) == (Lane.ORDINARY, True, True)


def test_of_what_is_flagged_the_likelier_breach_comes_first() -> None:
    hate, hardly = found(Signal.HATE, 0.9), found(Signal.THREAT, 0.85)
    assert urgency(judgement(hate, score=0.95)).weight > urgency(judgement(hardly, score=0.6)).weight


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
