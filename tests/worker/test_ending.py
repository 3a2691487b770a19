"""Asked to end, the worker finishes the letter in hand, puts the others back, and goes with status 0."""

import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from folkmoot.outbox.models import Dispatch
from folkmoot.worker.deliver import deliver
from tests import cast
from tests.servers import Server, wait_until

LATER = cast.day(1) + timedelta(seconds=61)


def test_the_letter_in_hand_leaves_and_those_behind_it_wait_for_the_next_worker(relay):
    cast.decided()
    waiting = Dispatch.objects.filter(state=Dispatch.State.WAITING, next_at__lte=LATER).count()
    assert waiting >= 2
    asked = iter([False, True])
    assert deliver(at=LATER, server=relay.server, ending=lambda: next(asked)) == 1
    assert len(relay.taken) == 1
    assert Dispatch.objects.filter(state=Dispatch.State.SENT).count() == 1
    assert not Dispatch.objects.filter(state=Dispatch.State.SENDING).exists()
    assert not Dispatch.objects.filter(lease_until__gt=LATER, state=Dispatch.State.WAITING).exists()
    while deliver(at=LATER, server=relay.server):  # at once: nobody waits for a lease to run out
        pass
    assert len(relay.taken) == waiting


def test_asked_to_end_before_the_first_letter_it_sends_none(relay):
    cast.decided()
    assert deliver(at=LATER, server=relay.server, ending=lambda: True) == 0
    assert relay.taken == []


@pytest.mark.kill
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells which signals a process hears")
def test_a_worker_that_is_asked_to_end_does_so_with_status_0(server: Server) -> None:
    server.start()
    first = server.worker.pid
    wait_until(lambda: hears(first, signal.SIGTERM), "the worker to listen")
    os.kill(first, signal.SIGTERM)
    wait_until(lambda: "The worker process ended unexpectedly (status 0)" in server.said, "the keeper's word")
    wait_until(lambda: server.worker.pid != first, "another worker")


def hears(process: int, number: signal.Signals) -> bool:
    """Say whether a process has a handler of its own for a signal."""
    status = Path(f"/proc/{process}/status").read_text()
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (number - 1) & 1)
