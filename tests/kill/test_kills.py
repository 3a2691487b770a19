"""Fifty kills of web and worker while people report and decide: nothing acknowledged is lost, nothing is half done."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from folkmoot.config.places import key
from folkmoot.kernel.tokens import keyed_hash
from tests.journeys.mailbox import Mailbox
from tests.kill.clients import Decider, Reporter, Told
from tests.kill.record import Record
from tests.servers import Server, wait_until

pytestmark = pytest.mark.kill

KILLS = {"web worker": 27, "worker": 15, "web": 8}  # fifty; a web server takes longest to come back
SEED = 20261121
REPORTERS = 2
MANY = "100000000"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    opened = Mailbox().open()
    yield opened
    opened.close()


@pytest.fixture
def busy_server(tmp_path: Path, mailbox: Mailbox) -> Iterator[Server]:
    """Return a started server that refuses nobody for being too many."""
    limits = {"FOLKMOOT_REPORTS_PER_HOUR": MANY, "FOLKMOOT_LOOKUPS_PER_HOUR": MANY, "FOLKMOOT_UNDO_SECONDS": "0"}
    made = Server(tmp_path, MAIL_URL=mailbox.url, **limits).start()
    yield made
    made.stop()


def test_fifty_kills_lose_no_report_and_leave_no_half_decision(busy_server: Server, mailbox: Mailbox) -> None:
    told, stop = Told(), threading.Event()
    decider = Decider(busy_server, told, stop)
    decider.come_in()
    everybody = [decider, *(Reporter(busy_server, told, stop, org=decider.org, every=0.08) for _ in range(REPORTERS))]
    for client in everybody:
        client.start()
    try:
        kill_at_random(busy_server, random.Random(SEED))
    finally:
        stop.set()
        for client in everybody:
            client.join(30)
    assert not any(client.is_alive() for client in everybody)

    # The leases of letters that were being sent by a killed worker end: all of them leave now.
    busy_server.restart(FOLKMOOT_CLOCK_SHIFT="600")
    opens_every_tenth(busy_server, decider.org, told)
    wait_until(lambda: Record(busy_server.folder / "data").letters_waiting() == 0, "the last letter", within=60)
    busy_server.stop()

    record = Record(busy_server.folder / "data")
    verified = busy_server.folkmoot("audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert record.is_whole()
    assert told.refused == Counter()
    assert len(told.receipts) > 50
    assert len(told.decided) > 10
    no_report_is_lost(record, told)
    no_decision_is_half(record, told)
    every_letter_arrived(record, mailbox)


def kill_at_random(server: Server, chance: random.Random) -> None:
    """Kill at random moments, in a random order, and see after each that the service is back."""
    order = [what for what, times in KILLS.items() for _ in range(times)]
    chance.shuffle(order)
    for what in order:
        time.sleep(chance.uniform(0.02, 0.5))
        wait_until(lambda what=what: strike(server, what, chance), f"a {what} to kill")
        wait_until(server.answers, f"an answer after the {what} was killed", within=30)
    wait_until(lambda: len(server.web_workers) == 2 and bool(server.worker), "everybody again", within=30)


def strike(server: Server, what: str, chance: random.Random) -> bool:
    """Kill one process of that kind outright; say whether there was one."""
    match what:
        case "worker":
            found = [server.worker]
        case "web":
            found = [server.web]
        case _:
            found = server.web_workers
    if not found:
        return False
    try:
        os.kill(chance.choice(found).pid, signal.SIGKILL)
    except ProcessLookupError:  # it has just ended by itself: granian ends when its workers keep dying
        return False
    return True


def opens_every_tenth(server: Server, org: str, told: Told) -> None:
    """Open every tenth report by its code, as its reporter would."""
    reader = Reporter(server, told, threading.Event(), org=org, every=0)
    for code, words in list(told.receipts.items())[::10]:
        assert words in reader.reads_by_code(code)


def no_report_is_lost(record: Record, told: Told) -> None:
    """Compare the codes that were shown with the database: each is there once, with the words that were sent."""
    secret = key(record.folder, "letters")
    reported = record.reports()
    lost = [code for code in told.receipts if keyed_hash(secret, "receipt", code) not in reported]
    assert lost == []
    assert {code: reported[keyed_hash(secret, "receipt", code)] for code in told.receipts} == told.receipts
    assert max(Counter(reported.values()).values()) == 1  # sent twice after a kill, kept once


def no_decision_is_half(record: Record, told: Told) -> None:
    """See that whatever a decision consists of is there for the same cases, once each."""
    decided = record.cases_decided()
    assert told.decided <= set(decided)
    for part, cases in record.parts_of_decisions().items():
        assert sorted(cases) == sorted(decided), part


def every_letter_arrived(record: Record, mailbox: Mailbox) -> None:
    """See that each letter promised has arrived, and that one which arrived twice is known by its Message-ID."""
    promised = record.letters()
    arrived: dict[str, Any] = {letter.message_id: letter for letter in mailbox.letters}
    assert set(arrived) == set(promised)
    assert {id_: letter.to for id_, letter in arrived.items()} == promised
