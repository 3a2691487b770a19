"""The import itself: posts read, recorded a batch at a time, with a bar for whoever watches."""

import csv
import gc
import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TextIO

from django.db import connection, transaction
from rich.console import Console

from folkmoot.archive.find import import_to_go_on
from folkmoot.archive.indexes import writing_on
from folkmoot.archive.intake import Asked, Columns, Format, PostFile, Reading, Reject, SeenPost, Work, read
from folkmoot.archive.models import ImportRun, Leftover
from folkmoot.archive.very_many import in_a_stream, learn_sizes
from folkmoot.casefile.record import SYSTEM
from folkmoot.cli.bar import FileBar
from folkmoot.cli.target import Target
from folkmoot.config.clock import now
from folkmoot.config.places import data_folder, only_one_of
from folkmoot.kernel.canonical import canonical_bytes, digest
from folkmoot.kernel.errors import BadInput
from folkmoot.steps.record_posts import BATCH, begin_import, finish_import, record_posts, rehearse
from folkmoot.steps.taking_posts import REFUSALS, Recorded

_KEPT = 1000  # rejected rows that are remembered
_LEARN_AFTER = {1, 8, 64}  # batches


@dataclass(frozen=True)
class Order:
    """What is to be imported: which file, how it is read, and where its posts go."""

    form: Format
    source: PostFile
    columns: Columns
    reading: Reading
    target: Target
    asked: Asked

    def work(self, *, skip: int = 0) -> Work:
        """Return what is to be read; the first `skip` rows are in."""
        return Work(self.source, self.reading, tuple(self.columns.values()), BATCH, skip, writing_on(connection))

    def mark(self) -> str:
        """Return the hash of the file and of how it is read: by it the same import is known; "" for a folder."""
        if not self.source.path.is_file():
            return ""
        how = {"format": self.form.word, "columns": self.columns, "file": self.reading.file_name}
        said = {"zone": self.reading.zone, "constant": str(self.reading.constant), "asked": repr(self.asked)}
        return digest(canonical_bytes({"content": content_hash(self.source.path), **how, **said}))


@dataclass
class Taken:
    """What came of an import; `run` is `None` when nothing was written."""

    run: ImportRun | None = None
    went_on_after: int = 0  # rows that an earlier import, cut short, had brought
    came: Recorded = field(default_factory=Recorded)  # counted, of this time
    rejects: list[Reject] = field(default_factory=list)
    more_rejects: int = 0
    aside: Counter[str] = field(default_factory=Counter)

    @property
    def rejected(self) -> int:
        """How many rows were not taken."""
        return len(self.rejects) + self.more_rejects

    def reject(self, found: Reject, written_to: TextIO | None) -> None:
        """Remember a row that was not taken, and write it down where a file was given."""
        if written_to:
            csv.writer(written_to).writerow([found.line, found.reason, repr(found.raw) if found.raw else ""])
        if len(self.rejects) < _KEPT:
            self.rejects.append(found)
        else:
            self.more_rejects += 1


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def take_in(order: Order, *, rejects: Path | None, at: datetime) -> Taken:
    """Record every post; nothing is made before the first one is read.

    Where the same import was cut short, what it had brought is passed over. Raises `BadInput` while the same import
    runs in another process: to the archive it would look as one that was cut short.
    """
    mark, target = order.mark(), order.target
    place = target.place.name if target.place else target.name
    alone = digest(canonical_bytes({"mark": mark, "place": place}))
    with only_one_of(data_folder(), "import", alone) as is_free:
        if mark and not is_free:
            raise BadInput(
                "This file is being imported there at this moment, by another process. Wait until that is done: the "
                "same file again does no harm then.",
                field="file",
            )
        return _take_in(order, mark, rejects=rejects, at=at)


def _take_in(order: Order, mark: str, *, rejects: Path | None, at: datetime) -> Taken:
    taken = Taken()
    if order.target.place:
        taken.run = import_to_go_on(order.target.place, mark=mark)
    with ExitStack() as stack:
        written_to = stack.enter_context(_created(rejects)) if rejects else None
        found = stack.enter_context(closing(read(order.work(skip=taken.run.done if taken.run else 0))))
        bar = stack.enter_context(_bar(order.source))
        stack.enter_context(_undisturbed())
        if taken.run:
            _remember(taken, taken.run, written_to)
        done, brought, waiting = taken.went_on_after, 0, list[Reject]()
        for batch in found:
            taken.aside = batch.aside
            refused = [one for one in batch.rows if isinstance(one, Reject)]
            if batch.rows and not batch.is_in:
                posts = [one for one in batch.rows if isinstance(one, SeenPost)]
                waiting += refused
                done += len(batch.rows)
                if posts or taken.run:
                    taken.run = taken.run or _begin(order, mark, at=at)
                    if not brought:  # what was begun is on the disk
                        stack.enter_context(in_a_stream())
                    came = record_posts(taken.run, posts, rejects=waiting, done=done, at=at)
                    refused += came.refused
                    waiting = []
                    brought += 1
                    if brought in _LEARN_AFTER:
                        learn_sizes()
            for one in sorted(refused):
                taken.reject(one, written_to)
            del waiting[_KEPT:]
            bar.show(done, completed=batch.bytes)
    if taken.run is not None:
        taken.run.refresh_from_db()
        total = max(taken.run.rejected, taken.rejected)
        taken.run = finish_import(taken.run, rejected=total, by=SYSTEM, at=now())
    return taken


def rehearse_in(order: Order, *, rejects: Path | None, at: datetime) -> Taken:
    """Say what `take_in` would do; nothing is written."""
    taken, rows = Taken(), 0
    with ExitStack() as stack:
        written_to = stack.enter_context(_created(rejects)) if rejects else None
        found = stack.enter_context(closing(read(order.work())))
        bar = stack.enter_context(_bar(order.source))
        for batch in found:
            taken.aside = batch.aside
            posts = [one for one in batch.rows if isinstance(one, SeenPost)]
            came = rehearse(order.target.place, posts, at=at)
            taken.came.new += came.new
            taken.came.known += came.known
            taken.came.changed += came.changed
            for one in sorted([*came.refused, *(one for one in batch.rows if isinstance(one, Reject))]):
                taken.reject(one, written_to)
            rows += len(batch.rows)
            bar.show(rows, completed=batch.bytes)
    return taken


def _remember(taken: Taken, run: ImportRun, written_to: TextIO | None) -> None:
    """Remember what `run`, which was cut short, brought, and what of that the archive could not take."""
    taken.went_on_after = run.done
    of_the_archive = Leftover.objects.filter(run=run, post=None, reason__in=[reason[:300] for reason in REFUSALS])
    for line, reason in of_the_archive.order_by("pk").values_list("line", "reason"):
        taken.reject(Reject(line, reason), written_to)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Look for rubbish less often: every batch is thousands of objects, and none of them is rubbish before its end."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def _begin(order: Order, mark: str, *, at: datetime) -> ImportRun:
    with transaction.atomic():  # an organisation, its place and its first import come into being together
        place = order.target.make(at=at)
        name = order.source.path.name
        return begin_import(place, file_name=name, file_format=order.form.word, mark=mark, by=SYSTEM, at=at)


def _created(path: Path) -> TextIO:
    try:
        file = path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.", field="rejects") from None
    csv.writer(file).writerow(["line", "reason", "bytes"])
    return file


def _bar(source: PostFile) -> FileBar:
    return FileBar(source.path.name, source.size, counts="rows", seen=Console(stderr=True).is_terminal)
