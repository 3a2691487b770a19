"""Questions to the person at the terminal; without a terminal nobody is asked."""

import sys

import click

from folkmoot.archive.intake import FIELDS, Columns, PostFile
from folkmoot.archive.intake.rows import shown
from folkmoot.archive.models import Platform
from folkmoot.casefile.models import Case
from folkmoot.cli.target import Target
from folkmoot.cli.words import for_programs
from folkmoot.kernel.errors import BadInput


def at_terminal() -> bool:
    """Say whether somebody is there to answer: not where a program waits for JSON."""
    return not for_programs() and sys.stdin.isatty() and sys.stdout.isatty()


def ask_columns(source: PostFile, found: Columns, known: Columns) -> Columns:
    """Ask which column is what; `found` are the answers proposed, `known` those given already."""
    click.echo(f"{source.path.name} has these columns:")
    for number, (column, example) in enumerate(zip(source.columns, source.example, strict=True), start=1):
        click.echo(f"  {number:>2}  {shown(column) or '(without a name)'}: {shown(example, 60)}")
    click.echo("Which of them is what? The number, or Enter for what stands in brackets; 0 for none.")
    answers: Columns = {}
    for field, meaning in FIELDS.items():
        if field in known:
            answers |= {field: known[field]} if known[field] else {}
            continue
        default = source.columns.index(found[field]) + 1 if field in found else 0
        lowest = 1 if field == "text" else 0
        number = click.prompt(
            f"  {field} ({meaning})",
            type=click.IntRange(lowest, len(source.columns)),
            default=default if default >= lowest else None,
        )
        if number:
            answers[field] = source.columns[number - 1]
    return answers


def confirm_new_place(target: Target) -> None:
    """Ask whether a place is to be made whose name is nearly that of another; raises `BadInput` when it is not."""
    near = " and ".join(f"“{name}”" for name in target.alike)
    question = f"There is {near}, and no place “{target.name}”. Make “{target.name}” as a new place?"
    if not click.confirm(question, default=False):
        raise BadInput("Nothing was written.", field="place")


def ask_place(places: list[Platform]) -> Platform:
    """Ask in which of several places the posts were posted."""
    click.echo("Where were they posted?")
    for number, place in enumerate(places, start=1):
        click.echo(f"  {number:>2}  {place.name}")
    number = click.prompt("  The number", type=click.IntRange(1, len(places)))
    return places[number - 1]


def ask_interest(case: Case) -> str | None:
    """Ask whether the person is part of a matter (D30); `None` when they are not, else what it is in their words."""
    click.echo(f"Case {case.pk}, {case.platform.name if case.platform else 'place not known'}.")
    click.echo("Did you write or report it? Is it about you, or about somebody close to you?")
    if not click.confirm("Are you part of this matter?", default=None):
        return None
    return str(click.prompt("What is it? It stays sealed"))
