"""Empty databases to measure on, and a process of its own for each measurement."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from bench.common.postgres import durable_postgresql
from tests.places import PROJECT
from tests.servers import clean_environment

Row = dict[str, Any]
DATABASES = ("sqlite", "postgresql", "both")


def databases(asked: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the name of each database that is `asked` for, and an environment in which it is empty; then clear up.

    SQLite comes first. Where there is no PostgreSQL, that is said.
    """
    path = {"PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}"}
    if asked in {"sqlite", "both"}:
        with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as folder:
            yield "sqlite", clean_environment(FOLKMOOT_DATA=folder) | path
    if asked in {"postgresql", "both"}:
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="folkmoot-bench-"))
            url = stack.enter_context(durable_postgresql())
            if url is None:
                print("There is no PostgreSQL here (on Debian and Ubuntu: apt install postgresql).", file=sys.stderr)
            else:
                yield "postgresql", clean_environment(FOLKMOOT_DATA=folder, DATABASE_URL=url) | path


def told(module: str, arguments: Sequence[str], environment: dict[str, str]) -> Iterator[Row]:
    """Yield each line of JSON that `module` prints, as it comes, run in a process of its own."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            yield json.loads(line)
    if process.returncode:
        raise SystemExit(f"{module} ended with status {process.returncode}; what went wrong stands above.")
