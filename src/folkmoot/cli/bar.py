"""How far a file is, how fast it goes, and how long it still takes: in a terminal, on standard error."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


class FileBar(Progress):
    """A bar that moves with the bytes of a file, and counts what was in it; nothing where it is not `seen`."""

    def __init__(self, name: str, total: int | None, *, counts: str, seen: bool) -> None:
        super().__init__(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn(f"{{task.fields[done]:,}} {counts}, {{task.fields[rate]}}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not seen,
            transient=True,
        )
        self._task = self.add_task(name, total=total, done=0, rate="")

    def show(self, done: int, *, completed: float | None = None, advance: float | None = None) -> None:
        """Show that so much is done, and move on: to so many bytes, or by so many."""
        rate = f"{done / (self.tasks[0].elapsed or 0.001):,.0f}/s"
        self.update(self._task, completed=completed, advance=advance, done=done, rate=rate)
