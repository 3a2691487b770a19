"""What can be typed: all commands, their examples, and parsing what was typed without running it."""

import re
from collections.abc import Iterator

import click
from click.testing import CliRunner

from folkmoot.cli.commands import folkmoot
from tests.places import PROJECT

DOCUMENT = (PROJECT / "docs" / "cli.md").read_text(encoding="utf-8")
_TABLE = dict(re.findall(r"^\| `([a-z -]+)` \| (.+) \|$", DOCUMENT, re.MULTILINE))
# What each command answers a program with, as the document says.
KEYS = {name: sorted(re.findall(r"`([a-z_]+)`", said.partition(" (")[0])) for name, said in _TABLE.items()}


def every_command(group: click.Command = folkmoot, *before: str) -> Iterator[tuple[str, ...]]:
    """Return the words of every command, groups and what is in them."""
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            yield (*before, name)
            found = group.get_command(context, name)
            assert found is not None
            yield from every_command(found, *before, name)


def examples(*command: str) -> list[str]:
    """Return the lines of a command's help that one can type, without "./folkmoot"."""
    said = CliRunner().invoke(folkmoot, [*command, "--help"], terminal_width=200).output
    lines = [line.strip() for line in said.partition("Examples:")[2].splitlines()]
    return [line.removeprefix("./folkmoot ") for line in lines if line.startswith("./folkmoot ")]


def command_of(*words: str) -> click.Command:
    """Return the command of these words; the group of all for none."""
    found: click.Command = folkmoot
    for word in words:
        assert isinstance(found, click.Group)
        command = found.get_command(click.Context(found), word)
        assert command is not None, words
        found = command
    return found


def understood(words: list[str]) -> click.Context:
    """Parse what was typed as far as its last command, and run nothing. Raises `click.UsageError`."""
    context = folkmoot.make_context("folkmoot", words)
    while isinstance(context.command, click.Group):
        rest = [*context._protected_args, *context.args]
        name, command, rest = context.command.resolve_command(context, rest)
        assert command is not None
        context = command.make_context(name, rest, parent=context)
    return context
