"""Tries changes: each in a process of its own, in a copy of the project, with the tests that belong to the module."""

import copy
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[2]
_NOT_COPIED = (".*", "__pycache__", "var", "node_modules", "dist", "pictures", "screens")


@dataclass(frozen=True)
class Tests:
    """How the tests of a package are run: pytest's arguments, and the seconds after which no further test begins."""

    arguments: tuple[str, ...]
    seconds: int
    database: bool


class Tree:
    """A copy of the project with at most one change in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.changed = folder, False
        shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns(*_NOT_COPIED))

    def again(self, folder: Path) -> "Tree":
        """Return another copy in `folder`, with what Python has compiled in this one."""
        other = copy.copy(self)
        other.folder = folder
        shutil.copytree(self.folder, folder)
        return other

    def write(self, file: Path, code: str) -> None:
        """Put `code` where the project has `file`."""
        self.changed = True
        (self.folder / file.relative_to(PROJECT)).write_text(code)


class _Bounded:
    """For pytest: begins no further test when the time is up, and starts from a database that is there already."""

    def __init__(self, seconds: int, template: Path | None) -> None:
        self._until = time.monotonic() + seconds
        self._template = template

    def pytest_sessionstart(self) -> None:
        """Put the database with all tables where the tests look for theirs, or let them make it."""
        if self._template is not None and self._template.exists():
            shutil.copyfile(self._template, _database())

    def pytest_sessionfinish(self) -> None:
        """Keep the database of the first run for those after it."""
        if self._template is not None and not self._template.exists():
            with sqlite3.connect(_database()) as source, sqlite3.connect(self._template) as kept:
                source.backup(kept)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """Leave the test out when the time is up."""
        del item
        return True if time.monotonic() > self._until else None


def start(tree: Tree, tests: Tests, files: Iterable[str], template: Path, output: Path) -> int:
    """Start the tests `files` (paths from the project's root) in `tree`, and return the process's number."""
    number = os.fork()
    if number:
        return number
    status = 70
    try:
        signal.alarm(max(120, 4 * tests.seconds))  # a change can let something run for ever: then this ends it
        status = _run(tree, tests, files, template, output)
    finally:
        os._exit(status)


def ended(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield each of these processes that has ended with its status (negative: the signal), waiting for one."""
    for number in numbers:
        found, status = os.waitpid(number, os.WNOHANG)
        if found:
            yield number, os.waitstatus_to_exitcode(status)


def warm(database: bool) -> None:
    """Import once what every process needs and no change touches."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # the tests name what they need
    for name in ("hypothesis.strategies", "hypothesis.internal.conjecture.engine", "holidays.countries.united_kingdom"):
        __import__(name)
    if database:
        for name in (
            "django.test",
            "django.contrib.auth",
            "pytest_django.plugin",
            "playwright.sync_api",
            "pydantic",
            "nh3",
        ):
            __import__(name)


def _run(tree: Tree, tests: Tests, files: Iterable[str], template: Path, output: Path) -> int:
    with output.open("w") as sink:
        os.dup2(sink.fileno(), 1)
        os.dup2(sink.fileno(), 2)
    os.chdir(tree.folder)
    sys.path[:0] = [str(tree.folder / "src"), str(tree.folder)]
    sys.dont_write_bytecode = tree.changed  # what was compiled from a change must not be found by the next one
    with tempfile.TemporaryDirectory(dir=template.parent) as scratch:
        os.environ |= {"TMPDIR": scratch, "HOME": scratch, "PYTHONPATH": f"{tree.folder / 'src'}:{tree.folder}"}
        tempfile.tempdir = scratch
        steady()
        bounded = _Bounded(tests.seconds, template if tests.database else None)
        return int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", *tests.arguments, *files], plugins=[bounded]))


def steady() -> None:
    """Let Hypothesis try the same examples each time, however slow the machine is."""
    from hypothesis import HealthCheck, Phase, settings  # noqa: PLC0415  only here, after the copy is in the path

    few: dict[str, Any] = {"phases": (Phase.explicit, Phase.generate), "suppress_health_check": list(HealthCheck)}
    settings.register_profile("mutants", derandomize=True, database=None, deadline=None, **few)
    settings.load_profile("mutants")


def _database() -> str:
    from django.conf import settings  # noqa: PLC0415  the settings of the copy

    return str(settings.DATABASES["default"]["TEST"]["NAME"])
