"""How far a back-test is: in a terminal, on standard error; nothing where nobody would see it."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from folkmoot.cli.words import for_programs


class Bar:
    """A bar that moves with each post."""

    def __init__(self, posts: int) -> None:
        self._bar: Progress | None = None
        if sys.stderr is not None and sys.stderr.isatty() and not for_programs():
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("Posts", total=posts)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def show(self, posts: int) -> None:
        """Move it on by so many posts."""
        if self._bar:
            self._bar.update(self._task, advance=posts)
