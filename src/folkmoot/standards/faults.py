"""What can be wrong with a pack, said so that the person who wrote it can put it right."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One mistake in a pack: what is wrong and what to do about it.

    `file` is relative to the pack's folder, such as "clauses/F1.md" ("." is the folder itself), and `line`
    counts from 1.
    """

    file: str
    line: int
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} {self.hint}"


class PackFault(ValueError):
    """A pack cannot be used; `faults` holds everything that is wrong with it, never empty."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        self.name = name
        self.faults = tuple(faults)
        super().__init__("\n".join([f"The pack {name} cannot be used:", *map(str, self.faults)]))


class UnknownPack(LookupError):
    """No pack of this name is installed."""


@dataclass(slots=True)
class FaultList:
    """Gathers faults while a pack is read, so that all of them can be shown at once."""

    faults: list[Fault] = field(default_factory=list)

    def add(self, file: str, line: int, message: str, hint: str) -> None:
        """Note one mistake."""
        self.faults.append(Fault(file, line, message, hint))

    def in_order(self) -> list[Fault]:
        """Each fault once, by file and line."""
        return sorted(set(self.faults))
