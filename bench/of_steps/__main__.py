"""Steps per second, and the sweep of many overdue cases, with more and more cases in the database.

Runs `bench.of_steps.stepping` on an empty SQLite database in a temporary folder, then on a PostgreSQL server of its
own, and prints what it finds as a table; then how much each step costs with more cases, against the fewest.
"""

import argparse
import json
from collections.abc import Iterator

from bench.common.machine import machine
from bench.common.processes import DATABASES, Row, databases, told

HEADS = ("database", "cases", "done", "per s", "p50 ms", "cpu ms", "bare ms", "x bare", "MB")
WIDTH = 34


def main() -> None:
    """Measure what the arguments ask for and print it."""
    asked = _arguments()
    rows = []
    if not asked.json:
        print(f"{machine()}\n\n{'':{WIDTH}}" + "".join(f"{head:>11}" for head in HEADS), flush=True)
    for row in _measured(asked):
        rows.append(row)
        if not asked.json:
            _show(row)
    if asked.json:
        print(json.dumps({"machine": machine(), "rows": rows}, indent=2))
    else:
        _show_growth(rows)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/steps", description="Steps per second, with more and more cases.")
    parser.add_argument(
        "--quick", action="store_true", help="100 and 1,000 cases, few of each step: a look, no figures"
    )
    parser.add_argument("--sizes", help="how many cases are there, several by commas (1000,10000,100000)")
    parser.add_argument("--overdue", type=int, help="how many overdue cases are swept at the end (10000)")
    parser.add_argument("--samples", type=int, help="how often each step is taken at each size (100)")
    parser.add_argument("--database", choices=DATABASES, default="both")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    asked = parser.parse_args()
    usual = ("100,1000", 20, 8) if asked.quick else ("1000,10000,100000", 10_000, 100)
    asked.sizes, asked.overdue, asked.samples = (
        given or default for given, default in zip((asked.sizes, asked.overdue, asked.samples), usual, strict=True)
    )
    return asked


def _measured(asked: argparse.Namespace) -> Iterator[Row]:
    """Measure in a process of its own: which database it uses is settled when it starts."""
    wanted = ("--sizes", asked.sizes, "--overdue", str(asked.overdue), "--samples", str(asked.samples))
    for _name, environment in databases(asked.database):
        yield from told("bench.of_steps.stepping", wanted, environment)


def _show(row: Row) -> None:
    shown = (
        row["database"],
        f"{row['cases']:,}",
        f"{row['done']:,}",
        f"{row['done'] / row['seconds']:,.0f}",
        f"{1000 * row['p50']:.1f}",
        f"{1000 * row['cpu']:.1f}",
        f"{1000 * row['bare']:.2f}",
        f"{row['p50'] / row['bare']:.0f}",
        f"{row['memory'] / 2**20:+.0f}" if "memory" in row else "",
    )
    print(f"{row['what']:{WIDTH}}" + "".join(f"{one:>11}" for one in shown), flush=True)


def _show_growth(rows: list[Row]) -> None:
    """Print what each step costs in time and in processor time with more cases, against the fewest."""
    print("\nWith more cases, against the fewest: time in bare transactions, and processor time")
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        least = first.setdefault((row["what"], row["database"]), row)
        if least["cases"] < row["cases"]:
            time = (row["p50"] / row["bare"]) / (least["p50"] / least["bare"])
            cpu = row["cpu"] / least["cpu"]
            more = f"{least['cases']:,} to {row['cases']:,}"
            print(f"{row['what']:{WIDTH}}{row['database']:>11}{more:>20}   x {time:.1f}   x {cpu:.1f}")


if __name__ == "__main__":
    main()
