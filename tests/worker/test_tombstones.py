"""What was erased is named beside the database, durably and once, without a word of what it was (DP11, DP20)."""

import json
from pathlib import Path

import pytest

from folkmoot.casefile.models import Redaction
from folkmoot.steps.destroy import Adviser, destroy
from folkmoot.steps.seal import seal
from folkmoot.worker.tombstones import NAME, keep_tombstones
from tests import cast


@pytest.fixture
def destroyed(db: None) -> cast.Matter:
    matter = cast.reported()
    seal(matter.pk, by=matter.branch.operator, at=cast.day(1))
    destroy(matter.pk, adviser=Adviser.IWF, reference="R 1", by=matter.branch.operator, at=cast.day(1))
    return matter


def listed(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / NAME).read_text().splitlines() if line.endswith("}")]


def test_each_erasure_is_on_the_list_once_and_nothing_of_what_it_was(destroyed: cast.Matter, tmp_path: Path) -> None:
    assert keep_tombstones(tmp_path) == Redaction.objects.count()
    assert keep_tombstones(tmp_path) == 0
    assert [line["number"] for line in listed(tmp_path)] == list(
        Redaction.objects.order_by("pk").values_list("pk", flat=True)
    )
    assert {line.get("case") for line in listed(tmp_path)} == {destroyed.case.uid}
    assert cast.PASSAGE not in (tmp_path / NAME).read_text()


def test_a_line_that_was_cut_short_is_written_again(destroyed: cast.Matter, tmp_path: Path) -> None:
    keep_tombstones(tmp_path)
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes()[:-20])
    assert keep_tombstones(tmp_path) == 1
    assert {line["number"] for line in listed(tmp_path)} == set(Redaction.objects.values_list("pk", flat=True))
