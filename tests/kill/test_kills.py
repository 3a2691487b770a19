"""Kills of web and worker while people report and decide: nothing acknowledged is lost, nothing is half done.

Half of them hit the worker between the mail server's taking of a letter and our writing that down. Twenty kills are in
`./test`; `./test soak` makes ten rounds of them, two hundred, and goes on where it was stopped (`tests/rounds.py`).
"""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from folkmoot.config.places import key
from folkmoot.kernel.tokens import keyed_hash
from tests.kill.clients import Decider, Reporter, Told
from tests.kill.record import Record
from tests.kill.relay import DeadlyMailbox
from tests.rounds import Rounds
from tests.servers import Server, wait_until

pytestmark = pytest.mark.kill

AT_THE_LETTER = "worker with a letter"
KILLS = {AT_THE_LETTER: 10, "web worker": 5, "worker": 3, "web": 2}  # a web server takes longest to come back
ROUND = sum(KILLS.values())
ROUNDS = 10
SEED = 20261121
REPORTERS = 2
MANY = "100000000"


@pytest.fixture
def mailbox() -> Iterator[DeadlyMailbox]:
    with opened() as found:
        yield found


def test_twenty_kills_lose_nothing_and_repeat_a_letter_only_under_its_message_id(
    tmp_path: Path, mailbox: DeadlyMailbox
) -> None:
    found = one_round(tmp_path, mailbox, random.Random(SEED))
    assert (found["kills"], found["at_the_letter"]) == (ROUND, ROUND // 2)
    assert found["repeats"] >= found["unheard"] > 0, found


@pytest.mark.soak
def test_two_hundred_kills_lose_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    rounds = Rounds("kills", wanted=ROUNDS)
    for number in rounds.left:
        with opened() as mailbox:
            rounds.add(**one_round(tmp_path_factory.mktemp("kills"), mailbox, random.Random(SEED + 1 + number)))
    assert rounds.total("kills") == 200
    assert rounds.total("at_the_letter") == 100
    assert rounds.total("repeats") >= rounds.total("unheard") > 0
    print(f"Of {len(rounds.done)} rounds: { ({what: rounds.total(what) for what in rounds.done[0]}) }")
    rounds.forget()


def one_round(folder: Path, mailbox: DeadlyMailbox, chance: random.Random) -> dict[str, int]:
    """Kill twenty times while a server is busy, and look at all that it leaves; return what was counted.

    The server refuses nobody for being too many.
    """
    limits = {"FOLKMOOT_REPORTS_PER_HOUR": MANY, "FOLKMOOT_LOOKUPS_PER_HOUR": MANY, "FOLKMOOT_UNDO_SECONDS": "0"}
    server = Server(folder, MAIL_URL=mailbox.url, **limits)
    try:
        mailbox.server = server.start()
        told, org = kill_while_busy(server, mailbox, chance)
        # The leases of letters that were being sent by a killed worker end: all of them leave now.
        server.restart(FOLKMOOT_CLOCK_SHIFT="600")
        opens_every_tenth(server, org, told)
        wait_until(lambda: Record(folder / "data").letters_waiting() == 0, "the last letter", within=90)
    finally:
        server.stop()

    record = Record(folder / "data")
    verified = server.folkmoot("audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert record.is_whole()
    assert told.refused == Counter()
    assert len(told.receipts) > 20
    assert len(told.decided) > 5
    no_report_is_lost(record, told)
    no_decision_is_half(record, told)
    return {
        "kills": ROUND,
        "at_the_letter": len(mailbox.killed_at),
        "unheard": len(mailbox.unheard),
        "receipts": len(told.receipts),
        "decisions": len(told.decided),
        "letters": len(record.letters()),
        "repeats": every_letter_arrived(record, mailbox),
    }


def kill_while_busy(server: Server, mailbox: DeadlyMailbox, chance: random.Random) -> tuple[Told, str]:
    """Let people report and decide while processes are killed; return what they were told, and where."""
    told, stop = Told(), threading.Event()
    decider = Decider(server, told, stop)
    decider.come_in()
    everybody = [decider, *(Reporter(server, told, stop, org=decider.org, every=0.08) for _ in range(REPORTERS))]
    for client in everybody:
        client.start()
    try:
        kill_at_random(server, mailbox, chance)
    finally:
        stop.set()
        for client in everybody:
            client.join(30)
    assert not any(client.is_alive() for client in everybody)
    return told, decider.org


@contextmanager
def opened() -> Iterator[DeadlyMailbox]:
    """Open a mail server that kills when it is asked to."""
    found = DeadlyMailbox()
    found.open()
    try:
        yield found
    finally:
        found.close()


def kill_at_random(server: Server, mailbox: DeadlyMailbox, chance: random.Random) -> None:
    """Kill at random moments, in a random order, and see after each that the service is back."""
    order = [what for what, times in KILLS.items() for _ in range(times)]
    chance.shuffle(order)
    for what in order:
        time.sleep(chance.uniform(0.02, 0.5))
        if what == AT_THE_LETTER:
            mailbox.kill_after_the_next(says_so_first=chance.random() < 0.5)
            wait_until(lambda: not mailbox.is_deadly, "a letter to kill the worker at", within=60)
        else:
            wait_until(lambda what=what: strike(server, what, chance), f"a {what} to kill")
        wait_until(server.answers, f"an answer after the {what} was killed", within=60)
    wait_until(lambda: len(server.web_workers) == 2 and bool(server.worker), "everybody again", within=60)


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


def every_letter_arrived(record: Record, mailbox: DeadlyMailbox) -> int:
    """See that each letter promised has arrived, in its case's order, and return how many arrivals were repeats.

    What arrived twice is known by its Message-ID, and says the same words to the same address.
    """
    promised = record.letters()
    arrived: dict[str, Any] = {}
    for letter in mailbox.letters:
        first = arrived.setdefault(letter.message_id, letter)
        assert (letter.to, letter.subject, letter.text) == (first.to, first.subject, first.text)
    assert set(arrived) == set(promised)
    assert {id_: letter.to for id_, letter in arrived.items()} == promised
    order = {id_: place for place, id_ in enumerate(arrived)}
    for letters in record.letters_of_a_case_to_one():
        assert [order[id_] for id_ in letters] == sorted(order[id_] for id_ in letters)
    times = Counter(letter.message_id for letter in mailbox.letters)
    assert [id_ for id_ in mailbox.unheard if times[id_] < 2] == []  # our worker never heard: so it is sent again
    return len(mailbox.letters) - len(arrived)
