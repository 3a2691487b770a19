"""Work that takes much memory for a moment is done in a process of its own, which takes it along when it ends."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.process import BaseProcess

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


def beside(name: str, work: Callable[[], None]) -> BaseProcess:
    """Begin `work` in a forked process that `ps` shows under `name`, and go on; it ends with this one.

    Not within a transaction: both processes connect to the database anew.
    """
    connections.close_all()
    process = _forking.Process(target=_begin, args=(work, name), daemon=True)
    process.start()
    return process


def _begin(work: Callable[[], None], name: str = "folkmoot-aside") -> None:
    end_with_parent()
    be_called(name)
    work()
