"""A small sound pack that a test can damage."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from folkmoot.standards import Fault, check_pack

PACK_YAML = """\
name: our-rules
title: Our rules
description: How we treat each other.
lang: en-GB
in_force_from: 2024-03-01
parent: null
paraphrase: false
official_url: https://example.org/rules
headings:
  - prefix: A
    title: Manners
  - prefix: B
    title: Procedure
"""

GROUND = """\
---
code: A1
title: Be kind
scope: all
kind: ground
aimed_at: true
allowed: This budget is a disgrace.
not_allowed: You are a disgrace, Joss.
---

Be kind to people.
"""

ADVICE = """\
---
code: A2
title: Take your time
scope: closed
kind: advice
---

Sleep on it.

Then read it again.
"""

PROCEDURE = """\
---
code: B1
title: You are told
scope: public
kind: procedure
---

We tell you why.
"""


@dataclass(frozen=True)
class Workbench:
    """A pack in a temporary folder, sound until a test changes it."""

    folder: Path

    def write(self, file: str, text: str | bytes) -> None:
        """Put a file into the pack."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def change(self, file: str, old: str, new: str) -> None:
        """Replace a passage that must be there."""
        text = (self.folder / file).read_text(encoding="utf-8")
        assert old in text
        self.write(file, text.replace(old, new))

    def faults(self) -> list[Fault]:
        """Check the pack."""
        return check_pack(self.folder)

    def only_fault(self) -> Fault:
        """Check the pack, which must have exactly one fault."""
        faults = self.faults()
        assert len(faults) == 1, [str(fault) for fault in faults]
        return faults[0]


def assert_fault(fault: Fault, file: str, line: int, message: str, hint: str = "") -> None:
    """Compare a fault with its place, a pattern of its message and a part of its hint."""
    assert (fault.file, fault.line) == (file, line), str(fault)
    assert re.search(message, fault.message), str(fault)
    assert fault.hint
    assert hint in fault.hint, str(fault)


@pytest.fixture
def build(tmp_path: Path) -> Callable[[str], Workbench]:
    """Make a sound pack of this name beside the others of the test."""

    def make(name: str) -> Workbench:
        bench = Workbench(tmp_path / name)
        bench.write("pack.yaml", PACK_YAML.replace("our-rules", name))
        bench.write("clauses/A1.md", GROUND)
        bench.write("clauses/A2.md", ADVICE)
        bench.write("clauses/B1.md", PROCEDURE)
        return bench

    return make


@pytest.fixture
def bench(build: Callable[[str], Workbench]) -> Workbench:
    """Give a sound pack named our-rules."""
    return build("our-rules")
