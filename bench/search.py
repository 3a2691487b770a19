"""How fast posts are found by their words, with more and more posts, and how fast they are put into the index.

Runs `bench.searching` on an empty SQLite database in a temporary folder, then on a PostgreSQL server of its own, and
prints what it finds as a table. Ends with 1 where the slowest kind of search misses the aim: a p95 of 50 ms.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.postgres import durable_postgresql
from bench.reports import machine
from tests.servers import clean_environment

Row = dict[str, Any]
AIM = 50.0  # milliseconds, the p95 of every kind of search
PLAIN = ("a common word", "a frequent word", "a word now and then", "a rare word", "a word nobody wrote")
"""The kinds that the aim speaks of: one word, common or rare. The others are printed beside them."""
HEADS = ("database", "posts", "per s", "MB", "p50 ms", "p95 ms", "most ms", "found")
WIDTH = 28


def main() -> None:
    """Measure what the arguments ask for and print it."""
    asked = _arguments()
    rows = []
    if not asked.json:
        print(f"{machine()}\n\n{'':{WIDTH}}" + "".join(f"{head:>12}" for head in HEADS), flush=True)
    for row in measured(asked.sizes, asked.samples, asked.database, one_month=asked.one_month):
        rows.append(row)
        if not asked.json:
            show(row)
    if asked.json:
        print(json.dumps({"machine": machine(), "rows": rows}, indent=2))
    slow = [row for row in rows if row["what"] in PLAIN and row["p95"] > AIM]
    if slow:
        sys.exit(f"over {AIM:.0f} ms: " + ", ".join(f"{row['what']} ({row['database']})" for row in slow))


def measured(sizes: str, samples: int, database: str = "both", *, one_month: bool = False) -> Iterator[Row]:
    """Yield the results, SQLite's first."""
    arguments = ["--sizes", sizes, "--samples", str(samples), *(["--days", "28"] if one_month else [])]
    if database != "postgresql":
        with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as folder:
            yield from _run(arguments, clean_environment(FOLKMOOT_DATA=folder))
    if database == "sqlite":
        return
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="folkmoot-bench-"))
        url = stack.enter_context(durable_postgresql())
        if url is None:
            print("PostgreSQL is not installed, so only SQLite was measured.", file=sys.stderr)
            return
        yield from _run(arguments, clean_environment(FOLKMOOT_DATA=folder, DATABASE_URL=url))


def show(row: Row) -> None:
    """Print one line of the table."""
    cells = (
        row["database"],
        f"{row['posts']:,}",
        f"{row['per_second']:,.0f}" if "per_second" in row else "",
        f"{row['mb']:,.0f}" if "mb" in row else "",
        *(f"{row[name]:.1f}" if name in row else "" for name in ("p50", "p95", "most", "found")),
    )
    print(f"{row['what']:{WIDTH}}" + "".join(f"{cell:>12}" for cell in cells), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/search", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 and 50,000 posts: a look, no figures")
    parser.add_argument("--sizes", help="how many posts are there, several by commas (10000,100000,1000000)")
    parser.add_argument("--samples", type=int, help="searches of each kind at each size (60)")
    parser.add_argument("--one-month", action="store_true", help="all posts in one month, as after an undated import")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    asked = parser.parse_args()
    asked.sizes = asked.sizes or ("10000,50000" if asked.quick else "10000,100000,1000000")
    asked.samples = asked.samples or (20 if asked.quick else 60)
    return asked


def _run(arguments: list[str], environment: dict[str, str]) -> Iterator[Row]:
    """Yield each result as the measuring process prints it."""
    path = os.pathsep.join(str(Path(__file__).resolve().parents[1] / part) for part in ("src", ""))
    with subprocess.Popen(
        [sys.executable, "-m", "bench.searching", *arguments],
        env={**environment, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        if process.stdout is not None:
            yield from map(json.loads, process.stdout)
    if process.returncode:
        raise SystemExit("The measuring did not end well; what went wrong stands above.")


if __name__ == "__main__":
    main()
