"""How fast posts come in: `python bench/import_posts.py FILE --map text=COLUMN [--rounds 5]`, or `--made 1000000`.

`--made ROWS` makes a table of so many posts with ids, authors, dates and replies, each of its own words, and imports
that; `--lines` makes JSON lines of them instead. `--megabytes 1000` makes as many rows as that takes, of long posts.
What is said of memory is the most that any import took.

Each round imports FILE into a new, empty data folder by `folkmoot import`, then once more into the same one (nothing
is new), and beside it writes the same columns with csv and sqlite3 alone, which is as fast as such a table can be
written on this machine: one statement, one transaction, no checks, no keys for finding. Rounds alternate, so that a
busy machine is busy for both. Prints the rates of each round and their medians, in rows per second, without the start
of Python.
"""

import argparse
import csv
import json
import os
import random
import re
import resource
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
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--map", default="text=tweet")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--made", type=int, default=0, metavar="ROWS")
    parser.add_argument("--lines", action="store_true")
    parser.add_argument("--megabytes", type=int, default=0)
    asked = parser.parse_args()
    if asked.made or asked.megabytes:
        with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as folder:
            made(Path(folder), rows=asked.made, lines=asked.lines, megabytes=asked.megabytes, rounds=asked.rounds)
        return
    column = re.search(r"text=([^,]+)", asked.map)
    if column is None or asked.file is None:
        parser.error("name a file, and say --map text=COLUMN; or --made ROWS")
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


def made(folder: Path, *, rows: int, lines: bool, megabytes: int, rounds: int) -> None:
    """Make a file of posts in `folder`, import it `rounds` times into an empty data folder, and print."""
    file = folder / ("made.jsonl" if lines else "made.csv")
    count = write_made(file, rows=rows, lines=lines, megabytes=megabytes)
    print(f"{file.name}: {count:,} posts, {file.stat().st_size / 1e6:,.0f} MB", flush=True)
    for number in range(1, rounds + 1):
        with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as data:
            rate = imported(file, "text=text", Path(data))
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"round {number}: {rate:,.0f} rows/s, {most:,.0f} MB of memory at most", flush=True)


def write_made(file: Path, *, rows: int, lines: bool, megabytes: int) -> int:
    """Write `rows` posts, or as many long ones as take `megabytes`; return how many."""
    chance = random.Random(20261121)  # noqa: S311  nothing secret
    words = ["".join(chance.choices("abcdefghijklmnoprstuvwy", k=chance.randint(2, 9))) for _ in range(20_000)]
    names = ["id", "text", "author", "date", "reply_to"]
    number = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        if not lines:
            table.writerow(names)
        while number < rows or out.tell() < megabytes * 1_000_000:
            number += 1
            text = " ".join(chance.choices(words, k=200 if megabytes else chance.randint(5, 35)))
            answered = number - chance.randint(1, number - 1) if number > 1 and number % 3 == 0 else ""
            at = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}T{number % 24:02}:00:00Z"
            row = [number, text, f"member{number % 5000}", at, answered]
            if lines:
                out.write(json.dumps(dict(zip(names, row, strict=True))) + "\n")
            else:
                table.writerow(row)
    return number


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
