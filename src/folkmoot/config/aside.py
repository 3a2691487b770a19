"""Work that takes much memory for a moment is done in a process of its own, which takes it along when it ends."""

import multiprocessing
from collections.abc import Callable

from django.db import connections

from folkmoot.config.parent import be_called, end_with_parent

_forking = multiprocessing.get_context("fork")


def aside(work: Callable[[], None]) -> int:
    """Do `work` in a forked process, wait for it, and return its status: 0, what it ended with, or minus a signal.

    Not within a transaction: both processes connect to the database anew.
    """
    connections.close_all()
    process = _forking.Process(target=_begin, args=(work,))
    process.start()
    process.join()
    return process.exitcode or 0


def _begin(work: Callable[[], None]) -> None:
    end_with_parent()
    be_called("folkmoot-aside")
    work()
