"""Whoever asks starts the models' process where there is none, and there is one, whatever happens to it."""

import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from folkmoot.detectors.judging import our_judge
from folkmoot.detectors.served.client import NoAnswer, about, ask
from folkmoot.detectors.served.last import last_start
from tests.detectors.served.running import PATIENCE, end_all, files_of, processes, wait_until

FAIR = "You are wrong about the bins, and the whole street knows it."


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "model.sock"
    end_all(tmp_path / "model.sock")


def asked(path: Path, *texts: str) -> list[str]:
    found = ask(texts, socket=path, draft=True, patience=PATIENCE)
    return [one.model for one in found]


def test_the_process_is_started_by_whoever_asks_first_and_says_what_the_models_say(path: Path) -> None:
    assert about(path) is None
    [said] = ask([FAIR], socket=path, draft=True, explain=True, patience=PATIENCE)
    assert said == our_judge().judge(FAIR, explain=True)
    assert about(path) == {"model": said.model, "without": []}
    assert (path.stat().st_mode & 0o777, path.with_suffix(".lock").stat().st_mode & 0o777) == (0o600, 0o600)


def test_twenty_who_ask_at_once_start_one(path: Path) -> None:
    gate = threading.Barrier(20)

    def one(_: int) -> int:
        gate.wait()
        return len(asked(path, FAIR))

    with ThreadPoolExecutor(20) as crowd:
        assert list(crowd.map(one, range(20))) == [1] * 20
    assert len(processes(path)) == 1


def test_a_process_that_was_killed_is_replaced_with_the_next_question(path: Path) -> None:
    asked(path, FAIR)
    [first] = processes(path)
    os.kill(first, signal.SIGKILL)
    assert len(asked(path, FAIR)) == 1
    [second] = processes(path)
    assert second != first


def test_a_path_that_is_too_long_for_a_socket_is_reached_all_the_same(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 40) / ("longer" * 20)
    folder.mkdir(parents=True)
    path = folder / "model.sock"
    try:
        assert len(asked(path, FAIR)) == 1
        assert path.is_socket()
    finally:
        end_all(path)


def test_texts_of_any_kind_come_back_as_the_models_judge_them(path: Path) -> None:
    texts = [
        "",
        "\0\x1b",
        "half a pair \ud800 here",
        "Привіт, سلام, 你好, नमस्ते 👩‍👩‍👧",
        "a\r\nb\u2028c",
    ]
    assert ask(texts, socket=path, draft=False, patience=PATIENCE) == our_judge().judge_many(texts)
    long = "\0" * 1_000_000  # six bytes each on their way
    [said] = ask([long], socket=path, draft=True, patience=PATIENCE)
    assert all(one.end <= len(long) for one in said.findings)
    many = [f"{FAIR} {number}" for number in range(200)]
    found = ask(many, socket=path, draft=False, patience=PATIENCE)
    assert [one.score for one in found] == [one.score for one in our_judge().judge_many(many)]


def test_what_cannot_be_asked_is_said_in_a_sentence(path: Path, tmp_path: Path) -> None:
    with pytest.raises(NoAnswer, match="more than 2,000,000 characters"):
        asked(path, "x" * 2_000_001)
    with pytest.raises(NoAnswer, match="Try again in a moment"):
        ask([FAIR], socket=path, draft=True, patience=0.02)
    with pytest.raises(NoAnswer, match="cannot be started"):
        asked(tmp_path / "no such folder" / "model.sock", FAIR)
    assert len(asked(path, FAIR)) == 1  # the one whose start nobody waited for is that which answers now
    assert len(processes(path)) == 1


def test_a_process_that_cannot_start_says_why_and_is_not_started_again_at_once(
    path: Path,
) -> None:
    path.mkdir()  # nothing can listen where a folder is
    (path / "file").touch()
    for _ in range(2):
        with pytest.raises(NoAnswer, match="cannot be started"):
            asked(path, FAIR)
    start = last_start(path)
    assert start
    assert start.failed.startswith("IsADirectoryError")


def test_the_process_knows_no_secret_of_whoever_started_it_and_has_none_of_its_files(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_URL", "smtp://name:secret@mail.example.org")
    with (path.parent / "kept open").open("w") as kept:
        os.set_inheritable(kept.fileno(), True)  # noqa: FBT003
        asked(path, FAIR)
        [number] = processes(path)
        held = files_of(number)
        assert kept.name not in held
    assert not any(str(path.with_suffix(".lock")) in name for name in held)
    assert b"secret" not in Path(f"/proc/{number}/environ").read_bytes()
    assert os.getsid(number) == number
    assert resource.prlimit(number, resource.RLIMIT_CORE) == (1, 1)  # no picture of its memory, for no collector either


def test_whoever_asks_loads_no_model() -> None:
    code = "import sys, folkmoot.detectors.served.client; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": os.pathsep.join(sys.path)}).returncode == 0


def test_one_that_has_ended_leaves_no_trace_among_the_processes(path: Path) -> None:
    asked(path, FAIR)
    [first] = processes(path)
    path.unlink()
    wait_until(lambda: os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None)
    asked(path, FAIR)
    assert not Path(f"/proc/{first}").exists()
