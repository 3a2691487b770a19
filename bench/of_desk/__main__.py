"""The desk with a million posts and a hundred thousand open cases: how fast its pages are, and what they cost.

Parts: start (until it answers, and memory at rest), inside (what each page costs: statements, rows, processor), pages
(each page over HTTP), reports (durable ones a second), crowd (ten moderators and a hundred reporters at once). The
server is the real one, on SQLite and on PostgreSQL; the data are made once and kept. Ends with 1 where a promise is not
kept.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from bench.common.machine import Calibration, machine
from bench.common.processes import DATABASES, Row
from bench.of_desk.asked import Kind, kinds
from bench.of_desk.crowd import Heard, crowd
from bench.of_desk.kept_data import Filled, cache_folder, filled
from bench.of_desk.pages import measured
from bench.of_desk.plots import bars, minutes
from bench.of_desk.promises import promises
from bench.of_desk.resting import at_rest, started
from bench.of_desk.tables import Tables
from bench.of_reports import kept, load
from bench.of_reports.cpu import cpu_seconds
from tests.servers import Server

PARTS = ("start", "inside", "pages", "reports", "crowd")
CLIENTS = 8  # who report at once, each the next report when the last is acknowledged


def main() -> None:
    """Measure what the arguments ask for and print it."""
    asked = _arguments()
    began, tables, rows, heard = time.perf_counter(), Tables(), list[Row](), dict[str, Heard]()
    if not asked.json:
        print(machine(), flush=True)
    for row in _measured(asked, heard):
        rows.append(row)
        if not asked.json:
            tables.show(row)
    said = promises(rows)
    if asked.plots:
        if any(row["part"] == "pages" for row in rows):
            (asked.plots / "desk-pages.svg").write_text(bars(rows))
        if heard:
            (asked.plots / "desk-crowd.svg").write_text(minutes(heard))
    if asked.json:
        print(json.dumps({"machine": machine(), "rows": rows, "promises": [one._asdict() for one in said]}, indent=2))
    else:
        print("\nPromises")
        for one in said:
            print(f"{'kept' if one.kept else 'NOT KEPT':10}{one.what}: {one.measured}")
        print(f"\nin all {time.perf_counter() - began:,.0f} s")
    sys.exit(not all(one.kept for one in said))


def _measured(asked: argparse.Namespace, heard: dict[str, Heard]) -> Iterator[Row]:
    for database in ("sqlite", "postgresql") if asked.database == "both" else (asked.database,):
        size = {"posts": asked.posts, "cases": asked.cases, "seed": asked.seed}
        with filled(database, **size, kept=asked.kept) as copy:
            if copy is not None:
                yield from _on(copy, asked, heard)


def _on(copy: Filled, asked: argparse.Namespace, heard: dict[str, Heard]) -> Iterator[Row]:
    server, row = started(copy)
    try:
        if "start" in asked.parts:
            yield row
            yield at_rest(copy, server, "after the start")
        every = asyncio.run(kinds(copy, server.port, samples=asked.samples))
        every = [kind for number, kind in enumerate(every) if not number or _is_wanted(kind, asked.only)]
        if "pages" in asked.parts:
            yield from _pages(copy, server, every)
        if "start" in asked.parts:
            yield at_rest(copy, server, "after pages")
        if "reports" in asked.parts:
            yield _reports(copy, server, asked.seconds)
        if "crowd" in asked.parts:
            yield from _crowd(copy, server, asked, heard)
            yield at_rest(copy, server, "after the crowd")
    finally:
        server.stop()
    if "inside" in asked.parts:
        yield from _inside(copy, every, asked.samples // 4)


def _is_wanted(kind: Kind, only: str) -> bool:
    return any(word in kind.what or word in kind.group for word in only.split(","))


def _pages(copy: Filled, server: Server, every: list[Kind]) -> Iterator[Row]:
    found: list[Row] = []

    async def collect() -> None:
        async for row in measured(copy, server, every):
            found.append(row)

    asyncio.run(collect())
    yield from found


def _reports(copy: Filled, server: Server, seconds: float) -> Row:
    calibration, before = Calibration(), cpu_seconds(server.web.pid)
    told = asyncio.run(load.reports(server.port, f"{copy.path}/report/?kind=attack", clients=CLIENTS, seconds=seconds))
    cpu = cpu_seconds(server.web.pid) - before
    return {
        "part": "reports",
        "database": copy.database,
        "what": "report, with its receipt",
        "clients": CLIENTS,
        "per_second": told.per_second,
        "p50": told.quantile(0.5),
        "p99": told.quantile(0.99),
        "cpu": 1000 * cpu / max(1, told.answered),
        "lost": kept.missing(told.kept, copy.folder, copy.settings.get("DATABASE_URL", "")),
        "refused": sum(told.refused.values()),
        "calibration": calibration.slower(),
    }


def _crowd(copy: Filled, server: Server, asked: argparse.Namespace, heard: dict[str, Heard]) -> Iterator[Row]:
    pauses = (asked.moderator_pause, asked.reporter_pause)
    rows, told = asyncio.run(
        crowd(
            copy,
            server,
            moderators=asked.moderators,
            reporters=asked.reporters,
            minutes=asked.minutes,
            pauses=pauses,
        )
    )
    heard[copy.database] = told
    lost = kept.missing(told.kept, copy.folder, copy.settings.get("DATABASE_URL", ""))
    if lost:
        told.wrong["acknowledged, and not on the record"] += lost
    for what, many in told.wrong.most_common(20):
        print(f"{many} x {what}", file=sys.stderr)
    yield from (row | {"wrong": sum(told.wrong.values())} for row in rows)


def _inside(copy: Filled, every: list[Kind], samples: int) -> Iterator[Row]:
    wanted = [asdict(kind) for kind in every[1:]]  # the file needs no database
    lines = [
        json.dumps(one | {"wishes": [(wish["path"], wish["cookie"]) for wish in one["wishes"][: max(5, samples)]]})
        for one in wanted
    ]
    command = [sys.executable, "-m", "bench.of_desk.inside"]
    done = subprocess.run(
        command, env=copy.environment(), input="\n".join(lines), stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise SystemExit("bench.of_desk.inside did not succeed; what went wrong stands above.")
    yield from map(json.loads, done.stdout.splitlines())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench/desk", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help="start, inside, pages, reports, crowd (all)")
    parser.add_argument("--posts", type=int, help="in the archive (1,000,000)")
    parser.add_argument("--cases", type=int, help="that are open; a tenth as many are final (100,000)")
    parser.add_argument(
        "--quick", action="store_true", help="20,000 posts, 2,000 cases, one minute: a look, no figures"
    )
    parser.add_argument("--database", choices=DATABASES, default="both")
    parser.add_argument("--samples", type=int, help="of each kind of page (100)")
    parser.add_argument(
        "--only", default="", metavar="WORDS", help="pages with one of these words in their name, several by commas"
    )
    parser.add_argument("--seconds", type=float, default=8, help="how long reports are counted (%(default)s)")
    parser.add_argument("--minutes", type=float, help="how long everybody is there at once (10)")
    parser.add_argument("--moderators", type=int, default=10)
    parser.add_argument("--reporters", type=int, default=100)
    parser.add_argument(
        "--moderator-pause", type=float, default=3, metavar="SECONDS", help="between clicks (%(default)s)"
    )
    parser.add_argument(
        "--reporter-pause", type=float, default=10, metavar="SECONDS", help="between clicks (%(default)s)"
    )
    parser.add_argument("--seed", type=int, default=7, help="of what is made up (%(default)s)")
    parser.add_argument(
        "--kept", type=Path, default=cache_folder(), help="where filled databases are kept (%(default)s)"
    )
    parser.add_argument("--plots", type=Path, metavar="FOLDER", help="draw what was measured there, as SVG")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    asked = parser.parse_args()
    usual = (20_000, 2000, 20, 1) if asked.quick else (1_000_000, 100_000, 100, 10)
    for name, number in zip(("posts", "cases", "samples", "minutes"), usual, strict=True):
        setattr(asked, name, getattr(asked, name) or number)
    unknown = [part for part in asked.parts if part not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]}; the parts are {', '.join(PARTS)}")
    asked.parts = asked.parts or PARTS
    return asked


if __name__ == "__main__":
    main()
