"""Real servers for tests: `./run` without its shell, on a free port and a data folder of their own.

A server whose folder is empty starts from a copy of a database with its tables (`tests/tables.py`), unless it is
`Server(folder, empty=True)`. So does a command on `with_tables(folder)`.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.places import PROJECT
from tests.tables import copy_tables

PATIENCE = 90.0  # seconds; a busy machine is no failure


@dataclass(frozen=True)
class Process:
    """One running process, as `ps` shows it."""

    pid: int
    parent: int
    name: str


class Server:
    """One server: `start` it, ask it, `kill` parts of it, `stop` it."""

    def __init__(self, folder: Path, *, empty: bool = False, **environment: str) -> None:
        self.folder = folder
        self._copies = not empty and "DATABASE_URL" not in environment
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self._environment = clean_environment(FOLKMOOT_DATA=str(folder / "data"), **environment)
        self._log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str) -> "Server":
        """Start it, and return once it has said that it answers; raises `AssertionError` with its log."""
        if self._copies:
            _copy_tables(self.folder / "data")
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "folkmoot.cli", "serve", "--port", str(self.port), *arguments],
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        ended = self._process.poll
        wait_until(lambda: "Ctrl-C ends it" in self.said or ended() is not None, "the server's first answer")
        assert ended() is None, self.said
        return self

    @property
    def said(self) -> str:
        """Return what it has printed since it was started."""
        return self._log.read_text(errors="replace")

    @property
    def set_up_link(self) -> str:
        """Return the one-time link that it printed."""
        found = re.search(r"^ +(http\S+/)$", self.said, re.MULTILINE)
        assert found, self.said
        return found.group(1)

    @property
    def pid(self) -> int:
        """Return the keeper's process number."""
        assert self._process is not None
        return self._process.pid

    @property
    def web(self) -> Process:
        """Return the web server's main process."""
        return self._child("folkmoot-web")

    @property
    def worker(self) -> Process:
        """Return the worker process."""
        return self._child("folkmoot-worker")

    @property
    def web_workers(self) -> list[Process]:
        """Return the web server's worker processes."""
        main = self.web.pid
        return [process for process in processes() if process.parent == main]

    @property
    def everybody(self) -> list[Process]:
        """Return all of its processes, the keeper first."""
        found = [process for process in processes() if process.pid == self.pid]
        for one in found:
            found += [process for process in processes() if process.parent == one.pid]
        return found

    @property
    def seconds_of_work(self) -> float:
        """Return the processor time that all of its processes have used so far (Linux)."""
        fields = [(Path("/proc") / str(one.pid) / "stat").read_text().rpartition(")")[2] for one in self.everybody]
        ticks = sum(int(number) for field in fields for number in field.split()[11:13])
        return ticks / os.sysconf("SC_CLK_TCK")

    def answers(self) -> bool:
        """Say whether it answers now."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def folkmoot(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `./folkmoot ARGUMENTS` on its data."""
        return folkmoot(*arguments, environment=self._environment)

    def python(self, module: str, *arguments: str) -> str:
        """Run one of the tests' own modules on its data, past the server; return what it prints."""
        ours = {"DJANGO_SETTINGS_MODULE": "folkmoot.config.settings", "PYTHONPATH": f"{PROJECT}/src:{PROJECT}"}
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(
            command, env=self._environment | ours, cwd=PROJECT, capture_output=True, text=True, timeout=240, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def kill(self) -> None:
        """Kill the keeper outright."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        """Ask it to end, and return its exit status; 0 when it was never started."""
        if self._process is None:
            return 0
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        return self._process.wait(PATIENCE)

    def restart(self, **environment: str) -> "Server":
        """Stop it, and start it again on the same data and port with `environment` added."""
        self.stop()
        self._environment |= environment
        return self.start()

    def _child(self, name: str) -> Process:
        found: list[Process] = []

        def seen() -> bool:
            found[:] = [one for one in processes() if one.parent == self.pid and one.name == name]
            return bool(found)

        wait_until(seen, f"the process {name}")
        return found[0]


def _copy_tables(data: Path) -> None:
    """Put a database with its tables and nothing else into a data folder that is not there yet."""
    # A bench, which starts one server or two, makes its own.
    if not data.exists() and "FOLKMOOT_DATA" in os.environ:
        data.mkdir(mode=0o700, parents=True)
        copy_tables(data / "folkmoot.sqlite3", clean_environment())


def folkmoot(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run `python -m folkmoot.cli ARGUMENTS` and return what it said and its exit status."""
    command = [sys.executable, "-m", "folkmoot.cli", *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=120, check=False, stdin=subprocess.DEVNULL
    )


def clean_environment(**ours: str) -> dict[str, str]:
    """Return an environment with nothing in it that was set for another server."""
    left_out = ("FOLKMOOT_", "DJANGO_", "MAIL_URL", "DATABASE_URL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    # without models, which take a second and memory for each server: the tests of triage turn them on
    return kept | {"PYTHONPATH": str(PROJECT / "src"), "FOLKMOOT_TRIAGE": "0"} | ours


def with_tables(data: Path) -> dict[str, str]:
    """Return an environment for commands on a new data folder that has its tables and nothing else."""
    _copy_tables(data)
    return clean_environment(FOLKMOOT_DATA=str(data))


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port


def wait_until(holds: Callable[[], bool], what: str, *, within: float = PATIENCE) -> float:
    """Wait until `holds()` and return the seconds it took; `AssertionError` when it never does."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < within, f"waited {within} s in vain for {what}"
        time.sleep(0.02)
    return time.monotonic() - began


def processes() -> list[Process]:
    """Return the processes of this machine that are not dead."""
    if Path("/proc/self/stat").exists():
        return [found for entry in Path("/proc").iterdir() if entry.name.isdigit() and (found := _read(entry))]
    shown = subprocess.run(["ps", "-eo", "pid=,ppid=,stat=,comm="], capture_output=True, text=True, check=True)
    rows = (line.split(None, 3) for line in shown.stdout.splitlines())
    return [Process(int(row[0]), int(row[1]), row[3]) for row in rows if len(row) == 4 and row[2][0] != "Z"]


def _read(entry: Path) -> Process | None:
    try:
        name, _, rest = (entry / "stat").read_text(errors="replace").partition("(")[2].rpartition(")")
    except OSError:  # it has ended meanwhile
        return None
    state, parent = rest.split()[:2]
    return None if state == "Z" else Process(int(entry.name), int(parent), name)


def alive(pid: int) -> bool:
    """Say whether the process `pid` lives."""
    return any(process.pid == pid for process in processes())
