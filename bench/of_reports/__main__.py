"""Durable reports per second over HTTP: how many, how fast, with 1, 8 and 32 clients.

Starts the real server (`folkmoot serve`) on a data folder of its own, sends the public report form again and again,
counts what is acknowledged with a receipt, and afterwards looks in the database for every acknowledged report.
Each run measures its own baseline: plain inserts, and a bare Django view with one insert.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.common.machine import machine
from bench.common.postgres import durable_postgresql
from bench.of_reports import kept, load, plain
from bench.of_reports.cpu import cpu_seconds
from bench.of_reports.load import Told
from tests.servers import Server, clean_environment, free_port, wait_until

FORM = "/o/bench-branch/report/?kind=attack"
ENOUGH = "1000000000"  # reports an hour from one source: all clients here are one


@dataclass(frozen=True)
class Row:
    """One line of the table; times in milliseconds."""

    what: str
    database: str
    clients: int
    per_second: float
    p50: float
    p99: float
    cpu: float  # of the web server's processes, for one
    acknowledged: int
    lost: int
    refused: int


def main() -> None:
    """Measure what the arguments ask for and print it; exit status 1 when an acknowledged report is missing."""
    asked = _arguments()
    rows: list[Row] = []
    for row in _measure(asked):
        rows.append(row)
        if not asked.json:
            _show(row, first=len(rows) == 1)
    if asked.json:
        print(json.dumps({"machine": machine(), "rows": [asdict(row) for row in rows]}, indent=2))
    sys.exit(any(row.lost for row in rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/reports", description="Durable reports per second over HTTP.")
    parser.add_argument("--clients", default="1,8,32", help="how many at once, several by commas (%(default)s)")
    parser.add_argument("--seconds", type=float, default=8, help="how long each run counts (%(default)s)")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--workers", default="2", help="web processes (%(default)s, the server's own default)")
    parser.add_argument("--threads", help="requests that each works on at a time (as the server does by itself)")
    parser.add_argument("--no-baseline", action="store_true", help="measure reports only")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    asked = parser.parse_args()
    asked.clients = [int(word) for word in asked.clients.split(",")]
    return asked


def _measure(asked: argparse.Namespace) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as name, ExitStack() as running:
        folder = Path(name)
        if not asked.no_baseline:
            yield _row("plain fsynced insert, no server", "sqlite", 1, plain.inserts(folder, seconds=2))
            with _bare_server(folder, asked) as (port, pid):
                for clients in asked.clients:
                    before = cpu_seconds(pid)
                    told = asyncio.run(load.inserts(port, clients=clients, seconds=asked.seconds / 2))
                    yield _row("bare Django view, one insert", "sqlite", clients, told, cpu=cpu_seconds(pid) - before)
        if asked.database in {"sqlite", "both"}:
            yield from _reports(folder, asked, "sqlite", "")
        if asked.database in {"postgresql", "both"}:
            url = running.enter_context(durable_postgresql())
            if url is None:
                print("There is no PostgreSQL here (on Debian and Ubuntu: apt install postgresql).", file=sys.stderr)
            else:
                yield from _reports(folder, asked, "postgresql", url)


def _reports(folder: Path, asked: argparse.Namespace, database: str, url: str) -> Iterator[Row]:
    home = folder / database
    home.mkdir()
    server = Server(home, FOLKMOOT_REPORTS_PER_HOUR=ENOUGH, **({"DATABASE_URL": url} if url else {}))
    made = server.folkmoot("org", "add", "Bench Branch")
    if made.returncode:
        raise SystemExit(made.stderr)
    server.start("--workers", asked.workers, *(("--threads", asked.threads) if asked.threads else ()))
    try:
        for clients in asked.clients:
            before = cpu_seconds(server.web.pid)
            told = asyncio.run(load.reports(server.port, FORM, clients=clients, seconds=asked.seconds))
            cpu = cpu_seconds(server.web.pid) - before
            lost = kept.missing(told.kept, home, url)
            yield _row("report, with its receipt", database, clients, told, cpu=cpu, lost=lost)
    finally:
        server.stop()


@contextmanager
def _bare_server(folder: Path, asked: argparse.Namespace) -> Iterator[tuple[int, int]]:
    port = free_port()
    given = [str(port), asked.workers, asked.threads or "1", str(folder)]
    command = [sys.executable, "-m", "bench.of_reports.bare", *given]
    process = subprocess.Popen(command, env=clean_environment(), stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: plain.answers(port), "the bare server's first answer")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def _row(what: str, database: str, clients: int, told: Told, *, cpu: float = 0, lost: int = 0) -> Row:
    return Row(
        what,
        database,
        clients,
        round(told.per_second, 1),
        round(told.quantile(0.5), 1),
        round(told.quantile(0.99), 1),
        round(1000 * cpu / max(1, told.answered), 2),
        len(told.times),
        lost,
        sum(told.refused.values()),
    )


def _show(row: Row, *, first: bool) -> None:
    if first:
        print(f"{machine()}\n")
        heads = ("clients", "per s", "p50 ms", "p99 ms", "cpu ms", "lost", "refused")
        print(f"{'':32} {'database':10}", *(f"{head:>8}" for head in heads))
    numbers = (row.clients, row.per_second, row.p50, row.p99, row.cpu, row.lost, row.refused)
    print(f"{row.what:32} {row.database:10}", *(f"{number:8}" for number in numbers), flush=True)


if __name__ == "__main__":
    main()
