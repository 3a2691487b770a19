"""A file of texts: read, judged and answered piece by piece, by several processes where it is long."""

import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from folkmoot.cli.bar import FileBar
from folkmoot.cli.checking.answers import CLEAN, FAILED, FLAGGED, for_people, is_terminal, processors, put
from folkmoot.cli.checking.chunks import Chunk, Judged, chunks
from folkmoot.cli.checking.crew import Crew
from folkmoot.cli.checking.readable import standard_input
from folkmoot.cli.words import warn

SHORT = 2  # chunks: fewer are judged here before another process would have started
SHOWN = 20  # lines that could not be read, said on standard error; the answer has all of them


@dataclass(frozen=True)
class Order:
    """What is asked for."""

    file: Path
    plain: bool  # each line a text, rather than JSON
    explain: bool = False
    workers: int | None = None  # as many as there are processors

    @property
    def name(self) -> str:
        """What the file is called to people."""
        return "standard input" if str(self.file) == "-" else self.file.name


@dataclass
class Tally:
    """What came of the file so far."""

    texts: int = 0
    flagged: int = 0
    unread: int = 0
    began: float = field(default_factory=time.monotonic)

    def said(self) -> str:
        """Return it in a sentence."""
        seconds = max(time.monotonic() - self.began, 0.001)
        unread = f", {self.unread:,} could not be read" if self.unread else ""
        return (
            f"{self.texts:,} texts checked, {self.flagged:,} flagged{unread} "
            f"({seconds:,.1f} s, {self.texts / seconds:,.0f} texts/s)."
        )


def check_file(order: Order) -> int:
    """Print what may be wrong with each text of a file, in its order, and return the status."""
    tally = Tally()
    with ExitStack() as stack:
        stream = stack.enter_context(_opened(order.file))
        bar = stack.enter_context(_bar(order.file))
        answer = import_module("folkmoot.cli.checking.shown").Listing().show if for_people() else None
        for came in _judged(chunks(stream), order, stack):
            for number, why in came.unread[: max(0, SHOWN - tally.unread)]:
                warn(f"{order.name}, line {number:,}: {why}")
            tally.unread += len(came.unread)
            tally.texts += len(came.answers) - len(came.unread)
            tally.flagged += came.flagged
            if answer:
                answer(came.answers)
            else:
                put(b"".join(came.answers))
            bar.show(tally.texts, advance=came.size)
    if tally.unread > SHOWN:
        warn(f"… and {tally.unread - SHOWN:,} more lines; the answer has all of them, with their numbers.")
    if is_terminal(sys.stderr):
        warn(tally.said())
    return FAILED if tally.unread else FLAGGED if tally.flagged else CLEAN


def _opened(file: Path) -> AbstractContextManager[BinaryIO]:
    return nullcontext(standard_input()) if str(file) == "-" else file.open("rb")


def _judged(found: Iterator[Chunk], order: Order, stack: ExitStack) -> Iterator[Judged]:
    """Yield what comes of each chunk; other processes are started only for what is long."""
    begin = list(islice(found, SHORT + 1))
    many = order.workers or processors()
    if many == 1 or len(begin) <= SHORT:
        judge = partial(import_module("folkmoot.cli.checking.judged").judged, plain=order.plain, explain=order.explain)
        yield from map(judge, chain(begin, found))
    else:
        options = ["plain"] * order.plain + ["explain"] * order.explain
        crew = stack.enter_context(Crew(many, options=options))
        yield from crew.in_order(chain(begin, found))


def _bar(file: Path) -> FileBar:
    return FileBar(
        "standard input" if str(file) == "-" else file.name,
        (file.stat().st_size or None) if file.is_file() else None,  # nobody knows how long standard input is
        counts="texts",
        # where answers are shown in the same terminal, they move on by themselves
        seen=is_terminal(sys.stderr) and not for_people(),
    )
