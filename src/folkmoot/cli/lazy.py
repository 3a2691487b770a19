"""Commands that are loaded only when somebody calls them; until then their names and summaries are enough."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click
from click.shell_completion import CompletionItem

from folkmoot.cli.words import json_option

COMPLETING = "_FOLKMOOT_COMPLETE"  # set while a shell asks what could be typed next


@dataclass(frozen=True)
class Entry:
    """One command: where its module is (which has it as `command`), and what `--help` says of it.

    The module says how it is typed. What it does stands in another, which `with_django` loads when it is run: neither
    help nor a shell's completion needs Django, or makes a data folder.
    """

    module: str
    summary: str


class LazyGroup(click.Group):
    """A group that knows its commands' summaries, and loads a command only to run it, or to say more of it."""

    def __init__(self, entries: Mapping[str, Entry], **settings: Any) -> None:
        super().__init__(**settings)
        self._entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the table's order."""
        return list(self._entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, its module loaded now; `None` when the table has no such name."""
        entry = self._entries.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = importlib.import_module(entry.module).command
        answers_programs(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table into the help, without loading anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in self._entries.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return what could be typed next, without loading anything."""
        names = [(name, entry.summary) for name, entry in self._entries.items() if name.startswith(incomplete)]
        # past the group's own: that one would load every command to ask for its help
        return [*(CompletionItem(name, help=said) for name, said in names), *_options(self, ctx, incomplete)]


def answers_programs(command: click.Command) -> None:
    """Let `command`, and every command under it, take `--json`."""
    if isinstance(command, LazyGroup):
        return  # it does so for each as it loads it
    if isinstance(command, click.Group):
        for one in command.commands.values():
            answers_programs(one)
    elif not any("--json" in parameter.opts for parameter in command.params):
        command.params.append(json_option())


def _options(command: click.Command, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    return click.Command.shell_complete(command, ctx, incomplete)
