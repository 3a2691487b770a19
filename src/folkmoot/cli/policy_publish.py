"""`folkmoot policy publish`: a pack becomes the organisation's policy."""

from pathlib import Path

import click

from folkmoot.cli.publishing import publish


@click.command("publish")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--org", metavar="SLUG", help="Whose policy it is; implied where there is one organisation.")
def command(folder: Path, org: str | None) -> None:
    """Make the pack in DIR the organisation's policy: a new edition, which new cases cite."""
    publish(folder, org)
