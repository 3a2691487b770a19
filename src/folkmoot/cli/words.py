"""What is printed: to the person at the terminal at once, even through a pipe."""

import click

NO_GROUND = (
    "no clause is a ground (marked Rule on the pages), so no post could be taken down under these rules. "
    "Choose those that forbid something, give each its two examples, and write “kind: ground” in its file."
)


def say(text: str) -> None:
    """Print one piece of news."""
    click.echo(text)


def warn(text: str) -> None:
    """Print what went otherwise than the person may think, beside the news."""
    click.echo(text, err=True)
