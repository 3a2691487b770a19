"""`folkmoot policy check`: what is wrong with a pack, by file and line."""

from pathlib import Path

import click

from folkmoot.cli.words import NO_GROUND, say
from folkmoot.standards import load_pack, load_parent_pack
from folkmoot.standards.packs import check_pack


@click.command("check")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Say what is wrong with the pack in DIR, by file and line, and what to think about.

    Exit status 1 when anything is wrong. That no clause is a ground (marked Rule on the pages) is no mistake, but is
    said: no post could be taken down then.
    """
    faults = check_pack(folder)
    for fault in faults:
        place = folder if fault.file == "." else folder / fault.file
        say(f"{place}:{fault.line}: {fault.message} ({fault.hint})")
    if faults:
        raise SystemExit(1)
    say(f"{folder}: nothing is wrong with this pack.")
    pack = load_pack(folder)
    if not pack.can_restrict(load_parent_pack(pack, folder)):
        say(f"To think about: {NO_GROUND}")
