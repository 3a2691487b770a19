"""The options by which a command is told who acts, and what they say of their part in a case. No Django here."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

NO_LESS = (
    "Whoever can run this can read the database as well: --as guards nothing, it says in whose name it is done. "
    "Each reading goes on the access log, as on the pages."
)
ORG = click.option("--org", metavar="SLUG", help="Which organisation; implied where there is one.")
CASE = click.argument("number", metavar="CASE", type=click.IntRange(1, 2**63 - 1))


def acts(command: F) -> F:
    """Give a command `--as` and `--org`."""
    named = click.option(
        "--as", "email", metavar="EMAIL", required=True, help="Who acts: somebody who works on cases here."
    )
    return named(ORG(command))


def says_interest(command: F) -> F:
    """Give a command the answers to the question that comes before a case opens (D30)."""
    for option in (
        click.option(
            "--necessity",
            metavar="WHY",
            default="",
            help="Why you act although you should stand aside: only where nobody else is free.",
        ),
        click.option(
            "--interest", "nature", metavar="WHAT", default="", help="Say that you are part of the matter, and stop."
        ),
        click.option("--no-interest", "none", is_flag=True, help="Say that you are no part of the matter."),
    ):
        command = option(command)
    return command
