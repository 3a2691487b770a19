"""`folkmoot policy check`: what is wrong with a pack, by file and line."""

from pathlib import Path

import click

from folkmoot.cli.words import say
from folkmoot.standards.packs import check_pack


@click.command("check")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
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
