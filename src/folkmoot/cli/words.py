"""What is printed: to the person at the terminal at once, even through a pipe; or to a program, as JSON."""

import json
from typing import Any

import click

NO_GROUND = (
    "no clause is a ground (marked Rule on the pages), so no post could be taken down under these rules. "
    "Choose those that forbid something, give each its two examples, and write “kind: ground” in its file."
)
_FOR_PROGRAMS = "folkmoot.json"


def say(text: str) -> None:
    """Print one piece of news; a program gets the command's answer instead."""
    if not for_programs():
        click.echo(text)


def warn(text: str) -> None:
    """Print what went otherwise than the person may think, beside the news."""
    click.echo(text, err=True)


def remark(text: str) -> None:
    """Print what belongs to a list and is no row of it, where it is in no pipe's way; a program gets its answer."""
    if not for_programs():
        click.echo(text, err=True)


def answer(**what: Any) -> None:
    """Print what a command has to say to a program: one JSON object; people have been told in words."""
    if for_programs():
        click.echo(as_json(what))


def as_json(what: object) -> str:
    """Return `what` as JSON; times and whatever else has no place there stand in it as text."""
    return json.dumps(what, ensure_ascii=False, indent=1, default=str)


def as_line(what: object) -> str:
    """Return `what` as JSON without a line break, to stand among other lines."""
    return json.dumps(what, ensure_ascii=False, default=str)


def for_programs() -> bool:
    """Say whether --json was given."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(_FOR_PROGRAMS))


def json_option() -> click.Option:
    """Return the option that every command has."""
    return click.Option(
        ["--json"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_note,
        help="Answer with one JSON object, refusals too (docs/cli.md says which).",
    )


def examples(*lines: str) -> str:
    """Return the end of a command's help: what one types, line by line."""
    return "\n".join(["\b", "Examples:", *(f"  ./folkmoot {line}" for line in lines)])


def printable(text: str) -> str:
    """Return somebody's words so that no sign in them can do anything to a terminal."""
    return "".join(sign if sign.isprintable() or sign in "\n\t" else "\ufffd" for sign in text)


def _note(context: click.Context, _option: click.Parameter, value: bool) -> None:
    if value:
        context.meta[_FOR_PROGRAMS] = True
