"""A short training, to see that it works: from some pairs the light model learns what it is asked about others."""

import pytest

from bench.of_triage.measures import auc
from training.linear import features_of, learn
from training.sets import contrast

PAIRS = 600


@pytest.mark.slow
def test_from_some_of_our_pairs_the_light_model_learns_to_tell_attack_from_criticism() -> None:
    rows = list(contrast())
    train = [row for row in rows if row.split == "train"]
    # two of a pair stand beside each other
    some = [row for at in range(0, len(train), len(train) // PAIRS // 2 * 2) for row in train[at : at + 2]][: 2 * PAIRS]
    test = [row for row in rows if row.split == "test"]
    seen = features_of([*some, *test])
    weights, _ = learn("flag", [*some, *test], seen)
    assert auc([row.labels["flag"] for row in test], (seen[len(some) :] @ weights).tolist()) > 0.8
