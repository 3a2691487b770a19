"""Several processes that judge at the same time; what comes back is in the order in which it was given."""

import multiprocessing
from collections import deque
from collections.abc import Generator, Iterable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from folkmoot.cli.backtests.judging import Judged, begin, judge
from folkmoot.kernel.errors import NotReady

T = TypeVar("T")
_AHEAD = 3  # pieces for each process that wait, so that none stands idle and memory stays bounded


def judged(
    pieces: Iterable[tuple[T, Sequence[str]]], *, processes: int, lists: Mapping[str, Sequence[str]]
) -> Generator[tuple[T, Judged]]:
    """Yield, for each piece of work, what goes with it and what came of its texts; close it, and all processes end.

    Raises `NotReady` when a process was ended by the system.
    """
    # not a fork: a copy of this process would hold its database
    pool = ProcessPoolExecutor(
        processes, mp_context=multiprocessing.get_context("spawn"), initializer=begin, initargs=(dict(lists),)
    )
    waiting: deque[tuple[T, Future[Judged]]] = deque()
    try:
        for what, texts in pieces:
            waiting.append((what, pool.submit(judge, texts)))
            if len(waiting) >= _AHEAD * processes:
                yield _first(waiting)
        while waiting:
            yield _first(waiting)
    except BrokenProcessPool:
        raise NotReady(
            "A process that judged was ended by the system: there may be too little memory. Try again with "
            "--processes 1."
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _first(waiting: "deque[tuple[T, Future[Judged]]]") -> tuple[T, Judged]:
    what, coming = waiting.popleft()
    return what, coming.result()
