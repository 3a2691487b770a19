"""The models' process: whose turn it is, when it goes, and that nothing it is sent harms it or is left anywhere."""

import os
import random
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from folkmoot.detectors.judgement import Judgement
from folkmoot.detectors.judging import our_judge
from folkmoot.detectors.served import protocol, server, starting
from folkmoot.detectors.served.client import NoAnswer, about, ask
from folkmoot.detectors.served.turns import AT_A_TIME, CHARACTERS, parts
from tests.detectors.served.running import PATIENCE, end_all, line_to, process, thread, wait_until

SECRET = "xyzzy-not-to-be-seen"


class Watched:
    """A judge that says which texts it was given, in their order, and waits at the first until it is told to go on."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.begun, self.go_on = threading.Event(), threading.Event()

    def judge_many(self, texts: Sequence[str], *, explain: bool = False) -> list[Judgement]:
        self.seen += texts
        self.begun.set()
        assert self.go_on.wait(PATIENCE)
        if "fault" in texts:
            raise ValueError(SECRET)
        return our_judge().judge_many(["a"] * len(texts))


@contextmanager
def asking(path: Path, texts: list[str], *, draft: bool) -> Iterator[list[int]]:
    """Ask from a thread of its own; the list has how many answers came, once the block ends."""
    came: list[int] = []
    body = threading.Thread(target=lambda: came.append(len(ask(texts, socket=path, draft=draft, patience=PATIENCE))))
    body.start()
    yield came
    body.join()


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "model.sock"
    end_all(tmp_path / "model.sock")


def fair(path: Path) -> int:
    return len(ask(["You are wrong about the bins."], socket=path, draft=True, patience=PATIENCE))


def test_a_draft_gets_its_turn_after_eight_texts_of_a_batch(path: Path) -> None:
    judge = Watched()
    batch = [f"batch {number}" for number in range(64)]
    with thread(path, judge) as turns, asking(path, batch, draft=False) as many:
        assert judge.begun.wait(PATIENCE)
        wait_until(lambda: turns.waiting() == 7)
        with asking(path, ["draft"], draft=True) as one:
            wait_until(lambda: turns.waiting() == 8)
            judge.go_on.set()
    assert (judge.seen.index("draft"), many, one) == (AT_A_TIME, [64], [1])


def test_a_batch_is_cut_by_length_as_well() -> None:
    half = "x" * (CHARACTERS // 2)
    assert [len(part) for part in parts(["a"] * 20)] == [8, 8, 4]
    assert [len(part) for part in parts([half, half, half, half * 9, "a"])] == [2, 1, 1, 1]
    assert list(parts([])) == []


def test_what_nobody_waits_for_any_more_is_not_judged(path: Path) -> None:
    judge = Watched()
    with thread(path, judge):
        with pytest.raises(NoAnswer, match="in time"):
            ask(["left"] * 64, socket=path, draft=False, patience=0.1)
        judge.go_on.set()
        assert fair(path) == 1
    assert judge.seen.count("left") == AT_A_TIME


def test_a_text_that_the_models_trip_over_ends_nothing(path: Path) -> None:
    judge = Watched()
    judge.go_on.set()
    with thread(path, judge):
        with pytest.raises(NoAnswer, match="could not read this text") as told:
            ask(["fault"], socket=path, draft=True, patience=PATIENCE)
        assert SECRET not in str(told.value)
        assert fair(path) == 1


def test_who_is_slow_is_let_go_and_keeps_nobody_waiting(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "READING", 0.2)
    monkeypatch.setattr(server, "LINES", 4)
    with thread(path, our_judge()):
        slow = [line_to(path) for _ in range(6)]
        for line in slow:
            line.sendall(b"\0\0")
        assert fair(path) == 1
        assert slow[0].recv(10) == b""
        for line in slow:
            line.close()


def test_too_much_at_once_is_put_off_and_answered_later(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "BATCHES", 1)
    judge = Watched()
    with thread(path, judge), asking(path, ["first"], draft=False) as first:
        assert judge.begun.wait(PATIENCE)
        with asking(path, ["second"], draft=False) as second:
            with pytest.raises(NoAnswer, match="in time"):
                ask(["third"], socket=path, draft=False, patience=0.2)
            monkeypatch.setattr(server, "MOST_WAITING", 10)
            with pytest.raises(NoAnswer, match="in time"):
                ask(["a draft that finds no room" * 40_000], socket=path, draft=True, patience=0.2)
            monkeypatch.undo()
            judge.go_on.set()
    assert (first, second, "third" in judge.seen) == ([1], [1], False)


def rubbish() -> Iterator[bytes]:
    """Give what no client sends, with a word in it that must not be found anywhere."""
    chance = random.Random(7)
    for length in (0, 1, 3, 4, 5, 100, 70_000):
        yield chance.randbytes(length)
    yield struct.pack(">I", 50) + SECRET.encode()  # half a message
    yield struct.pack(">I", protocol.MOST_BYTES + 1)
    yield struct.pack(">I", 4) + b"\xff\xfe\xfd\xfc"
    yield b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    deep = b"[" * 100_000
    yield struct.pack(">I", len(deep)) + deep
    right = {"version": protocol.VERSION, "texts": [SECRET], "draft": True, "explain": False}
    for wrong in (
        SECRET,
        [SECRET],
        right | {"texts": SECRET},
        right | {"texts": [7]},
        right | {"texts": [None]},
        right | {"texts": [SECRET] * 65},
        right | {"texts": ["x" * (protocol.MOST_CHARACTERS + 1)]},
        right | {"draft": SECRET},
        {"version": protocol.VERSION},
    ):
        yield protocol.packed(wrong)


def test_rubbish_harms_nothing_and_nothing_of_any_text_is_left_anywhere(path: Path) -> None:
    with process(path) as child:
        for sent in rubbish():
            with line_to(path) as line:
                assert _said(line, sent) in {b"", b'{"refused":"broken"}'}
        ask([f"You are a fool, {SECRET}"], socket=path, draft=True, patience=PATIENCE)
        assert child.poll() is None
        child.terminate()
        printed, _ = child.communicate(timeout=PATIENCE)
    assert (printed, child.returncode) == (b"", 0)
    assert not any(SECRET.encode() in file.read_bytes() for file in path.parent.iterdir())


def test_it_goes_when_nobody_has_asked_for_a_while_and_looking_is_not_asking(path: Path) -> None:
    with process(path, idle=0.4) as child:
        fair(path)
        wait_until(lambda: about(path) is None)
        assert child.wait(PATIENCE) == 0
    assert not path.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_ends_in_good_order_when_it_is_asked_to(path: Path, number: signal.Signals) -> None:
    with process(path) as child:
        child.send_signal(number)
        assert child.wait(PATIENCE) == 0
    assert not path.exists()


def test_it_ends_when_its_socket_is_gone_and_leaves_anothers_alone(path: Path) -> None:
    with process(path) as first, process(path.with_name("other.sock")) as second:
        path.with_name("other.sock").rename(path)
        assert (first.wait(PATIENCE), second.wait(PATIENCE)) == (0, 0)
        assert path.is_socket()
    assert fair(path) == 1  # what was left there listens no more, and is replaced


def test_one_of_another_version_makes_way(path: Path) -> None:
    with process(path) as child, line_to(path) as line:
        line.sendall(protocol.packed({"version": f"{protocol.VERSION}-later"}))
        assert b'{"refused":"version"}' in line.recv(100)
        with pytest.raises((ConnectionRefusedError, FileNotFoundError)):  # whoever asks again at once starts another
            line_to(path)
        assert child.wait(PATIENCE) == 0
    assert fair(path) == 1


HOLD = """
import sys, time
from pathlib import Path
from folkmoot.config.places import only_server
with only_server(Path(sys.argv[1]), "http://localhost:1"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_it_ends_with_the_server_of_its_folder_even_one_that_was_killed(path: Path) -> None:
    with process(path) as child:
        holding = [sys.executable, "-c", HOLD, str(path.parent)]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        with subprocess.Popen(holding, stdout=subprocess.PIPE, env=environment) as owner:
            assert owner.stdout
            assert owner.stdout.readline() == b"held\n"
            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(2 * server.TICK)  # by now it knows its server
            owner.kill()
            assert child.wait(PATIENCE) == 0
    with process(path) as child:  # what the file says is old: that server has ended
        assert fair(path) == 1
        assert child.poll() is None


def test_on_other_systems_a_path_that_is_too_long_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("folkmoot.detectors.served.place.ELSEWHERE", Path("/nowhere"))
    with pytest.raises(NoAnswer, match="may be 103 bytes long"):
        fair(tmp_path / ("long" * 40) / "model.sock")


def test_a_start_that_takes_long_is_somebody_elses_to_wait_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "_launched", lambda path, lock: subprocess.Popen(["sleep", "60"], stdin=lock))
    with pytest.raises(NoAnswer, match="still starting"):
        ask(["a"], socket=path, draft=True, patience=0.05)
    monkeypatch.undo()
    with pytest.raises(NoAnswer, match="still starting"):  # the first holds the lock on its standard input
        ask(["a"], socket=path, draft=True, patience=0.05)
    starting._started[-1].kill()
    assert fair(path) == 1


def _said(line: socket.socket, sent: bytes) -> bytes:
    """Return what is said, without its length, to whoever sends this and then no more."""
    found = b""
    with suppress(ConnectionError):  # it reads no further than it has to
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        while more := line.recv(1 << 16):
            found += more
    return found[4:]
