"""The table of commands; each module is loaded only when its command is called."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import Any

import click

from folkmoot.cli.ending import STATUSES, not_text, status_of
from folkmoot.cli.lazy import COMPLETING, Entry, LazyGroup
from folkmoot.cli.words import examples
from folkmoot.config.reading import take_secrets_from_files

COMMANDS = {
    "serve": Entry("folkmoot.cli.serve", "Start the server (./run does this)."),
    "demo": Entry("folkmoot.cli.demo", "Fill and start a demo with a fictional branch."),
    "report": Entry("folkmoot.cli.report", "Report a problem; prints the receipt."),
    "queue": Entry("folkmoot.cli.queue", "The cases that wait, as one officer sees them."),
    "case": Entry("folkmoot.cli.case", "One case: what happened, and who owes what by when."),
    "decide": Entry("folkmoot.cli.decide", "Decide a case, or only see the letter."),
    "check": Entry("folkmoot.cli.check", "What may be wrong with a text, or with a file of them."),
    "import": Entry("folkmoot.cli.import_posts", "Bring posts in: tables, JSON lines, mailboxes, chats."),
    "backtest": Entry(
        "folkmoot.cli.backtest", "What another model or word list would make of the posts that are there."
    ),
    "org": Entry("folkmoot.cli.org", "Organisations: add one, list them."),
    "place": Entry("folkmoot.cli.place", "Places where members and visitors write: add one, list them."),
    "user": Entry("folkmoot.cli.user", "People who sign in: invite, roles, links, lost passkeys."),
    "policy": Entry("folkmoot.cli.policy", "Policy packs: import, check, compare, publish."),
    "procedure": Entry("folkmoot.cli.procedure", "The procedure: show it, publish other limits."),
    "audit": Entry("folkmoot.cli.audit", "The record: verify it, put its guards back."),
    "backup": Entry("folkmoot.cli.backup", "Everything into one file, while the server runs."),
    "restore": Entry("folkmoot.cli.restore", "Bring a backup back, or only try it."),
    "doctor": Entry("folkmoot.cli.doctor", "Whether everything works, and what to do where it does not."),
    "completion": Entry("folkmoot.cli.completion", "Let your shell complete commands."),
}


class Folkmoot(LazyGroup):
    """All commands. Whatever a person can cause ends in a sentence and a status of the table."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run what was typed, and end the process with its status."""
        typed = list(sys.argv[1:] if args is None else args)
        if not standalone_mode:
            return super().main(typed, prog_name, complete_var, standalone_mode=False, **extra)
        name = prog_name or "folkmoot"
        _write_any_sign()
        self._main_shell_completion(extra, name, complete_var or COMPLETING)
        options = typed[: typed.index("--")] if "--" in typed else typed
        sys.exit(status_of(lambda: self._run(name, typed, extra), for_programs="--json" in options))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, with what settings name files for taken from those."""
        take_secrets_from_files()
        return super().invoke(ctx)

    def _run(self, name: str, typed: list[str], extra: dict[str, Any]) -> None:
        broken = not_text(typed)
        if broken:
            raise click.UsageError(f"{broken} is not written in UTF-8, so nobody knows what it says.")
        colour = False if os.environ.get("NO_COLOR") else None  # None: in a terminal only
        with self.make_context(name, typed, color=colour, **extra) as context:
            self.invoke(context)


def _write_any_sign() -> None:
    """Let a terminal of another alphabet show what it cannot write as its number, instead of stopping."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            with suppress(ValueError, OSError):
                stream.reconfigure(errors="backslashreplace")


folkmoot = Folkmoot(
    COMMANDS,
    name="folkmoot",
    help="Runs a member organisation's social-media policy as a fair procedure.",
    epilog="\n\n".join(
        [
            examples("demo", "queue --as mo@example.org", "case 12 --as mo@example.org --json", "doctor"),
            "\n".join(["\b", "Exit status:", *(f"  {number:>3}  {said}" for number, said in STATUSES.items())]),
            "Every command answers programs with --json, and says more with --help. All of it: docs/cli.md.",
        ]
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
