"""What `folkmoot import` says of what came of it."""

from pathlib import Path
from typing import Any

from folkmoot.archive.intake import NOT_UTF8, Columns, Moment
from folkmoot.archive.models import ImportRun
from folkmoot.cli.intake import Order, Taken
from folkmoot.cli.target import where_kept
from folkmoot.cli.words import say, warn
from folkmoot.kernel.errors import BadInput
from folkmoot.steps.taking_posts import Recorded

_SHOWN = 20  # rejected rows


def say_all(taken: Taken, order: Order, rejects: Path | None, *, seconds: float, dry_run: bool) -> None:
    """Say what came of it. Raises `BadInput` when nothing did."""
    name = order.source.path.name
    if taken.went_on_after:
        say(f"It was cut short before: {taken.went_on_after:,} rows were in already, and it went on after them.")
    if dry_run:
        _say_result(taken.came, taken.rejected, f"{name}, had it been imported", seconds)
        if order.target.place:
            say(f"The posts would go to {order.target.said}.")
        else:
            say(f"A new place would be made for the posts: {order.target.said}.{_beside(order)}")
        say(f"Nothing was written to {where_kept()}.")
    elif taken.run is None:
        _say_rejects(taken, rejects)
        raise BadInput(f"Nothing in {name} could be taken, so nothing was written.", field="file")
    else:
        place = f"“{taken.run.platform.name}” of {taken.run.org.name}"
        _say_result(taken.run, taken.run.rejected, f"{name} → {place}", seconds)
        say(f"They are kept in {where_kept()}.")
        if order.target.made_place:
            say(f"{place} is new: say on its page what kind of place it is, and who looks after it.{_beside(order)}")
    for what, number in taken.aside.items():
        say(f"Left aside: {number:,} {what}.")
    if order.columns:
        _say_unknown(order.columns, order.reading.constant)
    _say_rejects(taken, rejects)
    if not dry_run and order.target.org is not None and order.target.org.is_local:
        say("No organisation is set up here yet: they wait for the one that ./run's first link makes.")


def facts(taken: Taken, order: Order, *, seconds: float, dry_run: bool) -> dict[str, Any]:
    """Return what came of it, for a program."""
    came, place = taken.run or taken.came, order.target.place
    return {
        "file": order.source.path.name,
        "format": order.form.word,
        "dry_run": dry_run,
        "place": place.slug if place else None,
        "new_place": not place or order.target.made_place,
        "new": came.new,
        "known": came.known,
        "changed": came.changed,
        "rejected": taken.run.rejected if taken.run else taken.rejected,
        "rejects": [{"line": one.line, "reason": one.reason} for one in taken.rejects],
        "left_aside": dict(taken.aside),
        "went_on_after": taken.went_on_after,
        "seconds": round(seconds, 3),
    }


def _beside(order: Order) -> str:
    """Return what to say where a place has nearly the name of the new one."""
    names = " and ".join(f"“{name}”" for name in order.target.alike)
    return f" (There is also {names}: was that meant?)" if names else ""


def _say_result(came: ImportRun | Recorded, rejected: int, what: str, seconds: float) -> None:
    rows = came.new + came.known + came.changed + rejected
    say(
        f"{what}: {came.new:,} new posts, {came.known:,} known already, {came.changed:,} with something new, "
        f"{rejected:,} {'row' if rejected == 1 else 'rows'} not taken "
        f"({seconds:.1f} s, {rows / max(seconds, 0.001):,.0f} rows/s)."
    )


def _say_unknown(columns: Columns, constant: Moment | None) -> None:
    if "author" not in columns and "name" not in columns:
        say("The file does not say who wrote them: the authors are unknown until a moderator names them.")
    if "date" not in columns and constant is None:
        say("The file does not say when they were posted: they count as posted when first seen, now.")
    if "id" not in columns:
        say("The file gives them no ids: its name and the row's number stand for them.")


def _say_rejects(taken: Taken, written_to: Path | None) -> None:
    total = taken.rejected
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
