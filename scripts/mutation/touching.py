"""Finds out which tests run which lines of a package: all quick tests once, each watched by coverage.py."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import coverage
import pytest

PROJECT = Path(__file__).resolve().parents[2]
QUICK = "not (browser or journey or kill or soak or data or slow)"
_ABOVE = 8  # lines: where the line of a longer statement has no name of its own, that of its beginning


@dataclass(frozen=True)
class Touched:
    """Which tests run which line, by the module's name and the line's number, and the seconds that each test takes."""

    tests: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]

    def only(self, there: Set[str]) -> "Touched":
        """Return the same of those tests alone that are still there."""
        kept = {
            module: {line: [one for one in tests if one in there] for line, tests in lines.items()}
            for module, lines in self.tests.items()
        }
        return Touched(kept, self.seconds)

    def of(self, module: str, line: int) -> list[str]:
        """Return the tests that run the line, those first that run most of the module, and of these the quickest.

        Nothing for what runs when the module is imported.
        """
        lines = self.tests.get(module, {})
        found = next((lines[one] for one in range(line, line - _ABOVE, -1) if lines.get(one)), [])
        much = Counter(chain.from_iterable(lines.values())) if found else Counter()
        return sorted(found, key=lambda one: (-much[one], self.seconds.get(one, 0.0)))


def touched(package: str, state: Path) -> Touched:
    """Return what was found out before, or watch all tests, as many processes at a time as there are processors."""
    kept = state / f"touched-{package}.json"
    if not kept.exists():
        print("Which tests run which lines: all quick tests, once.", flush=True)
        parts = os.cpu_count() or 1
        with tempfile.TemporaryDirectory(prefix="folkmoot-touched-") as folder:
            results = [Path(folder) / f"{part}.json" for part in range(parts)]
            running = [_started(package, result, part, parts) for part, result in enumerate(results)]
            statuses = [one.wait() for one in running]
            if set(statuses) - {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
                said = [result.with_suffix(".said").read_text()[-4000:] for result in results]
                raise SystemExit("\n".join(["The tests did not run:", *said]))
            found = _together(json.loads(result.read_text()) for result in results)
        state.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(found))
    read = json.loads(kept.read_text())
    lines = {name: {int(line): tests for line, tests in of_it.items()} for name, of_it in read["tests"].items()}
    return Touched(lines, read["seconds"])


def _started(package: str, result: Path, part: int, parts: int) -> subprocess.Popen[bytes]:
    scratch = result.with_suffix("")
    scratch.mkdir()
    ours = {"PYTHONPATH": "src:.", "TMPDIR": str(scratch), "DJANGO_SETTINGS_MODULE": "folkmoot.config.settings"}
    command = [sys.executable, __file__, package, str(result), str(part), str(parts)]
    with result.with_suffix(".said").open("w") as said:
        return subprocess.Popen(command, cwd=PROJECT, env=os.environ | ours, stdout=said, stderr=said)


def _together(parts: Iterator[dict[str, dict]]) -> dict[str, dict]:  # type: ignore[type-arg]
    tests: dict[str, dict[str, list[str]]] = {}
    seconds: dict[str, float] = {}
    for part in parts:
        seconds |= part["seconds"]
        for name, lines in part["tests"].items():
            for line, found in lines.items():
                tests.setdefault(name, {}).setdefault(line, []).extend(found)
    return {"tests": tests, "seconds": seconds}


class _Watching:
    """For pytest: tells coverage.py whose lines are run now, and takes the time."""

    def __init__(self, watch: coverage.Coverage) -> None:
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()
        self._watch = watch

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Run one test under its own name."""
        began = time.monotonic()
        self._watch.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self._watch.switch_context("")
            self.seconds[item.nodeid] = round(time.monotonic() - began, 3)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember what fails without any change, as tests of two at once do while they are watched."""
        if report.failed:
            self.failed.add(report.nodeid)


def _watch(package: str, result: Path, part: int, parts: int) -> int:
    folder = PROJECT / "src" / "folkmoot" / package
    watch = coverage.Coverage(data_file=None, source=[str(folder)], config_file=False)
    watching = _Watching(watch)
    files = sorted(PROJECT.glob("tests/*/**/test_*.py"), key=lambda file: file.stat().st_size, reverse=True)
    watch.start()
    status = pytest.main(
        ["-q", "-m", QUICK, "-p", "no:cacheprovider", *map(str, files[part::parts])],
        plugins=[watching],
    )
    watch.stop()
    data = watch.get_data()
    tests = {
        Path(file).stem: {
            line: [one for one in names if one and one not in watching.failed]
            for line, names in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }
    result.write_text(json.dumps({"tests": tests, "seconds": watching.seconds}))
    return int(status)


if __name__ == "__main__":
    sys.exit(_watch(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
