"""The worker's rounds go on while something that it needs now and then is away."""

from pathlib import Path
from typing import Any

import pytest

from folkmoot.casefile.tombstones import NAME, read_tombstones
from folkmoot.config.health.marks import WORKER
from folkmoot.steps.destroy import Adviser, destroy
from folkmoot.steps.seal import seal
from folkmoot.worker import loop
from folkmoot.worker.checkpoint import checkpoint
from tests import cast


class Rounds:
    """Asks the worker to end after a number of rounds."""

    def __init__(self, many: int) -> None:
        self.left = many

    def listen(self) -> None:
        """Hear no signals: it is the tests' process."""

    def asked(self) -> bool:
        """Say whether there were enough."""
        self.left -= 1
        return self.left < 0

    def wait(self, _seconds: float) -> None:
        """Go on at once."""


def test_while_the_disk_with_the_list_is_away_it_goes_round_and_then_writes_it(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def go_round() -> None:
        monkeypatch.setattr(loop, "Ending", lambda: Rounds(2))
        loop.run()

    for name in ("end_with_parent", "require_ready", "close_old_connections"):
        monkeypatch.setattr(loop, name, lambda: None)
    monkeypatch.setattr(loop, "checkpoint_aside", checkpoint)  # another process would not see what is not committed
    folder = settings.CHECKPOINTS = tmp_path / "kept"
    matter = cast.reported()
    seal(matter.pk, by=matter.branch.operator, at=cast.day(1))
    paper = destroy(matter.pk, adviser=Adviser.IWF, reference="R 1", by=matter.branch.operator, at=cast.day(1))
    (folder / NAME).unlink()
    folder.rmdir()
    folder.write_text("its disk is away")
    go_round()
    assert "what was destroyed is not on its list yet" in caplog.text
    folder.unlink()
    (Path(settings.DATA) / WORKER).unlink()
    go_round()
    assert (Path(settings.DATA) / WORKER).exists(), "others see by it that the worker goes round"
    assert [one.destroyed for one in read_tombstones(folder / NAME)] == [paper.hash]
