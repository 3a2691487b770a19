"""docs/security.md: every chapter of the standard, and every line with a test that there is, or with its reason."""

import ast
import re
from functools import cache

from tests.places import PROJECT

DOCUMENT = (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
WITHOUT_A_TEST = ("*Not in reach*: ", "*Falls short*: ", "There is none.")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_chapter_of_the_standard_is_there_once_and_in_its_order() -> None:
    assert [int(number) for number in re.findall(r"^### V(\d+) ", DOCUMENT, re.MULTILINE)] == list(range(1, 15))


def test_every_line_names_a_test_or_says_why_there_is_none() -> None:
    without = [line for line in lines() if not _TEST.search(line) and not line.startswith(WITHOUT_A_TEST)]
    assert without == []
    assert len(lines()) > 70


def test_every_test_that_is_named_exists() -> None:
    named = _TEST.findall(DOCUMENT)
    assert len(named) == DOCUMENT.count(".py::") > 90
    assert [f"{file}::{name}" for file, name in named if name not in functions(file)] == []


def lines() -> list[str]:
    """Return the lines of the list, each in one piece."""
    listed = DOCUMENT.partition("\n### V1 ")[2].replace("\n  ", " ")
    return [line.removeprefix("- ") for line in listed.splitlines() if line.startswith("- ")]


@cache
def functions(file: str) -> frozenset[str]:
    """Return the names of the functions in a file of tests; none where it is not there."""
    path = PROJECT / file
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.parse("")
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
