"""What would change is counted once for each post, and its sample is the same for the same seed."""

from folkmoot.detectors.comparing import SHOWN, Comparison, Side
from folkmoot.detectors.finding import Finding, Signal

CLEAN = Side(flag=False, score=0.11, lane="ordinary", signals=frozenset())
RUDE = Side(flag=True, score=0.72, lane="ordinary", signals=frozenset({"insult"}), places=((0, 4),))
THREAT = Side(flag=True, score=0.95, lane="emergency", signals=frozenset({"insult", "threat"}), places=((5, 9),))


def test_what_comes_and_what_goes_is_counted_for_flag_signal_and_lane() -> None:
    compared = Comparison()
    for number, (before, after) in enumerate([(CLEAN, RUDE), (RUDE, CLEAN), (RUDE, THREAT), (RUDE, RUDE)], start=1):
        compared.take(number, before, after)
    said = compared.as_json()
    assert said["flagged"] == {"before": 3, "after": 3, "newly": 1, "no_longer": 1}
    assert said["signals"]["insult"] == {"before": 3, "after": 3, "newly": 1, "no_longer": 1}
    assert said["signals"]["threat"] == {"before": 0, "after": 1, "newly": 1, "no_longer": 0}
    assert said["lanes"] == [{"before": "ordinary", "after": "emergency", "posts": 1}]
    assert said["changed"] == 3
    assert {"before": 1, "after": 7, "posts": 1} in said["moves"]
    assert sum(one["posts"] for one in said["moves"]) == said["compared"] == 4
    shown = {kind: [one["post"] for one in found] for kind, found in said["samples"].items()}
    assert shown == {"newly_flagged": [1], "no_longer_flagged": [2], "other_lane": [3], "other_signals": []}
    assert said["samples"]["no_longer_flagged"][0]["places"] == [[0, 4]]  # what had been noticed


def test_posts_of_which_nothing_was_kept_are_only_counted() -> None:
    compared = Comparison()
    compared.take(1, None, RUDE, decided="protected")
    compared.take(2, RUDE, CLEAN, decided="removed", wrong=["insult"])
    said = compared.as_json()
    assert (said["posts"], said["compared"], said["new"]) == (2, 1, {"posts": 1, "flagged": 1})
    assert said["decided"] == {
        "protected": {"posts": 1, "compared": 0, "before": 0, "after": 1},
        "removed": {"posts": 1, "compared": 1, "before": 1, "after": 0},
    }
    assert said["called_wrong"] == {"insult": {"marks": 1, "again": 0}}


def test_the_same_seed_gives_the_same_examples_and_never_more_than_are_read() -> None:
    def sample(seed: int) -> list[int]:
        compared = Comparison(seed=seed)
        for number in range(1, 500):
            compared.take(number, CLEAN, RUDE)
        return [one["post"] for one in compared.as_json()["samples"]["newly_flagged"]]

    assert len(set(sample(1))) == SHOWN
    assert sample(1) == sample(1)
    assert sample(1) != sample(2)
    assert max(sample(1)) > 2 * SHOWN


def test_a_side_has_what_is_clear_and_no_mere_advice() -> None:
    found = [
        Finding(Signal.THREAT, "Sc", 0.8, 0, 4, ""),
        Finding(Signal.INSULT, "R2", 0.3, 5, 9, ""),
        Finding(Signal.PROFANITY, "R6", 0.9, 5, 9, "", advice=True),
    ]
    side = Side.of(found, flag=True, score=0.8, lane="emergency")
    assert (side.signals, side.places) == (frozenset({"threat"}), ((0, 4),))
