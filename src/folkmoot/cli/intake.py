"""The import itself: rows read, recorded a batch at a time, with a bar for whoever watches."""

import csv
import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TextIO

from django.db import transaction
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from folkmoot.archive.intake import Columns, Moment, Reading, Reject, SeenPost, Source, opened, posts_in, rows_of
from folkmoot.archive.models import ImportRun
from folkmoot.casefile.record import SYSTEM
from folkmoot.cli.target import Target
from folkmoot.config.clock import now
from folkmoot.kernel.errors import BadInput
from folkmoot.steps.record_posts import BATCH, begin_import, finish_import, record_posts

_KEPT = 1000  # rejected rows that are remembered


@dataclass
class Taken:
    """What came of an import; `run` is `None` when nothing could be taken."""

    run: ImportRun | None = None
    rejects: list[Reject] = field(default_factory=list)
    more_rejects: int = 0

    def reject(self, found: Reject, written_to: TextIO | None) -> None:
        """Remember a row that was not taken, and write it down where a file was given."""
        if written_to:
            csv.writer(written_to).writerow(found)
        if len(self.rejects) < _KEPT:
            self.rejects.append(found)
        else:
            self.more_rejects += 1


def take_in(
    source: Source, columns: Columns, target: Target, *, constant: Moment | None, rejects: Path | None, at: datetime
) -> Taken:
    """Record every post of `source`; nothing is made before the first one is read."""
    taken = Taken()
    reading = Reading(tuple(columns), target.zone, at, constant, source.path.name)
    with ExitStack() as stack:
        written_to = stack.enter_context(_created(rejects)) if rejects else None
        file = stack.enter_context(opened(source))
        bar = stack.enter_context(_bar())
        task = bar.add_task(source.path.name, total=source.path.stat().st_size, rows=0, rate="")
        found = posts_in(rows_of(source, file, list(columns.values())), reading)
        rows = 0
        for seen in _batches(found):
            batch = [one for one in seen if isinstance(one, SeenPost)]
            refused = [one for one in seen if isinstance(one, Reject)]
            if batch:
                taken.run = taken.run or _begin(target, source, at=at)
                refused += record_posts(taken.run, batch, at=at).refused
            for one in sorted(refused):
                taken.reject(one, written_to)
            rows += len(seen)
            elapsed = bar.tasks[0].elapsed or 0.001
            bar.update(
                task, completed=os.lseek(file.fileno(), 0, os.SEEK_CUR), rows=rows, rate=f"{rows / elapsed:,.0f}/s"
            )
    if taken.run is not None:
        total = len(taken.rejects) + taken.more_rejects
        taken.run = finish_import(taken.run, rejected=total, by=SYSTEM, at=now())
    return taken


def _begin(target: Target, source: Source, *, at: datetime) -> ImportRun:
    with transaction.atomic():  # an organisation, its place and its first import come into being together
        return begin_import(target.make(at=at), file_name=source.path.name, by=SYSTEM, at=at)


def _batches(found: Iterator[SeenPost | Reject]) -> Iterator[list[SeenPost | Reject]]:
    while batch := list(islice(found, BATCH)):
        yield batch


def _created(path: Path) -> TextIO:
    try:
        file = path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.", field="rejects") from None
    csv.writer(file).writerow(["line", "reason"])
    return file


def _bar() -> Progress:
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]:,} rows, {task.fields[rate]}"),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
