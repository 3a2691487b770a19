"""Posts are brought in: from a file into the archive, as they are seen now for the first time."""

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click

from folkmoot.archive.intake import (
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
from folkmoot.cli.import_said import facts, say_all
from folkmoot.cli.intake import Order, content_hash, rehearse_in, take_in
from folkmoot.cli.target import Target, find_target
from folkmoot.cli.words import answer, say
from folkmoot.config.clock import now
from folkmoot.config.readiness import bring_up_to_date
from folkmoot.kernel.errors import BadInput

_STDIN = "stdin"


@dataclass(frozen=True)
class Wanted:
    """What was said by options; empty where nothing was."""

    word: str = ""  # the format
    mapping: str = ""
    org: str | None = None
    place: str | None = None
    constant: str | None = None  # when those were posted whose row does not say it
    dates: str = ""
    pick: str = ""
    find: str = ""
    encoding: str = ""
    rejects: Path | None = None
    dry_run: bool = False
    yes: bool = False


def bring_in(file: Path, wanted: Wanted) -> None:
    """Import the posts in `file`, or say what would come of it. Raises `BadInput`."""
    asked = Asked(wanted.encoding, wanted.dates, wanted.pick, wanted.find)
    with _at_hand(file) as path:
        form, source, asked = _opened(path, asked, wanted.word)
        columns = _columns(source, wanted.mapping)
        for remark in source.remarks:
            say(remark)
        bring_up_to_date()
        name = "posts" if path.name == _STDIN else path.name
        target = find_target(wanted.org, wanted.place, file_name=name, ask=ask_place if at_terminal() else None)
        if target.alike and at_terminal() and not (wanted.yes or wanted.dry_run):
            confirm_new_place(target)
        at, began = now(), time.monotonic()
        reading = Reading(tuple(columns), target.zone, at, _constant(wanted.constant, target), _name_for_numbers(path))
        order = Order(form, source, columns, reading, target, asked)
        take = rehearse_in if wanted.dry_run else take_in
        taken = take(order, rejects=wanted.rejects, at=at)
        seconds = time.monotonic() - began
        say_all(taken, order, wanted.rejects, seconds=seconds, dry_run=wanted.dry_run)
        answer(**facts(taken, order, seconds=seconds, dry_run=wanted.dry_run))


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
