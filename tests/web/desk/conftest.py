"""The desk's tests happen on the second day of the story."""

import pytest

from tests.cast import Branch, branch, day
from tests.web.browsers import move_clock


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(1))


@pytest.fixture
def people(db: None) -> Branch:
    return branch()
