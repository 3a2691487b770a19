"""Signals and their strength have plain names."""

import pytest

from folkmoot.detectors.finding import Signal
from folkmoot.detectors.signal_words import SIGNALS, signal_said, strength_said


def test_every_signal_has_a_name_of_its_own() -> None:
    assert set(SIGNALS) == set(Signal)
    assert len({signal_said(one) for one in Signal}) == len(Signal)
    assert signal_said("an_older_one") == "an older one"


@pytest.mark.parametrize(
    ("score", "word"), [(0.0, "weak"), (0.6, "clear"), (0.84, "clear"), (0.85, "strong"), (1, "strong")]
)
def test_strength_is_one_of_three_words(score: float, word: str) -> None:
    assert strength_said(score) == word
