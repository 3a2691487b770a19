"""`folkmoot import`: posts from a file into the archive, as they are seen now for the first time."""

import time
from pathlib import Path

import click

from folkmoot.archive.intake import FIELDS, NOT_UTF8, Columns, Moment, Source, guessed, listed, moment, recognise
from folkmoot.archive.intake import chosen as chosen_columns
from folkmoot.archive.models import ImportRun
from folkmoot.cli.asking import ask_columns, ask_place, at_terminal
from folkmoot.cli.intake import Taken, take_in
from folkmoot.cli.target import Target, find_target
from folkmoot.cli.words import say, warn
from folkmoot.config.clock import now
from folkmoot.config.readiness import bring_up_to_date
from folkmoot.kernel.errors import BadInput

_SHOWN = 20  # rejected rows


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map", "mapping", default="", metavar="text=COLUMN,…", help=f"Which column is what: {', '.join(FIELDS)}."
)
@click.option("--org", metavar="SLUG", help="Whose posts they are; implied where there is one organisation.")
@click.option("--place", metavar="NAME", help="Where they were posted; implied where there is one place.")
@click.option("--date", "constant", metavar="DATE", help="When those were posted whose row does not say it.")
@click.option("--encoding", default="", metavar="NAME", help="How the file writes its letters, if not UTF-8: cp1252, …")
@click.option("--rejects", type=click.Path(path_type=Path), metavar="FILE", help="Write every row not taken to FILE.")
def command(
    file: Path,
    mapping: str,
    org: str | None,
    place: str | None,
    constant: str | None,
    encoding: str,
    rejects: Path | None,
) -> None:
    """Bring the posts in FILE in: CSV (or separated by tab, semicolon, |) or JSON lines.

    Doing it again does no harm: what is known is recognised, a changed text becomes a revision.
    """
    source = recognise(file, encoding=encoding)
    columns = _columns(source, mapping)
    bring_up_to_date()
    target = find_target(org, place, file_name=file.name, ask=ask_place if at_terminal() else None)
    at, began = now(), time.monotonic()
    date = _constant(constant, target)
    taken = take_in(source, columns, target, constant=date, rejects=rejects, at=at)
    if taken.run is None:
        _say_rejects(taken, rejects)
        raise BadInput(f"Nothing in {file.name} could be taken, so nothing was written.", field="file")
    _say_result(taken, taken.run, target, file, seconds=time.monotonic() - began)
    _say_unknown(columns, date)
    _say_rejects(taken, rejects)
    if target.org is not None and target.org.is_local:
        say("No organisation is set up here yet: they wait for the one that ./run's first link makes.")


def _columns(source: Source, mapping: str) -> Columns:
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


def _say_result(taken: Taken, run: ImportRun, target: Target, file: Path, *, seconds: float) -> None:
    rows = run.new + run.known + run.changed + len(taken.rejects) + taken.more_rejects
    place = f"“{run.platform.name}” of {run.org.name}"
    say(
        f"{file.name} → {place}: {run.new:,} new posts, {run.known:,} known already, {run.changed:,} with "
        f"something new, {run.rejected:,} rows not taken ({seconds:.1f} s, {rows / max(seconds, 0.001):,.0f} rows/s)."
    )
    if target.made_place:
        say(f"{place} is new: say on its page what kind of place it is, and who looks after it.")


def _say_unknown(columns: Columns, constant: Moment | None) -> None:
    if "author" not in columns and "name" not in columns:
        say("The file does not say who wrote them: the authors are unknown until a moderator names them.")
    if "date" not in columns and constant is None:
        say("The file does not say when they were posted: they count as posted when first seen, now.")
    if "id" not in columns:
        say("The file gives them no ids: its name and the row's number stand for them.")


def _say_rejects(taken: Taken, written_to: Path | None) -> None:
    total = len(taken.rejects) + taken.more_rejects
    if not total:
        return
    warn("1 row was not taken:" if total == 1 else f"{total:,} rows were not taken:")
    for reject in taken.rejects[:_SHOWN]:
        warn(f"  line {reject.line}: {reject.reason}")
    if written_to:
        warn(f"All of them are in {written_to}.")
    elif total > _SHOWN:
        warn(f"  … and {total - _SHOWN:,} more; --rejects FILE writes all of them.")
    if any(reject.reason == NOT_UTF8 for reject in taken.rejects):
        warn("If the file comes from an older Excel, --encoding cp1252 may read these rows.")
