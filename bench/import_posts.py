"""How fast posts come in: `python bench/import_posts.py FILE --map text=COLUMN [--rounds 5]`.

Each round imports FILE into a new, empty data folder by `folkmoot import`, then once more into the same one (nothing
is new), and beside it writes the same columns with csv and sqlite3 alone, which is as fast as such a table can be
written on this machine: one statement, one transaction, no checks, no keys for finding. Rounds alternate, so that a
busy machine is busy for both. Prints the rates of each round and their medians, in rows per second, without the start
of Python.
"""

import argparse
import csv
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
COLUMNS = 14  # as many as a post has


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--map", default="text=tweet")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    column = re.search(r"text=([^,]+)", asked.map)
    if column is None:
        parser.error("--map has to say text=COLUMN")
    rates: dict[str, list[float]] = {"import": [], "again": [], "bare": []}
    for number in range(1, asked.rounds + 1):
        with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as folder:
            rates["import"].append(imported(asked.file, asked.map, Path(folder)))
            rates["again"].append(imported(asked.file, asked.map, Path(folder)))
            rates["bare"].append(written_bare(asked.file, column[1], Path(folder)))
        print(f"round {number}: " + ", ".join(f"{name} {found[-1]:,.0f}" for name, found in rates.items()), flush=True)
    for name, found in rates.items():
        middle = statistics.median(found)
        print(f"{name:>7}: median {middle:>10,.0f} rows/s, least {min(found):,.0f}, most {max(found):,.0f}")


def imported(file: Path, mapping: str, folder: Path) -> float:
    """Return the rows per second of `folkmoot import`, as it says itself."""
    environment = {**os.environ, "FOLKMOOT_DATA": str(folder / "data"), "PYTHONPATH": str(PROJECT / "src")}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "folkmoot.cli", "import", str(file), "--map", mapping]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    )
    rate = re.search(r"([\d,]+) rows/s", done.stdout)
    if rate is None:
        sys.exit(f"the import says no rate:\n{done.stdout}{done.stderr}")
    return float(rate[1].replace(",", ""))


def written_bare(file: Path, column: str, folder: Path) -> float:
    """Return the rows per second of csv and sqlite3 alone, with the same guarantees of writing."""
    began = time.perf_counter()
    with file.open(encoding="utf-8-sig", newline="") as held, sqlite3.connect(folder / "bare.sqlite3") as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        names = ", ".join(f"c{number}" for number in range(COLUMNS))
        database.execute(f"CREATE TABLE posts (id INTEGER PRIMARY KEY, {names})")
        rows = csv.reader(held)
        place = next(rows).index(column)
        empty = [""] * (COLUMNS - 2)
        wanted = ([str(number), row[place], *empty] for number, row in enumerate(rows))
        places = ", ".join("?" * COLUMNS)
        done = database.executemany(f"INSERT INTO posts ({names}) VALUES ({places})", wanted)  # noqa: S608
        database.commit()
    return done.rowcount / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
