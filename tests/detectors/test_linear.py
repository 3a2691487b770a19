"""The light model: the same numbers for the same words, scores that are probabilities, and words that move them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.detectors.features import BITS, features
from folkmoot.detectors.linear import Linear
from folkmoot.detectors.reading import Text


@pytest.fixture(scope="module")
def model() -> Linear:
    chance = np.random.default_rng(7)
    weights = chance.integers(-20, 20, (2, 2**BITS), dtype=np.int8)
    ones = np.ones(2, np.float32)
    return Linear(("flag", "hate"), weights, ones / 100, ones, ones * 0)


@given(st.lists(st.text(min_size=1, max_size=12), max_size=40))
@settings(deadline=None)
def test_features_are_in_bounds_each_once_and_in_order(words: list[str]) -> None:
    found = features(words)
    assert found.size == 0 if not words else (0 <= found[0] and found[-1] < 2**BITS)
    assert (np.diff(found) > 0).all()
    assert (features(list(words)) == found).all()


def test_features_are_these_numbers_on_every_machine() -> None:
    assert features(["bins"]).tolist() == [
        27342, 51756, 60111, 79624, 88074, 99845, 108603, 166144, 211868, 226959,
    ]  # fmt: skip


def test_a_text_has_a_score_for_each_head_from_nothing_to_one(model: Linear) -> None:
    for text in ("", "The bins were late again", "🔪", "a" * 10_000):
        logits = model.logits([word.text for word in Text(text).tokens])
        scores = dict(zip(model.heads, 1 / (1 + np.exp(-logits)), strict=True))
        assert set(scores) == {"flag", "hate"}
        assert all(0 <= score <= 1 for score in scores.values())


def test_a_word_that_weighs_much_is_the_one_that_moved_the_score(model: Linear) -> None:
    words = ["nobody", "took", "the", "zzzinsult", "away"]
    heavy = model.weights.copy()
    only = np.setdiff1d(features(words), features([word for word in words if word != "zzzinsult"]))
    heavy[0, only] = 120
    moved = Linear(model.heads, heavy, model.scales, model.slopes, model.offsets).along(words, "flag")
    assert int(moved.argmax()) in (words.index("zzzinsult"), words.index("zzzinsult") - 1)  # or where a pair begins


def test_emoji_are_read_where_they_stand() -> None:
    text = Text("I would 🔪 them all 🐍 today")
    assert [word.text for word in text.tokens] == ["i", "would", "🔪", "them", "all", "🐍", "today"]
    assert [text.raw[slice(*text.span(word.start, word.end))] for word in text.tokens][2] == "🔪"
