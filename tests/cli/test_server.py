"""The server as its keeper holds it: one per data folder and port, alive again after every kill."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.cli.typed import KEYS
from tests.servers import Server, alive, free_port, wait_until, with_tables

pytestmark = pytest.mark.kill


def test_first_start_makes_the_tables_and_prints_the_address_and_a_link_that_opens(tmp_path: Path) -> None:
    server = Server(tmp_path, empty=True)
    assert not (tmp_path / "data").exists()
    server.start()
    try:
        assert f"Folkmoot is at {server.url}" in server.said
        assert server.set_up_link.startswith(server.url)
        assert server.answers()
        assert not (tmp_path / "data" / "backups").exists()  # there was nothing to back up
    finally:
        server.stop()


def test_second_start_answers_within_three_seconds(server: Server) -> None:
    server.start()
    link = server.set_up_link
    assert server.stop() == 0
    began = time.monotonic()
    server.start()
    took = time.monotonic() - began
    # Where others keep the processors busy, what counts is the work that the start takes on one of them.
    assert min(took, server.seconds_of_work) < 3, f"{took:.1f} s, of them {server.seconds_of_work:.1f} s of work"
    assert server.set_up_link == link  # links do not pile up with every start
    assert "backup" not in server.said  # there is nothing to bring up to date
    _counts_what_all_processes_did(server)


def test_a_program_that_starts_it_is_told_where_it_is(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "folkmoot.cli", "serve", "--port", str(free_port()), "--json"]
    serving = subprocess.Popen(command, env=with_tables(tmp_path / "data"), stdout=subprocess.PIPE, text=True)
    assert serving.stdout
    told = ""
    while not told.endswith("\n}\n"):
        told += serving.stdout.readline()
    serving.terminate()
    assert serving.wait(60) == 0
    found = json.loads(told)
    assert sorted(found) == KEYS["serve"]
    assert found["set_up_link"].startswith(found["address"])


def _counts_what_all_processes_did(server: Server) -> None:
    """Whichever web process is asked for the numbers, it tells of all of them."""
    for _ in range(40):
        assert server.answers()
    seen = set()
    for _ in range(6):
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/metrics", timeout=5) as answer:
            text = answer.read().decode()
        [counted] = re.findall(r'^folkmoot_request_seconds_count\{route="healthz",status="2xx"\} (\S+)', text, re.M)
        seen.add(float(counted))
    assert len(seen) == 1
    assert min(seen) >= 40
    assert "folkmoot_worker_heartbeat_age_seconds " in text
    assert len(list((server.folder / "data" / "metrics").glob("histogram_*.db"))) == 2


def test_after_each_kill_the_service_is_back_and_nobody_is_left_over(server: Server) -> None:
    server.start()
    wait_until(lambda: len(server.web_workers) == 2, "two web workers")
    for victim in (server.web_workers[0].pid, server.worker.pid, server.web.pid):
        before = [process.pid for process in server.everybody if process.parent == victim]
        os.kill(victim, signal.SIGKILL)
        wait_until(
            lambda gone=(victim, *before): not any(map(alive, gone)), "the killed and theirs to be gone", within=5
        )
        wait_until(server.answers, "an answer", within=10)
        wait_until(lambda: len(server.web_workers) == 2 and bool(server.worker), "everybody again")
    assert server.said.count("ended unexpectedly") >= 2


def test_killed_keeper_takes_everybody_along_and_the_next_start_is_clean(server: Server) -> None:
    server.start()
    everybody = [process.pid for process in server.everybody]
    assert len(everybody) >= 4
    server.kill()
    wait_until(lambda: not any(map(alive, everybody)), "everybody to be gone", within=5)
    server.start()
    assert server.answers()


def test_asked_to_end_it_ends_with_status_0_and_leaves_nobody(server: Server) -> None:
    server.start()
    everybody = [process.pid for process in server.everybody]
    assert server.stop() == 0
    assert not any(map(alive, everybody))
    with socket.socket() as line:
        line.bind(("127.0.0.1", server.port))  # the port is free again


def test_second_server_on_the_same_data_is_refused_and_told_of_the_first(server: Server) -> None:
    server.start()
    refused = server.folkmoot("serve", "--port", str(free_port()))
    assert refused.returncode == 1
    assert f"process {server.pid}, {server.url}" in refused.stderr
    assert "FOLKMOOT_DATA" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_second_server_on_the_same_port_is_refused(server: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    server.start()
    other = Server(tmp_path_factory.mktemp("other"))
    refused = other.folkmoot("serve", "--port", str(server.port))
    assert refused.returncode == 1
    assert f"Port {server.port} is in use" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_server_whose_guards_are_gone_does_not_start(server: Server) -> None:
    server.start()
    server.stop()
    with sqlite3.connect(server.folder / "data" / "folkmoot.sqlite3") as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        database.execute(f"DROP TRIGGER {names[0]}")
    database.close()
    refused = server.folkmoot("serve", "--port", str(server.port))
    assert refused.returncode == 1
    assert names[0] in refused.stderr
    verified = server.folkmoot("audit", "verify")
    assert verified.returncode == 1
    assert names[0] in verified.stderr
    assert server.folkmoot("audit", "guard").returncode == 0
    assert server.folkmoot("audit", "verify").returncode == 0
    server.start()


def test_database_of_a_newer_version_is_refused(server: Server) -> None:
    server.start()
    server.stop()
    with sqlite3.connect(server.folder / "data" / "folkmoot.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('casefile', '9999_later', '2030-01-01')"
        )
    database.close()
    refused = server.folkmoot("serve", "--port", str(server.port))
    assert refused.returncode == 1
    assert "newer version" in refused.stderr


@pytest.mark.parametrize(("proxies", "warned"), [("0", True), ("1", False)])
def test_an_https_address_without_a_known_proxy_is_warned_of(proxies: str, warned: bool, server: Server) -> None:
    server.restart(FOLKMOOT_URL="https://folkmoot.example.org", FOLKMOOT_PROXIES=proxies)
    assert ("share one limit. Set FOLKMOOT_PROXIES" in server.said) is warned


def test_data_folder_of_the_demo_is_not_served_as_real(server: Server) -> None:
    folder = server.folder / "data"
    folder.mkdir()
    (folder / "demo.txt").touch()
    refused = server.folkmoot("serve", "--port", str(server.port))
    assert refused.returncode == 1
    assert "./run demo" in refused.stderr


def test_demo_refuses_a_folder_with_real_data(server: Server) -> None:
    server.start()
    server.stop()
    refused = server.folkmoot("demo", "--no-serve")
    assert refused.returncode == 1
    assert "holds real data" in refused.stderr
