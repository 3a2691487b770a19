"""Work in a process of its own: whoever waits for it learns how it ended."""

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from folkmoot.config import aside as asides
from folkmoot.config.aside import aside


class Connections:
    """Stand in for the tests' own connections, which stay open."""

    def close_all(self) -> None:
        """Do nothing."""


@pytest.mark.parametrize(
    ("work", "status"),
    [
        (lambda: None, 0),
        (partial(sys.exit, 3), 3),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), -signal.SIGKILL),
    ],
    ids=["done", "refused", "killed"],
)
def test_it_tells_how_it_ended(work: Callable[[], None], status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asides, "connections", Connections())
    assert aside(work) == status


def test_what_it_does_is_done_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asides, "connections", Connections())
    where = tmp_path / "where"
    assert aside(lambda: where.write_text(str(os.getpid())) and None) == 0
    assert int(where.read_text()) != os.getpid()
