"""Nothing that a person can do to a command ends in a traceback: a sentence, and the status of the table."""

import json
import os
import pty
import random
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from folkmoot.cli.commands import folkmoot
from folkmoot.cli.ending import MISTYPED, NOBODY_READS, REFUSED, STATUSES, STOPPED
from tests.cast import branch, decided
from tests.cli.typed import command_of, every_command
from tests.places import PROJECT
from tests.servers import clean_environment, wait_until
from tests.servers import folkmoot as run_it

# They start servers, or wait for this test's own transaction: test_commands.py, and the tests of backups, try them.
NOT_RUN = {("serve",), ("demo",), ("backup",)}
LEAVES = [
    words
    for words in every_command()
    if words not in NOT_RUN and not any(other[:-1] == words for other in every_command())
]
NASTY = [
    *("", " ", "0", "-1", "1", "7", "99999999999999999999", "1.5", "nan", "--", "-", "@", "@-", "@/", "@nothing"),
    *("mo.abara@example.org", "nobody@", "\x1b[31m", "\u202e", "\U0001f984", "a" * 5000, "'; DROP TABLE x; --"),
    *("../../etc/passwd", "/", "/dev/null", "/nosuch/folder/file", "harbour-branch", "report_days=x", "=", "ban=soon"),
    *("text=,", "2026-02-30", "9999-12-31", "remove", "{}", "%s%n", "[[mark]]", "~nobody", "http://[::1"),
]
TRIES, MANY = 4, 80  # of each command


@pytest.mark.django_db
@pytest.mark.parametrize("tries", [TRIES, pytest.param(MANY, marks=pytest.mark.soak)])
@pytest.mark.parametrize("command", LEAVES, ids=" ".join)
def test_whatever_is_typed_ends_in_a_sentence(
    command: tuple[str, ...], tries: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    settings.CHECKPOINTS = tmp_path / "checkpoints"
    people = branch()
    decided(people)
    files = [tmp_path / "bytes", tmp_path, tmp_path / "nothing" / "here"]
    files[0].write_bytes(bytes(range(256)))
    chance = random.Random(f"{command} {tries}")
    email = people.operator.email
    for _try in range(tries):
        words = [*command, *_typed(command, chance, [*NASTY, email, *map(str, files)])]
        done = CliRunner().invoke(folkmoot, words, input=b"\xff\x00\n" * 3)
        assert done.exception is None or isinstance(done.exception, SystemExit), (words, done.exc_info)
        assert done.exit_code in STATUSES, (words, done.output)
        if "--json" in words and "--" not in words and "--help" not in words:
            lines = done.stdout.splitlines() if command == ("check",) else [done.stdout]
            for line in lines:  # of several texts each has a line of its own
                assert line.startswith("{"), (words, done.output)
                assert isinstance(json.loads(line), dict), (words, done.stdout)


def _typed(command: tuple[str, ...], chance: random.Random, values: list[str]) -> list[str]:
    """Return arguments for a command: some of its options, with values that may or may not make sense."""
    words = []
    for one in command_of(*command).params:
        if isinstance(one, click.Argument):
            words.append(chance.choice(values))
        elif isinstance(one, click.Option) and (one.required or chance.random() < 0.4):
            given = list(one.type.choices) if isinstance(one.type, click.Choice) and chance.random() < 0.8 else values
            words += [one.opts[0]] if one.is_flag else [one.opts[0], str(chance.choice(given))]
    return words


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return clean_environment(FOLKMOOT_DATA=str(tmp_path / "data"))


def test_a_refusal_is_json_for_a_program(environment: dict[str, str]) -> None:
    done = run_it("queue", "--as", "mo@example.org", "--json", environment=environment)
    assert done.returncode == REFUSED
    error = json.loads(done.stdout)["error"]
    assert error["kind"] == "not_ready"
    assert "There is nothing in the database of" in error["message"]
    assert "Traceback" not in done.stderr


def test_what_is_mistyped_is_json_for_a_program_too() -> None:
    for words in (("nosuch", "--json"), ("queue", "--json"), ("case", "x", "--as", "a", "--json"), ("--json",)):
        done = CliRunner().invoke(folkmoot, words)
        assert done.exit_code == MISTYPED
        assert json.loads(done.stdout)["error"]["kind"] == "mistyped"


def test_words_that_are_no_text_are_refused(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "folkmoot.cli", "policy", "check", b"caf\xe9"], env=environment, capture_output=True
    )
    assert done.returncode == MISTYPED
    assert b"is not written in UTF-8" in done.stderr


def test_a_closed_pipe_ends_it_without_a_word(environment: dict[str, str]) -> None:
    script = f"{sys.executable} -m folkmoot.cli completion bash | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True)
    assert done.stdout.strip() in {"0", str(NOBODY_READS)}  # 0 where all was written before the reader was gone
    assert done.stderr == ""
    reader, writer = os.pipe()
    os.close(reader)
    gone = subprocess.run(
        [sys.executable, "-m", "folkmoot.cli", "--help"], env=environment, stdout=writer, stderr=subprocess.PIPE
    )
    os.close(writer)
    assert (gone.returncode, gone.stderr) == (NOBODY_READS, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_one_sentence(environment: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        for words in (("--help",), ("completion", "bash"), ("completion", "bash", "--json")):
            done = subprocess.run(
                [sys.executable, "-m", "folkmoot.cli", *words],
                env=environment,
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
            )
            assert (done.returncode, done.stderr) == (REFUSED, "no space left on device. Make room, and try again.\n")


def test_ctrl_c_ends_it_with_its_own_status(environment: dict[str, str], tmp_path: Path) -> None:
    """An import that waits for its file on standard input is where somebody loses patience."""
    waiting = subprocess.Popen(
        [sys.executable, "-m", "folkmoot.cli", "import", "-"],
        env=environment | {"TMPDIR": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until(lambda: any(tmp_path.glob("folkmoot-import-*/*")), "the import to wait for its file")
    waiting.send_signal(signal.SIGINT)
    _out, said = waiting.communicate(timeout=60)
    assert waiting.returncode == STOPPED
    assert "Traceback" not in said
    assert "Stopped." in said
    assert not any(tmp_path.glob("folkmoot-import-*"))


def test_colours_stay_out_of_files_and_wherever_nobody_wants_them(environment: dict[str, str]) -> None:
    words = ["policy", "diff", "labour-branch-2018", "tests/packs/harbour-rules"]
    assert "\x1b" not in run_it(*words, environment=environment).stdout
    assert "\x1b[" in _in_a_terminal(words, environment)
    assert "\x1b" not in _in_a_terminal(words, environment | {"NO_COLOR": "1"})


def _in_a_terminal(words: list[str], environment: dict[str, str]) -> str:
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "folkmoot.cli", *words], env=environment, cwd=PROJECT, stdout=theirs, stdin=theirs
    )
    os.close(theirs)
    said = b""
    with suppress(OSError):  # Linux says so when the terminal is gone
        while piece := os.read(ours, 65536):
            said += piece
    os.close(ours)
    assert running.wait(60) == 0
    return said.decode()
