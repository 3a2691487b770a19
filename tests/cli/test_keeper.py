"""Whatever dies is started again, never in a rush, and all end together."""

import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from folkmoot.cli import keeper as keeping
from folkmoot.cli.keeper import Keeper, Kept
from tests.servers import alive, processes, wait_until

pytestmark = pytest.mark.slow

SLEEPER = partial(time.sleep, 60)
DYING = partial(sys.exit, 3)


def stubborn() -> None:
    """Hear nobody who asks it to end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(60)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def keeper(told: list[str]) -> Iterator[Keeper]:
    made = Keeper(tell=told.append)
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
        kept.process.join()
        keeper.look_after()
    assert kept.deaths == 1


def test_end_waits_for_nobody_for_ever(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "GRACE", 0.5)
    deaf, sleeper = number(keeper.add("stubborn", stubborn)), number(keeper.add("sleeper", SLEEPER))
    time.sleep(0.3)  # until it is deaf
    began = time.monotonic()
    keeper.end()
    assert time.monotonic() - began < 5
    assert not alive(deaf)
    assert not alive(sleeper)


def test_who_is_asked_to_end_while_it_is_being_started_ends(keeper: Keeper) -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: heard.append(number))
    try:
        for _ in range(20):
            kept = keeper.add("web", SLEEPER)
            os.kill(number(kept), signal.SIGTERM)
            wait_until(lambda kept=kept: kept.process.exitcode is not None, "its end", within=5)
            assert kept.process
            assert kept.process.exitcode == -signal.SIGTERM  # not noted by the keeper's own way of listening
    finally:
        signal.signal(signal.SIGTERM, before)
    assert heard == []


def test_the_children_have_names_and_nothing_that_the_keeper_holds(tmp_path: Path, told: list[str]) -> None:
    with (tmp_path / "lock").open("w") as lock, (tmp_path / "lock").open("w") as other:
        fcntl.flock(lock, fcntl.LOCK_EX)
        keeper = Keeper(tell=told.append, held=[lock])
        try:
            kept = keeper.add("web", SLEEPER)
            wait_until(lambda: (kept.pid, "folkmoot-web") in [(one.pid, one.name) for one in processes()], "its name")
            lock.close()  # as the system does when the keeper is killed
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        finally:
            keeper.end()


def number(kept: Kept) -> int:
    assert kept.pid is not None
    return kept.pid
