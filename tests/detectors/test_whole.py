"""Models that lie there otherwise than they were made are noticed without loading any."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from folkmoot.detectors.whole import damaged, damaged_in

GOOD = hashlib.sha256(b"weights").hexdigest()


def test_those_that_come_with_folkmoot_are_whole() -> None:
    assert damaged() == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"sha256": GOOD}, []),
        ({"sha256": {"light.npz": GOOD}}, []),
        ({"sha256": {"light.npz": GOOD, "large.onnx": GOOD}}, ["large.onnx"]),
        ({"sha256": "0" * 64}, ["light.npz"]),
        ({}, ["light.json"]),
        (["sha256"], ["light.json"]),
    ],
)
def test_what_is_missing_or_changed_is_named(said: Any, found: list[str], tmp_path: Path) -> None:
    (tmp_path / "light.npz").write_bytes(b"weights")
    (tmp_path / "light.json").write_text(json.dumps(said))
    assert damaged_in(tmp_path) == found


def test_a_change_is_noticed_later_too_and_so_is_an_empty_folder(tmp_path: Path) -> None:
    assert damaged_in(tmp_path) == [tmp_path.name]
    (tmp_path / "light.npz").write_bytes(b"weights")
    (tmp_path / "light.json").write_text(json.dumps({"sha256": GOOD}))
    assert damaged_in(tmp_path) == []
    (tmp_path / "light.npz").write_bytes(b"weight")
    assert damaged_in(tmp_path) == ["light.npz"]
