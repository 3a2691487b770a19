"""`folkmoot policy`: packs, checked by file and line."""

from pathlib import Path

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.words import say
from folkmoot.standards.packs import check_pack


@click.group("policy")
def command() -> None:
    """Policy packs: a folder with pack.yaml and one file per clause."""


@command.command("check")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def check(folder: Path) -> None:
    """Say what is wrong with the pack in DIR, by file and line.

    Exit status 1 when anything is.
    """
    faults = check_pack(folder)
    for fault in faults:
        place = folder if fault.file == "." else folder / fault.file
        say(f"{place}:{fault.line}: {fault.message} ({fault.hint})")
    if faults:
        raise SystemExit(1)
    say(f"{folder}: nothing is wrong with this pack.")


@command.command("publish")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--org", metavar="SLUG", help="Whose policy it is; implied where there is one organisation.")
def publish(folder: Path, org: str | None) -> None:
    """Make the pack in DIR the organisation's policy: a new edition, which new cases cite."""
    with_django("folkmoot.cli.publishing").publish(folder, org)
