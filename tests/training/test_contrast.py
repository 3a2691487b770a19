"""Our own sentences: those for testing are as they were committed, and nothing is learnt from them."""

import hashlib
import json

import pytest

from tests.places import PROJECT
from training import check_pairs
from training.sets import TEST, contrast

HERE = PROJECT / "training" / "contrast"


@pytest.mark.parametrize("name", ["test.jsonl", "audit.jsonl"])
def test_what_is_tested_on_was_never_changed(name: str) -> None:
    said = hashlib.sha256((HERE / name).read_bytes()).hexdigest()
    assert f"sha256 of `{name}`: `{said}`" in (HERE / "README.md").read_text(encoding="utf-8")


def test_nothing_is_learnt_from_what_is_tested_on() -> None:
    kept = {json.loads(line)["text"] for name in ("audit.jsonl", TEST.name) for line in (HERE / name).open("rb")}
    assert len(kept) == 700
    assert [row.text for row in contrast() if row.split != "test" and row.text in kept] == []


@pytest.mark.parametrize(("name", "number"), [("audit.jsonl", 7), ("test.jsonl", 3)])
def test_a_pair_that_is_nearly_a_sentence_for_testing_is_refused(name: str, number: int) -> None:
    kept = json.loads((HERE / name).read_text(encoding="utf-8").splitlines()[number]) | {"at": f"{name}:{number}"}
    mine = kept | {"id": "z001a", "pair": "z001", "at": "z.jsonl:1", "text": kept["text"] + " indeed"}
    found = list(check_pairs.faults_of_skeletons([mine], [kept | {"pair": kept["id"]}]))
    assert len(found) == 1
    assert f"z001a is nearly {name}:{number}" in found[0]
