"""The restore drill: back up under load, destroy something, lose the machine's folder, restore, and look."""

import json
import random
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bench.of_reports.form import form_on
from folkmoot.casefile.tombstones import NAME
from tests.kill.clients import Decider, Reporter, Told
from tests.servers import Server, wait_until

pytestmark = pytest.mark.kill

MANY = "100000000"
REPORTERS = 2


def test_after_a_restore_every_acknowledged_step_is_there_and_what_was_destroyed_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere, data = tmp_path / "elsewhere", tmp_path / "data"
    limits = {"FOLKMOOT_REPORTS_PER_HOUR": MANY, "FOLKMOOT_LOOKUPS_PER_HOUR": MANY}
    server = Server(tmp_path, FOLKMOOT_CHECKPOINTS=str(elsewhere), **limits).start()
    file, keys = tmp_path / "today.backup", tmp_path / "keys.backup"
    try:
        told, stop = Told(), threading.Event()
        decider = Decider(server, told, stop)
        decider.come_in()
        reporters = [Reporter(server, told, stop, org=decider.org, every=0.05) for _ in range(REPORTERS)]
        for reporter in reporters:
            reporter.start()
        wait_until(lambda: len(told.receipts) > 20, "the first reports")
        before = dict(told.receipts)
        made = server.folkmoot("backup", str(file), "--with-keys", str(keys), "--json")
        while_it_was_made = len(told.receipts) - len(before)
        assert made.returncode == 0, made.stderr
        wait_until(lambda: len(told.receipts) > len(before) + while_it_was_made, "a report after the backup")
        stop.set()
        for reporter in reporters:
            reporter.join(30)
        stop.clear()
        assert told.refused == {}
        assert server.folkmoot("audit", "checkpoint").returncode == 0  # what the federation holds is younger
        gone = destroy_one(decider, data, before)
        assert (elsewhere / NAME).exists(), "it is on the list before anybody is told that it is destroyed"
    finally:
        server.kill()
    shutil.rmtree(data)

    began = time.monotonic()
    done = server.folkmoot("restore", str(file), "--keys", str(keys), "--reason", "the drill", "--json")
    seconds = time.monotonic() - began
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert (found["faults"], found["destroyed_again"]) == ([], 1)
    assert found["lost_steps"][decider.org] > 0, "what a checkpoint kept elsewhere knows is younger"
    verified = server.folkmoot("audit", "verify", "--checkpoint", str(elsewhere / "organisation-1.jsonl"))
    assert verified.returncode == 0, verified.stdout + verified.stderr
    words = (data / "folkmoot.sqlite3").read_bytes()
    assert before[gone].encode() not in words, "nor in a page of the file that is used no more"
    assert all(said.encode() in words for code, said in before.items() if code != gone)

    server.start()
    try:
        reporter = Reporter(server, told, threading.Event(), org=decider.org, every=0)
        for code in random.Random(1).sample(sorted(before.keys() - {gone}), 4):
            assert before[code] in reporter.reads_by_code(code)
        assert before[gone] not in reporter.reads_by_code(gone)
        sent = len(told.receipts)
        reporter.work()
        assert len(told.receipts) == sent + 1, "and people go on reporting"
    finally:
        server.stop()
    with capsys.disabled():
        print(
            f"\nRestore drill: {len(before)} reports before the backup and {while_it_was_made} while it was made "
            f"({json.loads(made.stdout)['seconds']:.2f} s); restored in {seconds:.2f} s."
        )


def destroy_one(decider: Decider, data: Path, before: dict[str, str]) -> str:
    """Seal and destroy the case of the first report, as an officer does on advice; return the code of its receipt."""
    code, words = next(iter(before.items()))
    with closing(sqlite3.connect(data / "folkmoot.sqlite3")) as rows:
        asked = "SELECT case_id FROM casefile_papertext t JOIN casefile_paper p ON p.id = paper_id WHERE text = ?"
        [[case]] = rows.execute(asked, [words])
    path = f"/o/{decider.org}/desk/cases/{case}/seal/"
    advised = {"adviser": "iwf", "reference": "Report 4711", "sure": "on"}
    for having, values in (("csrfmiddlewaretoken", {}), ("reference", advised)):
        page = decider.get(path)
        assert page is not None
        form = replace(form_on(page.text, path=path, having=having), action=path)
        answer = decider.send(form, **values)
        assert answer is not None
        assert answer.status_code == 303, answer.text
    return code
