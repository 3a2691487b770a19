"""Reads docs/policy-trace.md: rows, and the parts of each, with the pages and tests that they name."""

import re
from dataclasses import dataclass

from tests.places import PROJECT

TRACE = PROJECT / "docs" / "policy-trace.md"
LATER = "*Not yet, later work"
_ROW = re.compile(r"^### (?P<head>.+?)(?: · (?P<title>.+))?$")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
_PAGE = re.compile(r"`(/[^`\s]*)`")
_COMMAND = re.compile(r"`\./folkmoot ([a-z -]+)`")
_GLANCE = re.compile(r"^- \*\*(whole|in part|not yet)\*\*(?: \((\d+)\))?: (.+)$")


@dataclass(frozen=True)
class Part:
    """One thing that a row asks for: it works, with a test that shows it, or it is later work."""

    text: str

    @property
    def is_later(self) -> bool:
        """Whether it does not work yet."""
        return self.text.startswith(LATER)

    @property
    def tests(self) -> list[tuple[str, str]]:
        """The tests it names, as file and function."""
        return _TEST.findall(self.text)

    @property
    def pages(self) -> list[str]:
        """The addresses it names, such as /o/<slug>/report/."""
        return _PAGE.findall(self.text)

    @property
    def commands(self) -> list[str]:
        """The commands it names, without ./folkmoot."""
        return _COMMAND.findall(self.text)


@dataclass(frozen=True)
class Row:
    """One row of what the policy, or the law, asks for."""

    head: str
    parts: tuple[Part, ...]

    @property
    def standing(self) -> str:
        """How much of it works: "whole", "in part" or "not yet"."""
        later = [part.is_later for part in self.parts]
        return "not yet" if all(later) else "in part" if any(later) else "whole"


def read() -> list[Row]:
    """Return the rows in their order."""
    rows: list[tuple[str, list[str]]] = []
    for line in TRACE.read_text(encoding="utf-8").splitlines():
        if found := _ROW.match(line):
            rows.append((found["head"], []))
        elif line.startswith("#"):
            continue
        elif rows and line.startswith("- "):
            rows[-1][1].append(line.removeprefix("- "))
        elif rows and line.startswith("  "):
            rows[-1][1][-1] += f" {line.strip()}"
        elif rows and line:
            raise ValueError(f"This belongs to no part of a row: {line}")
    return [Row(head, tuple(map(Part, parts))) for head, parts in rows]


def at_a_glance() -> dict[str, list[str]]:
    """Return the rows by how much of them works, as the list at the top of the document says it."""
    lines = TRACE.read_text(encoding="utf-8").replace("\n  ", " ").splitlines()
    found = [match for line in lines if (match := _GLANCE.match(line))]
    return {match[1]: [head.strip() for head in match[3].rstrip(".").split(";")] for match in found}
