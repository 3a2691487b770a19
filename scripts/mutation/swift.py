"""Tries changes inside functions swiftly: a process that has collected all tests forks, and the fork runs changed code.

    swift.py PACKAGE STATE KEYS     says of each change, whose key is a line of the file KEYS, what came of it

A change outside functions (a decorator, a default, a table) is none for this: then it says "elsewhere".
"""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import accumulate, zip_longest
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import pytest
from mutants import Mutant, mutants
from touching import PROJECT, QUICK, Touched, touched
from trying import steady

ENOUGH = 60.0  # seconds of tests for one change, as long as they took when they were watched
SLOW = 4.0  # seconds: one that takes longer costs more than it notices
LONGEST = 120  # seconds for one test, after which a change is said to let something run for ever


class Swift:
    """For pytest: collects as ever, and instead of running all tests runs those for each change, each in a fork."""

    def __init__(self, package: str, seen: Touched, wanted: Sequence[Mutant]) -> None:
        self._package, self._seen, self._wanted = package, seen, wanted
        self._failed = Path(os.environ["TMPDIR"]) / "failed"

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Set the database up with one test, then try one change after the other."""
        items = {item.nodeid: item for item in session.items}
        seen = self._seen.only(set(items))
        first, second = [item for name, item in items.items() if name.startswith("tests/steps/test_claim.py")][:2]
        first.config.hook.pytest_runtest_protocol(item=first, nextitem=second)
        if session.testsfailed:
            raise pytest.UsageError("The tests fail without any change.")
        _close_database()
        for mutant in self._wanted:
            tests = [items[one] for one in self._tests(seen, mutant)]
            print(f"\n= {mutant.key} {self._tried(session, mutant, tests)}", flush=True)
        return True

    def _tests(self, seen: Touched, mutant: Mutant) -> list[str]:
        own = f"tests/{self._package}/test_{mutant.file.stem}.py::"
        by_file: dict[str, list[str]] = {}
        touching = seen.of(mutant.file.stem, mutant.start[0])
        swift = [one for one in touching if seen.seconds.get(one, 0.0) <= SLOW]
        for one in swift or touching:
            if not one.startswith(own):
                by_file.setdefault(one.partition("::")[0], []).append(one)
        # Its own tests, then one of each file in turn: tests of one file are much alike in what they would notice.
        found = [one for one in touching if one.startswith(own)]
        found += [one for turn in zip_longest(*by_file.values()) for one in turn if one]
        taken = accumulate(seen.seconds.get(one, 0.0) for one in found)
        return [one for one, until in zip(found, taken, strict=True) if until <= ENOUGH] or found[:1]

    def _tried(self, session: pytest.Session, mutant: Mutant, items: list[pytest.Item]) -> str:
        changed = _changed(mutant, self._package)
        # How rows are locked shows only in a race: a test that reads the source says it, and here that stays as it is.
        if not changed or not items or "no_key=" in mutant.said():
            return "elsewhere"
        while True:
            status = self._fork(session, items, changed)
            if status == -signal.SIGALRM:
                return "endless"
            if status == 0:
                return "missed"
            name = self._failed.read_text() if self._failed.exists() else ""
            suspect = [item for item in items if item.nodeid == name]
            if status != 1 or not suspect:
                return f"broken-{status}"
            if self._fork(session, suspect, []) == 0:
                return "noticed"
            items = [item for item in items if item not in suspect]  # it fails without the change as well
            if not items:
                return "elsewhere"

    def _fork(self, session: pytest.Session, items: list[pytest.Item], changed: "Changes") -> int:
        self._failed.unlink(missing_ok=True)
        number = os.fork()
        if not number:
            status = 70
            try:
                status = self._run(session, items, changed)
            finally:
                os._exit(status)
        _, ended = os.waitpid(number, 0)
        return os.waitstatus_to_exitcode(ended)

    def _run(self, session: pytest.Session, items: list[pytest.Item], changed: "Changes") -> int:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        for function, code in changed:
            function.__code__ = code
        session.testsfailed = 0
        session._setupstate.teardown_exact(items[0])
        for item, following in zip(items, [*items[1:], None], strict=True):
            signal.alarm(LONGEST)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                self._failed.write_text(item.nodeid)
                return 1
        return 0


Changes = list[tuple[FunctionType, CodeType]]


def _changed(mutant: Mutant, package: str) -> Changes:
    """Return the functions that a change is in, with their changed code; nothing where it is not in functions alone."""
    module = import_module(f"folkmoot.{package}.{mutant.file.stem}")
    before = compile(mutant.file.read_text(), str(mutant.file), "exec")
    after = compile(mutant.code, str(mutant.file), "exec")
    if _bare(before) != _bare(after):
        return []
    old, new = dict(_functions(before)), dict(_functions(after))
    names = [name for name, code in new.items() if code != old.get(name)]
    live = dict(_live(module))
    outer = {name.partition(".<locals>")[0] for name in names}
    if not outer or not outer <= live.keys():
        return []
    return [(live[name], new[name]) for name in sorted(outer)]


def _bare(code: CodeType) -> tuple[object, ...]:
    """Return what a module does when it is imported, without what is inside its functions."""
    consts = tuple(
        (_bare(one) if "<locals>" not in one.co_qualname and one.co_flags & 3 == 0 else one.co_qualname)
        if isinstance(one, CodeType)
        else repr(one)
        for one in code.co_consts
    )
    return code.co_code, consts, code.co_names


def _functions(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one.co_qualname, one
            yield from _functions(one)


def _live(module: ModuleType) -> Iterator[tuple[str, FunctionType]]:
    """Yield the functions of a module and the methods of its classes, out of what is wrapped around them."""
    places: list[object] = [*vars(module).values()]
    while places:
        thing = places.pop()
        if isinstance(thing, type) and thing.__module__ == module.__name__:
            places += vars(thing).values()
            continue
        thing = getattr(thing, "fget", None) or getattr(thing, "func", None) or getattr(thing, "__func__", thing)
        while hasattr(thing, "__wrapped__"):
            thing = thing.__wrapped__
        if isinstance(thing, FunctionType) and thing.__module__ == module.__name__:
            yield thing.__qualname__, thing


def _close_database() -> None:
    from django.db import connections  # noqa: PLC0415  after pytest has set Django up

    connections.close_all()


def main() -> int:
    """Try what comes in."""
    package, state = sys.argv[1], Path(sys.argv[2])
    wanted = set(Path(sys.argv[3]).read_text().split())
    chosen = [mutant for mutant in mutants(PROJECT / "src" / "folkmoot" / package) if mutant.key in wanted]
    steady()
    arguments = ["-q", "-p", "no:cacheprovider", "--reuse-db", "-m", QUICK, "tests"]
    return int(pytest.main(arguments, plugins=[Swift(package, touched(package, state), chosen)]))


if __name__ == "__main__":
    sys.exit(main())
