"""Rows for people: a table in a terminal, lines with tabs between in a file or a pipe."""

import sys
from collections.abc import Iterable, Sequence

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from folkmoot.cli.words import for_programs, printable


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows. Colours are left out where NO_COLOR is set; a program that asked for JSON gets none of this."""
    if for_programs():
        return
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(" ".join(printable(cell).split()) for cell in row))
        return
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in columns:
        shown.add_column(name, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(printable(cell)) for cell in row))
    Console().print(shown)
