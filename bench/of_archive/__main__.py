"""What the archive promises, measured: copies found, and how fast; files taken in; words found.

Parts: cascade (recall, precision and time of a removal's search, beside a phrase search and MinHash-LSH), import (posts
per second, memory, kill -9 and going on), search (words, common and rare), time (what is seen over time: pile-ons,
repeated mentions, floods). Each runs in processes of its own, on SQLite
and on PostgreSQL. Ends with 1 where a promise is not kept.
"""

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.common.machine import machine
from bench.common.processes import DATABASES, Row, databases, told
from bench.of_archive.drawing import drawn
from bench.of_archive.imports import imported
from bench.of_archive.promises import PLAIN, promises
from bench.of_archive.tables import Tables, short, show_sorts

PARTS = ("cascade", "search", "time", "import")
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "": ""}
POSTS_OF_A_FAMILY = 20  # an original, and one of each sort of what hangs on it


def main() -> None:
    """Measure what the arguments ask for and print it."""
    asked = _arguments()
    began, tables, rows = time.perf_counter(), Tables(), list[Row]()
    if not asked.json:
        print(machine(), flush=True)
    for row in measured(asked):
        rows.append(row)
        if not asked.json:
            tables.show(row)
    kept = promises(rows)
    if asked.json:
        print(json.dumps({"machine": machine(), "rows": rows, "promises": [one._asdict() for one in kept]}, indent=2))
    else:
        show_sorts([row for row in rows if row["part"] == "cascade" and row["posts"] == asked.posts])
        print("\nPromises")
        for one in kept:
            print(f"{'kept' if one.kept else 'NOT KEPT':10}{one.what}: {one.measured}")
        print(f"\nin all {time.perf_counter() - began:,.0f} s")
    if asked.plot:
        asked.plot.write_text(plot(rows))
    sys.exit(not all(one.kept for one in kept))


def measured(asked: argparse.Namespace) -> Iterator[Row]:
    """Yield the results as they come: the archive on each database, then the rivals, then the import."""
    sizes = ",".join(str(size) for size in _sizes(asked.posts, asked.originals))
    same = ("--sizes", sizes, "--originals", str(asked.originals), "--seed", str(asked.seed))
    in_one = [part for part in ("cascade", "search", "time") if part in asked.parts]
    if in_one:
        for _name, environment in databases(asked.database):
            yield from told("bench.of_archive.filled", [*same, "--samples", str(asked.samples), *in_one], environment)
    if "cascade" in asked.parts and not asked.no_rivals:
        for _name, environment in databases("sqlite"):
            yield from told("bench.of_archive.against", same, environment)
    if "import" in asked.parts:
        yield from imported(asked.database, asked.import_mb)


def plot(rows: Sequence[Row]) -> str:
    """Return a drawing of how searches grow with the archive, of words the slowest of the plain kinds: SVG."""
    slowest: dict[str, dict[int, float]] = defaultdict(dict)
    for row in rows:
        if row["part"] == "cascade":
            name, took = f"{short(row['method'])} {_NAMES[row['database']]}".strip(), row["p95_ms"]
        elif row["part"] == "search" and row["what"] in PLAIN:
            name, took = f"one word, {_NAMES[row['database']]}", row["p95"]
        else:
            continue
        slowest[name][row["posts"]] = max(took, slowest[name].get(row["posts"], 0.01))
    series = {name: sorted(points.items()) for name, points in slowest.items()}
    return drawn(series, title="One search, 95th percentile (ms)", across="posts in the archive")


def _sizes(posts: int, originals: int) -> list[int]:
    """Return how large the archive is at each search: the whole, a tenth, a hundredth; all originals are in each."""
    return [size for size in (posts // 100, posts // 10, posts) if size >= originals * POSTS_OF_A_FAMILY]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench/archive", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help="cascade, search, time, import (all)")
    parser.add_argument("--posts", type=int, help="in the largest archive (1,000,000)")
    parser.add_argument("--import-mb", type=int, metavar="MB", help="size of the file that is imported (1,000)")
    parser.add_argument("--quick", action="store_true", help="30,000 posts and a small file: a look, no figures")
    parser.add_argument("--no-rivals", action="store_true", help="leave out the phrase search and MinHash-LSH")
    parser.add_argument("--database", choices=DATABASES, default="both")
    parser.add_argument("--originals", type=int, help="posts of which there are copies (500)")
    parser.add_argument("--seed", type=int, default=7, help="of the made posts (%(default)s)")
    parser.add_argument("--samples", type=int, help="searches of each kind of words at each size (60)")
    parser.add_argument("--plot", type=Path, metavar="PATH", help="draw how searches grow, as SVG")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    asked = parser.parse_args()
    usual = (30_000, 16, 100, 20) if asked.quick else (1_000_000, 1000, 500, 60)
    for name, number in zip(("posts", "import_mb", "originals", "samples"), usual, strict=True):
        setattr(asked, name, getattr(asked, name) or number)
    unknown = [part for part in asked.parts if part not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]}; the parts are {', '.join(PARTS)}")
    if asked.posts < asked.originals * POSTS_OF_A_FAMILY:
        parser.error(f"{asked.originals} originals need --posts {asked.originals * POSTS_OF_A_FAMILY} or more")
    if asked.plot and "cascade" not in (asked.parts or PARTS) and "search" not in asked.parts:
        parser.error("--plot needs the part cascade or search")
    asked.parts = asked.parts or PARTS
    return asked


if __name__ == "__main__":
    main()
