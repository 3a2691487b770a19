"""`folkmoot policy check`: what is wrong with a pack, by file and line."""

from pathlib import Path

import click

from folkmoot.cli.words import NO_GROUND, answer, examples, say
from folkmoot.standards import load_pack, load_parent_pack
from folkmoot.standards.packs import check_pack


@click.command("check", epilog=examples("policy check our-rules", "policy check our-rules --json"))
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
    told = [{"file": one.file, "line": one.line, "message": one.message, "hint": one.hint} for one in faults]
    if faults:
        answer(faults=told, can_restrict=None)
        raise SystemExit(1)
    say(f"{folder}: nothing is wrong with this pack.")
    pack = load_pack(folder)
    can_restrict = pack.can_restrict(load_parent_pack(pack, folder))
    answer(faults=told, can_restrict=can_restrict)
    if not can_restrict:
        say(f"To think about: {NO_GROUND}")
