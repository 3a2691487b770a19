"""Where a long text is read closely."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.detectors.windows import MOST, WORDS, chosen, windows


@given(st.integers(0, 5000))
def test_windows_hold_every_word_and_none_is_longer_than_the_model_reads(many: int) -> None:
    found = windows(many)
    assert {at for one in found for at in range(one.first, one.last)} == set(range(many))
    assert all(one.last - one.first <= WORDS for one in found)


def test_what_draws_the_eye_is_read_wherever_it_stands() -> None:
    suspicion = np.zeros(100_000, np.float32)
    suspicion[99_990] = 3.0
    suspicion[:50_000] = -1.0  # harmless words do not make up for it
    found = chosen(windows(100_000), suspicion)
    assert len(found) == MOST
    assert found[-1].last == 100_000
    assert found == sorted(found, key=lambda one: one.first)
