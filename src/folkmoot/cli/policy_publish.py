"""`folkmoot policy publish`: a pack becomes the organisation's policy."""

from datetime import datetime
from pathlib import Path

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.words import examples


@click.command(
    "publish",
    epilog=examples("policy publish our-rules", "policy publish our-rules --from 2027-01-01 --yes"),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--org", metavar="SLUG", help="Whose policy it is; implied where there is one organisation.")
@click.option(
    "--from",
    "day",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    metavar="DATE",
    help="From which day it holds: tomorrow at the earliest, or the pack’s own date; past only after a mere summary.",
)
@click.option("--yes", is_flag=True, help="Do not ask; for scripts.")
def command(folder: Path, org: str | None, day: datetime | None, *, yes: bool) -> None:
    """Make the pack in DIR the organisation's policy: a new edition, with a day from which it holds.

    Says first what would change, from when, and how many clauses are grounds (marked Rule on the pages), then asks.
    Without --from it holds from the pack's own date where that is still to come, otherwise from tomorrow: a post is
    judged by the rules that held on the day it was posted. Only where no rules are in force yet is the pack's own
    date kept whatever it is.

    Exit status 0: published, or in force already word for word. 1: refused, or the answer was no, or there is nobody
    to ask and no --yes; nothing is changed then. 2: mistyped.
    """
    with_django("folkmoot.cli.work.publishing").publish(folder, org, day=day.date() if day else None, yes=yes)
