"""Whatever dies is started again, never in a rush, and all end together."""

import os
import signal
import sys
import time
from collections.abc import Iterator

import pytest

from folkmoot.cli import keeper as keeping
from folkmoot.cli.keeper import Keeper, Kept
from tests.servers import alive, wait_until

pytestmark = pytest.mark.slow

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
]
DYING = [sys.executable, "-c", "raise SystemExit(3)"]


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def keeper(told: list[str]) -> Iterator[Keeper]:
    made = Keeper(os.environ, tell=told.append)
    yield made
    made.end()


def test_the_killed_is_started_again_at_once(keeper: Keeper, told: list[str]) -> None:
    kept = keeper.add("web", SLEEPER)
    first = number(kept)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: not alive(first), "its end")
    keeper.look_after()
    assert number(kept) != first
    assert told == ["The web process ended unexpectedly (killed by SIGKILL). It is started again now."]


def test_who_keeps_dying_is_started_at_growing_intervals(keeper: Keeper, told: list[str]) -> None:
    kept = keeper.add("worker", DYING)
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline:
        keeper.look_after()
        time.sleep(0.01)
    assert 3 <= kept.deaths <= 5  # at once, after 0.5, after 1, after 2 seconds
    assert "status 3" in told[0]
    assert "again in 0.5 seconds" in told[1]


def test_one_that_died_after_a_settled_life_starts_counting_afresh(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SETTLED", 0.0)
    kept = keeper.add("worker", DYING)
    for _ in range(3):
        assert kept.process is not None
        kept.process.wait()
        keeper.look_after()
    assert kept.deaths == 1


def test_end_waits_for_nobody_for_ever(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "GRACE", 0.5)
    stubborn, sleeper = number(keeper.add("stubborn", STUBBORN)), number(keeper.add("sleeper", SLEEPER))
    time.sleep(0.3)  # until it is deaf
    began = time.monotonic()
    keeper.end()
    assert time.monotonic() - began < 5
    assert not alive(stubborn)
    assert not alive(sleeper)


def number(kept: Kept) -> int:
    assert kept.pid is not None
    return kept.pid
