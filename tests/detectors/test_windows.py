"""Where a long text is read closely."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.detectors.transformer import our_transformer
from folkmoot.detectors.windows import MOST, WORDS, chosen, windows


@given(st.lists(st.sampled_from(["a", "bins", "council", "w" * 60, "łódź", "好" * 30]), max_size=700))
def test_windows_hold_every_word_and_none_is_longer_than_the_model_reads(words: list[str]) -> None:
    found = windows(words)
    assert {at for one in found for at in range(one.first, one.last)} == set(range(len(words)))
    assert all(one.last - one.first <= WORDS for one in found)
    assert all(first.first < second.first < second.last > first.last for first, second in pairwise(found))


def test_no_window_of_long_words_is_cut_by_the_transformer() -> None:
    words = ["antidisestablishmentarianism"] * 55 + ["stab", "you,", "Sam."]
    said = [" ".join(words[one.first : one.last]) for one in windows(words)]
    encoded = our_transformer().tokenizer.encode_batch(said)
    assert not [one for one in encoded if one.overflowing]


def test_what_draws_the_eye_is_read_wherever_it_stands() -> None:
    suspicion = np.zeros(100_000, np.float32)
    suspicion[99_990] = 3.0
    suspicion[:50_000] = -1.0  # harmless words do not make up for it
    found = chosen(windows(["bins"] * 100_000), suspicion)
    assert len(found) == MOST
    assert found[-1].last == 100_000
    assert found == sorted(found, key=lambda one: one.first)
