"""Help that helps: every command has an example that can be typed, and none of it needs data, or time."""

import resource
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from folkmoot.archive.models import Platform
from folkmoot.cli.commands import COMMANDS, folkmoot
from folkmoot.cli.ending import STATUSES
from folkmoot.cli.place import KINDS
from tests.cli.typed import command_of, every_command, examples, understood
from tests.servers import clean_environment

MOST_SECONDS = 0.4  # of the processor, for the first help


@pytest.mark.parametrize("command", [(), *every_command()], ids=" ".join)
def test_every_command_has_examples_of_its_own_and_each_can_be_typed(command: tuple[str, ...]) -> None:
    found = examples(*command)
    assert found
    for line in found:
        words = shlex.split(line, comments=True)
        words = words[: words.index(">")] if ">" in words else words
        assert words[: len(command)] == list(command)
        understood(words)


def test_an_example_that_cannot_be_typed_would_be_noticed() -> None:
    for line in (
        "queue --lame mine",
        "queue",
        "case twelve --as a@example.org",
        "audit verfy",
        "place add x --kind pub",
    ):
        with pytest.raises(click.UsageError):
            understood(shlex.split(line))


def test_help_says_how_commands_end() -> None:
    said = " ".join(CliRunner().invoke(folkmoot, ["--help"]).output.split())
    for number, meaning in STATUSES.items():
        assert f"{number} {meaning}" in said


def test_every_command_says_what_its_options_are_for() -> None:
    for words in every_command():
        options = [one for one in command_of(*words).params if isinstance(one, click.Option)]
        assert [f"{words} {one.opts}" for one in options if not one.help] == []


@pytest.mark.parametrize("words", [(), ("decide",), ("audit",), ("import",)], ids=str)
def test_help_needs_no_data_and_little_time(words: tuple[str, ...], tmp_path: Path) -> None:
    before = _seconds_of_children()
    environment = clean_environment(FOLKMOOT_DATA=str(tmp_path / "data"))
    done = subprocess.run(
        [sys.executable, "-m", "folkmoot.cli", *words, "--help"], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "data").exists()
    assert _seconds_of_children() - before < MOST_SECONDS


def test_the_kinds_of_places_are_those_of_the_archive() -> None:
    assert list(KINDS) == Platform.Kind.values


def test_the_table_of_commands_has_a_sentence_for_each() -> None:
    assert all(entry.summary.endswith(".") for entry in COMMANDS.values())


def _seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
