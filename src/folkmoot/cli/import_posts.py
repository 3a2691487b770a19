"""`folkmoot import`: posts from a file into the archive, as they are seen now for the first time."""

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from folkmoot.archive.intake import (
    FIELDS,
    FORMATS,
    Asked,
    Columns,
    Format,
    Moment,
    PostFile,
    Reading,
    Undecided,
    guessed,
    listed,
    moment,
    open_posts,
)
from folkmoot.archive.intake import chosen as chosen_columns
from folkmoot.cli.asking import ask_columns, ask_place, at_terminal, confirm_new_place
from folkmoot.cli.import_said import say_all
from folkmoot.cli.intake import Order, content_hash, rehearse_in, take_in
from folkmoot.cli.target import Target, find_target
from folkmoot.cli.words import say
from folkmoot.config.clock import now
from folkmoot.config.readiness import bring_up_to_date
from folkmoot.kernel.errors import BadInput

_STDIN = "stdin"


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format", "word", type=click.Choice([form.word for form in FORMATS]), help="What FILE is, if not as it looks."
)
@click.option(
    "--map", "mapping", default="", metavar="text=COLUMN,…", help=f"Which column is what: {', '.join(FIELDS)}."
)
@click.option("--org", metavar="SLUG", help="Whose posts they are; implied where there is one organisation.")
@click.option("--place", metavar="NAME", help="Where they were posted; implied where there is one place.")
@click.option("--date", "constant", metavar="DATE", help="When those were posted whose row does not say it.")
@click.option("--dates", type=click.Choice(["dmy", "mdy", "ymd"]), help="The order of day, month and year in a chat.")
@click.option("--pick", default="", metavar="3,7-9", help="Which posts of a Facebook download.")
@click.option(
    "--find", default="", metavar="WORDS", help="List only the posts of a Facebook download with these words."
)
@click.option("--encoding", default="", metavar="NAME", help="How the file writes its letters, if not UTF-8: cp1252, …")
@click.option("--rejects", type=click.Path(path_type=Path), metavar="FILE", help="Write every row not taken to FILE.")
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and write nothing.")
@click.option("--yes", is_flag=True, help="Make a new place without asking, also where another has nearly its name.")
def command(
    file: Path,
    word: str | None,
    mapping: str,
    org: str | None,
    place: str | None,
    constant: str | None,
    dates: str | None,
    pick: str,
    find: str,
    encoding: str,
    rejects: Path | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Bring the posts in FILE in: tables (CSV), JSON lines, mailboxes, chats, conversations; - is standard input.

    Doing it again does no harm: what is known is recognised, a changed text becomes a revision. An import that was cut
    short goes on where it was.
    """
    asked = Asked(encoding, dates or "", pick, find)
    with _at_hand(file) as path:
        form, source, asked = _opened(path, asked, word or "")
        columns = _columns(source, mapping)
        for remark in source.remarks:
            say(remark)
        bring_up_to_date()
        name = "posts" if path.name == _STDIN else path.name
        target = find_target(org, place, file_name=name, ask=ask_place if at_terminal() else None)
        if target.alike and at_terminal() and not (yes or dry_run):
            confirm_new_place(target)
        at, began = now(), time.monotonic()
        reading = Reading(tuple(columns), target.zone, at, _constant(constant, target), _name_for_numbers(path))
        order = Order(form, source, columns, reading, target, asked)
        taken = rehearse_in(order, rejects=rejects, at=at) if dry_run else take_in(order, rejects=rejects, at=at)
        say_all(taken, order, rejects, seconds=time.monotonic() - began, dry_run=dry_run)


@contextmanager
def _at_hand(file: Path) -> Iterator[Path]:
    """Yield the path of FILE; standard input is copied to one first: some formats are read twice."""
    if str(file) != "-":
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="folkmoot-import-") as folder:
        path = Path(folder) / _STDIN
        with path.open("wb") as out:
            shutil.copyfileobj(sys.stdin.buffer, out)
        yield path


def _opened(path: Path, asked: Asked, word: str) -> tuple[Format, PostFile, Asked]:
    """Open the file; what only the person can say is asked for where somebody is there."""
    try:
        return *open_posts(path, asked=asked, word=word), asked
    except Undecided as question:
        if not at_terminal():
            raise
        click.echo(str(question))
        answer = click.prompt(f"  --{question.field}")
        return *open_posts(path, asked=replace(asked, **{question.field: answer}), word=word), asked


def _name_for_numbers(path: Path) -> str:
    """Return what stands before row numbers where a file gives no ids: its name, or else its content's hash."""
    return path.name if path.name != _STDIN else f"{_STDIN}-{content_hash(path)[:8]}"


def _columns(source: PostFile, mapping: str) -> Columns:
    if not source.columns:
        if mapping:
            raise BadInput("--map is for tables and JSON lines; this file has no columns.", field="map")
        return {}
    known = chosen_columns(mapping, source.columns) if mapping else {}
    found = guessed(known, source.columns)
    if at_terminal() and (not mapping or "text" not in found):
        return ask_columns(source, found, known)
    if "text" not in found:
        raise BadInput(
            f"Which column of {source.path.name} holds the words of the post? Say it with --map text=COLUMN. "
            f"{listed(source.columns)}",
            field="map",
        )
    for field, column in found.items():
        if field not in known:
            say(f"Taking {field} from the column “{column}” (--map {field}= leaves it out).")
    return found


def _constant(text: str | None, target: Target) -> Moment | None:
    try:
        return moment(text, target.zone) if text else None
    except ValueError as reason:
        raise BadInput(f"--date: {reason}", field="date") from None
