"""Runs the checks stage by stage: all of them, `fast`, `soak`, or pytest with the arguments given.

A stage that fails does not keep the later ones from running; the end lists what failed, and then comes one
summary line over all test runs, in pytest's own words. Exit status 1 when anything failed.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from counts import Counts
from marked import files_that_mark
from needs import install_needs, postgresql_folder
from postgres import private_server

APART = "browser or journey or kill"  # these start servers of their own
QUICK = f"not ({APART} or soak or data or slow or database)"
DEPLOYED = {"FOLKMOOT_URL": "https://folkmoot.example.org"}
ROOMS = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-logo'])"


@dataclass
class Result:
    """How one stage went."""

    name: str
    status: int
    seconds: float


class Run:
    """One run of the checks: its environment, its temporary folder, and what came out."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.results: list[Result] = []
        self.counts = Counts()
        self._environment = clean_environment(scratch)

    def stage(self, name: str, *command: str, **extra: str) -> None:
        """Run the environment's Python with the arguments `command`, its output passing through."""
        environment = self._environment | {"DJANGO_SETTINGS_MODULE": "folkmoot.config.settings"} | extra
        self.note(name, *self._timed(name, command, environment))

    def tests(self, name: str, *arguments: str, **extra: str) -> None:
        """Run pytest and count what it says; a selection without any test is no failure."""
        report = self.scratch / f"{len(self.results)}.xml"
        command = ("-m", "pytest", f"--junitxml={report}", *arguments)
        status, seconds = self._timed(name, command, self._environment | extra)
        self.counts.add(report)
        self.note(name, 0 if status == 5 else status, seconds)

    def note(self, name: str, status: int, seconds: float) -> None:
        """Remember how a stage went, and say it."""
        self.results.append(Result(name, status, seconds))
        print(f"──── {name}: {'well' if status == 0 else 'FAILED'}, {seconds:.1f} s", flush=True)

    def conclude(self) -> int:
        """List the stages, print the one summary line, and return the exit status."""
        print("\nStages:")
        for result in self.results:
            print(f"  {'well  ' if result.status == 0 else 'FAILED'} {result.seconds:7.1f} s  {result.name}")
        failed = [result.name for result in self.results if result.status]
        if failed:
            print(f"Failed: {', '.join(failed)}")
        print(self.counts.line(sum(result.seconds for result in self.results)), flush=True)
        return 1 if failed else 0

    def _timed(self, name: str, command: Sequence[str], environment: dict[str, str]) -> tuple[int, float]:
        print(f"\n──── {name}", flush=True)
        began = time.monotonic()
        status = subprocess.run([sys.executable, *command], env=environment, check=False).returncode
        return status, time.monotonic() - began


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for, and return the exit status."""
    with tempfile.TemporaryDirectory(prefix="folkmoot-checks-") as folder:
        run = Run(Path(folder))
        match arguments:
            case []:
                everything(run)
            case ["fast"]:
                lint(run)
                run.tests("quick tests", "-q", "-n", "2", "-m", QUICK)
            case ["soak", *rest]:
                install_needs()
                run.tests("long tests", "-n", "2", "-m", "soak", *rest)
                on_postgresql(run, "all tests on PostgreSQL", f"database and not ({APART})", "-n", "2")
                if not rest:
                    for package in ("procedure", "steps"):
                        name = f"changes of the {package} that the tests notice"
                        run.stage(name, "scripts/mutation/main.py", package)
            case _:
                run.tests("tests", *arguments)
        return run.conclude()


def everything(run: Run) -> None:
    """Run all that CI runs."""
    install_needs()
    lint(run)
    run.stage("types", "-m", "mypy")
    run.stage("migrations", "-m", "django", "makemigrations", "--check", "--dry-run")
    run.stage("deployment check", "-m", "django", "check", "--deploy", "--fail-level", "WARNING", **DEPLOYED)
    run.tests("tests on SQLite", "-q", "-n", "2", "-m", f"not ({APART} or soak)")
    # More than processors, for servers and letters are waited for; those that share a server stay together.
    together = ("-n", "3", "--dist", "loadgroup")
    browsers = "(browser or journey) and not (kill or soak)"
    journeys = files_that_mark("browser", "journey")
    run.tests("tests with browsers, journeys", "-q", *together, "-m", f"{browsers} and not passkey", *journeys)
    # Kills wait most of their time, so others run beside them. Chromium's pretended device gets lost beside another
    # Chromium, so passkeys come here, too. The servers of both are on SQLite.
    which = f"(postgresql and not (pages or {APART})) or kill or passkey"
    kills_first = "--no-loadscope-reorder"  # they take longest
    on_postgresql(run, "tests on PostgreSQL, that kill, and passkeys", which, *together, kills_first)


def lint(run: Run) -> None:
    """Run the checks that only read."""
    run.stage("ruff", "-m", "ruff", "check", ".")
    run.stage("formatting", "-m", "ruff", "format", "--check", ".")
    run.stage("rooms", "-c", ROOMS)


def on_postgresql(run: Run, name: str, which: str, *arguments: str) -> None:
    """Run these of the tests with a PostgreSQL server of our own for those that use the database."""
    programs = postgresql_folder()
    if programs is None:
        print(f"\n──── {name}: there is no PostgreSQL (on Debian and Ubuntu: apt install postgresql).")
        run.note(name, 1, 0)
        return
    with private_server(programs) as url:
        run.tests(name, "-q", *arguments, "-m", f"({which}) and not soak", DATABASE_URL=url)


def clean_environment(scratch: Path) -> dict[str, str]:
    """Return the environment for every stage: ours, and nothing that was set for a real server.

    What Python has compiled once it may keep beside the source, whatever it was told: some twenty processes read all
    the tests, and hundreds start the software.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FOLKMOOT_", "DJANGO_"))
        and name not in {"DATABASE_URL", "MAIL_URL", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE"}
    }
    if shared := os.environ.get("FOLKMOOT_SHARED"):
        kept["FOLKMOOT_SHARED"] = shared
    home = os.environ.get("HOME") or str(scratch)
    ours = {"PYTHONPATH": str(Path("src").resolve()), "HOME": home, "FOLKMOOT_DATA": str(scratch / "data")}
    return kept | ours


if __name__ == "__main__":
    # Ended from outside, it still takes its PostgreSQL along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
