"""The table of commands; each module is loaded only when its command is called."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import click

from folkmoot.config.reading import take_secrets_from_files
from folkmoot.kernel.errors import FolkmootError


@dataclass(frozen=True)
class Entry:
    """One command: where its module is (which has it as `command`), and what `--help` says of it."""

    module: str
    summary: str
    needs_django: bool = True


COMMANDS = {
    "serve": Entry("folkmoot.cli.serve", "Start the server (./run does this).", needs_django=False),
    "demo": Entry("folkmoot.cli.demo", "Fill and start a demo with a fictional branch.", needs_django=False),
    "import": Entry("folkmoot.cli.import_posts", "Bring posts in: tables, JSON lines, mailboxes, chats."),
    "org": Entry("folkmoot.cli.org", "Organisations: add one."),
    "place": Entry("folkmoot.cli.place", "Places where members and visitors write: add one."),
    "user": Entry("folkmoot.cli.user", "People who sign in: a link for somebody who cannot."),
    "policy": Entry("folkmoot.cli.policy", "Policy packs: import, check, compare, publish.", needs_django=False),
    "procedure": Entry("folkmoot.cli.procedure", "The procedure: show it, publish other limits."),
    "audit": Entry("folkmoot.cli.audit", "The record: verify it, put its guards back."),
    "backup": Entry("folkmoot.cli.backup", "Everything into one file, while the server runs."),
    "restore": Entry("folkmoot.cli.restore", "Bring a backup back, or only try it.", needs_django=False),
}


class Refused(click.ClickException):
    """What the software refuses, as one plain sentence on standard error; exit status 1."""

    def show(self, file: Any = None) -> None:
        """Print the sentence and nothing else."""
        click.echo(self.message, file=file, err=file is None)


class LazyGroup(click.Group):
    """A group that knows its commands' summaries, and loads a command only to run it."""

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
        command: click.Command = _load(entry).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table into the help, without loading anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in self._entries.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal becomes a sentence instead of a traceback."""
        try:
            take_secrets_from_files()
            return super().invoke(ctx)
        except FolkmootError as refusal:
            raise Refused(str(refusal)) from None


def _load(entry: Entry) -> ModuleType:
    if entry.needs_django:
        loader = importlib.import_module("folkmoot.cli.django_ready")
        module: ModuleType = loader.with_django(entry.module)
        return module
    return importlib.import_module(entry.module)


folkmoot = LazyGroup(
    COMMANDS,
    name="folkmoot",
    help="Runs a member organisation's social-media policy as a fair procedure.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
