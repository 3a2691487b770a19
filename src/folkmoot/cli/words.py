"""What is printed: to the person at the terminal at once, even through a pipe."""

import click


def say(text: str) -> None:
    """Print one piece of news."""
    click.echo(text)


def warn(text: str) -> None:
    """Print what went otherwise than the person may think, beside the news."""
    click.echo(text, err=True)
