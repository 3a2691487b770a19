"""The models that come with Folkmoot, held against floors on sentences that nothing was learnt from or chosen by.

Figures of all sets, and of others beside them: `bench/triage`, docs/triage.md. These floors lie a little below what was
measured, so that a worse artefact is noticed; they are no promises.
"""

from functools import cache

import pytest

from bench.of_triage.fairness import kinds
from bench.of_triage.measures import auc, counts, recall_within
from bench.of_triage.quality import ALLOWED
from bench.of_triage.texts import audit, ours
from folkmoot.detectors.judging import Judgement, our_judge

OURS, AUDIT = ours(), audit()
TRUTH = [one.labels["flag"] for one in OURS]
# what must not be less
AUC, HATE_AUC, FOUND_WITHIN, FOUND, THREATS = 0.97, 0.98, 0.88, 0.86, 0.86
# what must not be more: forceful criticism among our 400 sentences, in the audit, and statements of identity
FORCEFUL, CRITICISM, IDENTITY = 0.045, 0.03, 0.035


@cache
def judged() -> list[Judgement]:
    return our_judge().judge_many([one.text for one in OURS])


@cache
def flagged_in_audit() -> list[bool]:
    return [one.flag for one in our_judge().judge_many([one.text for one in AUDIT])]


def test_attacks_are_told_from_criticism() -> None:
    scores = [one.score for one in judged()]
    assert auc(TRUTH, scores) >= AUC
    assert recall_within(TRUTH, scores, ALLOWED) >= FOUND_WITHIN
    assert counts(TRUTH, [one.flag for one in judged()]).recall >= FOUND


def test_hate_is_told_from_all_else() -> None:
    assert auc([one.labels["hate"] for one in OURS], [one.hate_score for one in judged()]) >= HATE_AUC


def test_threats_are_found() -> None:
    mine = [at for at, one in enumerate(OURS) if one.labels["threat"]]
    assert sum(judged()[at].flag for at in mine) / len(mine) >= THREATS


def test_forceful_criticism_is_left_alone() -> None:
    mine = [at for at, one in enumerate(OURS) if one.is_forceful_criticism]
    assert sum(judged()[at].flag for at in mine) / len(mine) <= FORCEFUL


@pytest.mark.parametrize(("kind", "most"), [("all criticism", CRITICISM), ("who I am, all", IDENTITY)])
def test_the_audit_is_left_alone(kind: str, most: float) -> None:
    mine = kinds(AUDIT)[kind]
    assert sum(flagged_in_audit()[at] for at in mine) / len(mine) <= most
