"""Changes one thing at a time in the procedure, or in the steps, and counts how often the tests notice.

    scripts/mutation/main.py procedure              every change of cosmic-ray's operators
    scripts/mutation/main.py steps [--number 300]   so many places, drawn with a fixed seed, one change each

Goes on where it was stopped: what is known lies in `var/soak`, or where `SOAK_STATE` says. Exit status 1 when the
tests notice fewer than 85 of 100, not counting those of which `alike.txt` explains why nobody could.
"""

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from subprocess import PIPE
from threading import Lock

import pytest
from mutants import Mutant, drawn, mutants
from touching import Touched, touched
from trying import PROJECT, Tests, Tree, ended, start, warm

WANTED = 0.85
# What the tests' exit status says. An error while they are collected is a change that cannot be imported.
OUTCOMES = {
    int(pytest.ExitCode.OK): "missed",
    int(pytest.ExitCode.TESTS_FAILED): "noticed",
    int(pytest.ExitCode.INTERRUPTED): "noticed",
    -int(signal.SIGALRM): "endless",
}
SEED = 2026
FORM = "tests/steps/test_form.py"  # reads the source itself, of any step
ENOUGH = 20.0  # seconds of tests, for those near to the change and for the others
ALIKE = Path(__file__).with_name("alike.txt")
STATE = Path(os.environ.get("SOAK_STATE") or PROJECT / "var" / "soak")
_PURE = ("--noconftest", "-c", "scripts/mutation/pure.ini", "--rootdir", ".", "--import-mode=importlib")
_QUICK = "not (browser or journey or kill or soak or data)"
TESTS = {
    "procedure": Tests(_PURE, seconds=30, database=False),
    "steps": Tests(
        ("-p", "pytest_django.plugin", "-p", "xdist.plugin", "--reuse-db", "-m", _QUICK), seconds=90, database=True
    ),
}


class Known:
    """What came of the changes that were tried: "noticed", "endless" or "missed", by their keys."""

    def __init__(self, package: str) -> None:
        self._file = STATE / f"mutants-{package}.json"
        self.elsewhere: set[str] = set()  # not to be tried swiftly
        self.by_key: dict[str, str] = json.loads(self._file.read_text()) if self._file.exists() else {}

    def add(self, key: str, what: str) -> None:
        """Remember one; whole or not at all."""
        self.by_key[key] = what
        STATE.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(self.by_key, indent=0))
        fresh.replace(self._file)


def main() -> int:
    """Try what is not known yet, say what the tests missed, and return the exit status."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("package", choices=TESTS)
    asked.add_argument("--number", type=int, default=300, help="how many places of the steps")
    asked.add_argument("--again", action="store_true", help="try those once more that the tests missed")
    asked.add_argument("--seconds", type=int, help="for how long tests begin for one change (steps: 90, procedure: 30)")
    given = asked.parse_args()
    tests = replace(TESTS[given.package], seconds=given.seconds or TESTS[given.package].seconds)
    chosen = mutants(PROJECT / "src" / "folkmoot" / given.package)
    if given.package == "steps":
        chosen = drawn(chosen, given.number, seed=SEED)
    known = Known(given.package)
    done = {key for key, what in known.by_key.items() if what != "missed" or not given.again}
    left = [mutant for mutant in chosen if mutant.key not in done]
    random.Random(SEED).shuffle(left)  # noqa: S311  so what is known half-way speaks for all of it
    if tests.database and left:
        touched(given.package, STATE)
        try_swiftly(given.package, left, known)
        left = [one for one in left if one.key in known.elsewhere or known.by_key[one.key] == "missed"]
    try_all(given.package, tests, left, known)
    return conclude(given.package, chosen, known)


def try_swiftly(package: str, left: list[Mutant], known: Known) -> None:
    """Try those that are inside functions, in as many processes as there are processors (`swift.py`)."""
    parts, began, lock = os.cpu_count() or 1, time.monotonic(), Lock()

    def one(part: int) -> None:
        with tempfile.TemporaryDirectory(prefix="folkmoot-swift-") as scratch:
            keys = Path(scratch) / "keys"
            keys.write_text("\n".join(mutant.key for mutant in left[part::parts]))
            ours = {"PYTHONPATH": "src:.", "TMPDIR": scratch, "DJANGO_SETTINGS_MODULE": "tests.settings"}
            command = [sys.executable, "scripts/mutation/swift.py", package, str(STATE), str(keys)]
            process = subprocess.Popen(command, cwd=PROJECT, env=os.environ | ours, stdout=PIPE, text=True)
            for line in process.stdout or ():
                if line.startswith("= "):
                    note(*line.split()[1:])
            if process.wait():
                raise SystemExit("The tests that were to try changes swiftly did not run.")

    def note(key: str, what: str) -> None:
        if what in OUTCOMES.values():
            with lock:
                known.add(key, what)
        elif what == "elsewhere":
            known.elsewhere.add(key)
        else:
            raise SystemExit(f"The tests did not run for a change ({what}).")

    with ThreadPoolExecutor(parts) as pool:
        list(pool.map(one, range(parts)))
    print(f"{len(left)} tried inside functions, {time.monotonic() - began:.0f} s", flush=True)


def try_all(package: str, tests: Tests, left: list[Mutant], known: Known) -> None:
    """Try each of `left`, as many at a time as there are processors."""
    began, total = time.monotonic(), len(left)
    watched = touched(package, STATE) if left and tests.database else None
    warm(tests.database)
    with tempfile.TemporaryDirectory(prefix="folkmoot-mutants-") as name:
        folder = Path(name)
        first = Tree(folder / "first")
        there = first_run(package, first, folder)
        seen = watched.only(there) if watched else None
        free = [first.again(folder / str(place)) for place in range(os.cpu_count() or 1)]
        running: dict[int, tuple[Tree, Mutant, list[str]]] = {}
        while left or running:
            while left and free:
                mutant, tree = left.pop(0), free.pop()
                tree.write(mutant.file, mutant.code)
                missed = known.by_key.get(mutant.key) == "missed" and tests.database  # by all but those of the source
                nearest, others = ([FORM], []) if missed else tests_of(package, mutant, seen)
                running[start(tree, tests, nearest, folder / "template", output_of(tree))] = tree, mutant, others
            for number, status in list(ended(running)):
                tree, mutant, others = running.pop(number)
                if status == pytest.ExitCode.OK and others:
                    running[start(tree, tests, others, folder / "template", output_of(tree))] = tree, mutant, []
                    continue
                tree.write(mutant.file, mutant.file.read_text())
                free.append(tree)
                known.add(mutant.key, came_of(status, output_of(tree)))
                tried = total - len(left) - len(running)
                if tried % 50 == 0:
                    print(f"{tried} of {total} tried, {time.monotonic() - began:.0f} s", flush=True)
            time.sleep(0.02)


def came_of(status: int, output: Path) -> str:
    """Say what a run of the tests came to, or stop where it failed for another reason than the change."""
    if status in OUTCOMES:
        return OUTCOMES[status]
    said = output.read_text()
    if status == pytest.ExitCode.USAGE_ERROR and "while loading conftest" in said:
        return "noticed"  # the change cannot even be imported
    raise SystemExit(f"The tests did not run (status {status}):\n{said[-4000:]}")


def output_of(tree: Tree) -> Path:
    """Return where the tests in `tree` write what they say."""
    return tree.folder.with_suffix(".said")


def first_run(package: str, tree: Tree, folder: Path) -> set[str]:
    """Run tests without any change: they have to pass, and leave the database that the others start from.

    Return the names of all tests that there are.
    """
    files = ["tests/procedure"] if package == "procedure" else ["tests/steps/test_claim.py"]
    environment = os.environ | {"PYTHONPATH": "src:."}
    collect = [sys.executable, "-m", "pytest", "--collect-only", "-q", *TESTS[package].arguments, "tests"]
    collected = subprocess.run(  # which compiles them all, too
        collect, cwd=tree.folder, env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    number = start(tree, TESTS[package], files, folder / "template", output_of(tree))
    _, status = os.waitpid(number, 0)
    if status:
        raise SystemExit(f"The tests fail without any change:\n{output_of(tree).read_text()[-4000:]}")
    return set(collected.splitlines())


def tests_of(package: str, mutant: Mutant, seen: Touched | None) -> tuple[list[str], list[str]]:
    """Return what is run for a change: first of the test files that name its module, its own before all, then others.

    Where it was `seen` which tests run the line, it is those; else the files of the package.
    """
    ours = sorted((PROJECT / "tests" / package).glob("test_*.py"))
    module = mutant.file.stem
    named = re.compile(rf"\bfolkmoot\.{package}\.{module}\b|folkmoot\.{package} import [^\n]*\b{module}\b")
    naming = [file for file in sorted((PROJECT / "tests").rglob("test_*.py")) if named.search(file.read_text())]
    if package == "procedure":
        naming = [file for file in naming if file in ours]
    own = [file for file in ours if file.stem == f"test_{module}"]
    nearest = [_path(file) for file in dict.fromkeys([*own, *naming])]
    touching = seen.of(module, mutant.start[0]) if seen else []
    if touching:
        near = [one for file in nearest for one in touching if one.partition("::")[0] == file]
        far = [one for one in touching if one not in near]
        return _enough(near or far, seen), [FORM, *_enough(far, seen)] if near else [FORM]
    others = [_path(file) for file in ours if _path(file) not in nearest]
    if package == "procedure":
        return nearest or others, others if nearest else []
    return [FORM], nearest or others


def _enough(tests: list[str], seen: Touched | None) -> list[str]:
    """Return the first of `tests`, as many as take `ENOUGH` seconds on a machine that does nothing else."""
    taken = list(accumulate(seen.seconds.get(one, 0.0) for one in tests)) if seen else []
    return [one for one, until in zip(tests, taken, strict=True) if until <= ENOUGH] or tests[:1]


def _path(file: Path) -> str:
    return str(file.relative_to(PROJECT))


def conclude(package: str, chosen: list[Mutant], known: Known) -> int:
    """Write down what the tests missed, say the score, and return the exit status."""
    reasons, lines, explained = alike(), [], 0
    missed = [mutant for mutant in chosen if known.by_key[mutant.key] == "missed"]
    for mutant in missed:
        why = reasons.get(f"{mutant.file.name}: {mutant.said()}")
        explained += why is not None
        lines.append(f"{mutant.file.name}:{mutant.start[0]}: {mutant.said()}" + (f"  (alike: {why})" if why else ""))
    report = STATE / f"mutants-{package}.txt"
    STATE.mkdir(parents=True, exist_ok=True)
    report.write_text("\n".join(lines) + "\n")
    endless = sum(known.by_key[mutant.key] == "endless" for mutant in chosen)
    counted = len(chosen) - explained
    score = (len(chosen) - len(missed)) / counted if counted else 1.0
    print(
        f"{package}: {len(chosen)} changes, {len(chosen) - len(missed)} noticed ({endless} of them by no end), "
        f"{explained} alike by explanation, {len(missed) - explained} missed: {score:.1%} (wanted: {WANTED:.0%}). "
        f"What was missed: {report}"
    )
    return 0 if score >= WANTED else 1


def alike() -> dict[str, str]:
    """Return why a change cannot be noticed, by what is changed: each two lines of `alike.txt`, the second indented."""
    lines = [line for line in ALIKE.read_text().splitlines() if line and not line.startswith("#")]
    return {what: why.strip() for what, why in zip(lines[::2], lines[1::2], strict=True)}


if __name__ == "__main__":
    # Ended from outside, it still takes its copies along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
