"""How far a file is, how fast it goes, and how long it still takes: in a terminal, on standard error."""

import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from folkmoot.cli.checking.answers import for_people, is_terminal


class Bar:
    """A bar that moves with the bytes of a file; nothing at all where nobody would see it."""

    def __init__(self, file: Path) -> None:
        # where answers are shown in the same terminal, they move on by themselves
        self._bar = None if for_people() or not is_terminal(sys.stderr) else _made(file)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def show(self, size: int, *, texts: int) -> None:
        """Move it on by so many bytes; so many texts are done in all."""
        if self._bar:
            task = self._bar.tasks[0]
            self._bar.update(task.id, advance=size, texts=texts, rate=texts / (task.elapsed or 0.001))


def _made(file: Path) -> Progress:
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[texts]:,} texts, {task.fields[rate]:,.0f}/s"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    total = file.stat().st_size if file.is_file() else None  # nobody knows how long standard input is
    bar.add_task("standard input" if str(file) == "-" else file.name, total=total or None, texts=0, rate=0.0)
    return bar
