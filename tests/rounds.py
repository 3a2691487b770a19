"""Remembers how far a long test has come, so that it goes on there when it was stopped: one small file.

It lies in the folder that `SOAK_STATE` names, else in `var/soak` of the project. Delete it to begin anew.
"""

import json
import os
from pathlib import Path
from typing import Any

from tests.places import PROJECT


class Rounds:
    """The rounds of one long test that are done, each with what came of it."""

    def __init__(self, name: str, *, wanted: int) -> None:
        self.wanted = wanted
        self._file = Path(os.environ.get("SOAK_STATE") or PROJECT / "var" / "soak") / f"{name}.json"
        self.done: list[dict[str, Any]] = json.loads(self._file.read_text()) if self._file.exists() else []

    @property
    def left(self) -> range:
        """Return the numbers of the rounds that are still to do."""
        return range(len(self.done), self.wanted)

    def add(self, **found: Any) -> None:
        """Remember a round that went well; whole or not at all."""
        self.done.append(found)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(self.done, indent=1))
        fresh.replace(self._file)

    def total(self, what: str) -> int:
        """Return the sum of one count over all rounds."""
        return sum(found[what] for found in self.done)

    def forget(self) -> None:
        """Begin anew the next time."""
        self._file.unlink(missing_ok=True)
