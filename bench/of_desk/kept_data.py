"""The databases that `bench/desk` measures on: filled once, kept in a folder, and each time a copy of it is used."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.common.postgres import kept_postgresql
from tests.places import PROJECT
from tests.servers import clean_environment

_FILLS = (
    "bench/of_desk/branch.py",
    "bench/of_desk/matters.py",
    "bench/of_desk/patterns.py",
    "bench/of_desk/copying.py",
)
"""Where it is written what a filled database holds: when that changes, it is filled anew."""


@dataclass(frozen=True)
class Filled:
    """A copy of a filled database, ready for a server of one's own: `folder` is the server's, with its data in it."""

    database: str
    folder: Path
    settings: dict[str, str]  # for the environment
    told: dict[str, Any]  # what `seeding` said: the organisation, who is signed in, which cases they can open

    @property
    def path(self) -> str:
        """Return where the organisation's rooms begin."""
        return f"/o/{self.told['slug']}"

    @property
    def postgres(self) -> int | None:
        """Return the process of the database's server, where it has one."""
        pid = self.folder / "postgres" / "data" / "postmaster.pid"
        return int(pid.read_text().split()[0]) if pid.exists() else None

    def environment(self) -> dict[str, str]:
        """Return the environment for a program on this data."""
        path = f"{PROJECT / 'src'}:{PROJECT}"
        return clean_environment(FOLKMOOT_DATA=str(self.folder / "data"), **self.settings) | {"PYTHONPATH": path}

    def run(self, module: str, *arguments: str) -> str:
        """Run one of our own modules on it, and return what it prints."""
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(command, env=self.environment(), stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{module} ended with status {done.returncode}; what went wrong stands above.")
        return done.stdout


@contextmanager
def filled(database: str, *, posts: int, cases: int, seed: int, kept: Path) -> Iterator[Filled | None]:
    """Yield a copy of the database with so much in it, filled now if it is not in `kept`; `None` without PostgreSQL."""
    name = f"{database}-{posts}-{cases}-{seed}-{_mark()}"
    original = kept / name
    if not (original / "told.json").exists():
        shutil.rmtree(original, ignore_errors=True)
        (original / "data").mkdir(parents=True)
        with _opened(database, original, {}) as empty:
            if empty is None:
                yield None
                return
            wanted = ("--posts", str(posts), "--cases", str(cases), "--seed", str(seed))
            told = empty.run("bench.of_desk.seeding", *wanted)
        (original / "told.json").write_text(told)
    told = json.loads((original / "told.json").read_text())
    with _opened(database, original, told) as whole:
        if whole is None:
            yield None
            return
        whole.run("bench.of_desk.ready")
    with tempfile.TemporaryDirectory(prefix="in-use-", dir=kept) as copies:
        Path(copies).chmod(0o711)  # for PostgreSQL's own account
        folder = Path(copies) / database
        subprocess.run(["cp", "-a", "--reflink=auto", str(original), str(folder)], check=True)
        with _opened(database, folder, told) as copy:
            yield copy


def cache_folder() -> Path:
    """Return where filled databases are kept unless somebody says otherwise: PostgreSQL's own account gets there."""
    return Path("/var/tmp") / f"folkmoot-bench-{os.getuid()}"  # noqa: S108  what is in it is nobody's secret


@contextmanager
def _opened(database: str, folder: Path, told: dict[str, Any]) -> Iterator[Filled | None]:
    settings = {"FOLKMOOT_CLOCK_SHIFT": str(_shift(told))} if told else {}
    with ExitStack() as running:
        if database == "postgresql":
            (folder / "postgres").mkdir(exist_ok=True)
            url = running.enter_context(kept_postgresql(folder / "postgres"))
            if url is None:
                print("There is no PostgreSQL here (on Debian and Ubuntu: apt install postgresql).", file=sys.stderr)
                yield None
                return
            settings["DATABASE_URL"] = url
        yield Filled(database, folder, settings, told)


def _shift(told: dict[str, Any]) -> int:
    """Return by how many seconds the clock is moved, so that it is the day on which nothing more is due."""
    return int((datetime.fromisoformat(told["now"]) - datetime.now(UTC)).total_seconds())


def _mark() -> str:
    said = b"".join((PROJECT / name).read_bytes() for name in _FILLS)
    return hashlib.sha256(said).hexdigest()[:10]
