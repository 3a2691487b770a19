"""Rows per second of `folkmoot import`: a whole file into an empty folder, then the same file again.

Reads the public tweets where they are (`FOLKMOOT_SHARED`, else ../shared), else as many posts that it makes itself.
Exit status 1 when the first import takes fewer than 10,000 rows a second.
"""

import argparse
import csv
import json
import os
import re
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.places import PROJECT
from tests.servers import clean_environment, folkmoot

WANTED = 10_000  # rows per second
ROWS = 24_783  # as many as the public file has
SAID = re.compile(r"([\d,]+) new posts, ([\d,]+) known already, .*\(([\d.]+) s, ([\d,]+) rows/s\)")


@dataclass(frozen=True)
class Import:
    """One import: what it brought, how fast by its own account, and how long the whole command took."""

    what: str
    new: int
    known: int
    rows_per_second: int
    whole_command_s: float


def main() -> None:
    """Import twice, print what came of it, and compare the first with what is wanted."""
    parser = argparse.ArgumentParser(prog="bench/imports", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as name:
        file = public_tweets() or made_posts(Path(name))
        environment = clean_environment(FOLKMOOT_DATA=f"{name}/data")
        done = [imported(what, file, environment) for what in ("into an empty folder", "the same file again")]
    if asked.json:
        print(json.dumps([asdict(one) for one in done], indent=2))
    else:
        print(f"{file.name}, {os.cpu_count()} processors")
        for one in done:
            print(
                f"{one.what:22} {one.new:7,} new {one.known:7,} known {one.rows_per_second:9,} rows/s, "
                f"whole command {one.whole_command_s:.1f} s"
            )
    sys.exit(done[0].rows_per_second < WANTED)


def public_tweets() -> Path | None:
    """Return the file of 24,783 labelled tweets (Davidson and others, 2017), `None` where it is not."""
    shared = Path(os.environ.get("FOLKMOOT_SHARED") or PROJECT.parent / "shared")
    file = shared / "data" / "davidson" / "labeled_data.csv"
    return file if file.is_file() else None


def made_posts(folder: Path) -> Path:
    """Write a file of as many posts, each of its own words."""
    file = folder / "made.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["", "class", "tweet"])
        for number in range(ROWS):
            words = f"Post {number}: the bus to the hospital needs a proper answer, and so does the roof, “soon”."
            writer.writerow([number, number % 3, words])
    return file


def imported(what: str, file: Path, environment: dict[str, str]) -> Import:
    """Run the command as somebody without a terminal does, and read what it says."""
    began = time.perf_counter()
    done = folkmoot("import", str(file), "--map", "text=tweet", environment=environment)
    took = time.perf_counter() - began
    said = SAID.search(done.stdout)
    if done.returncode or said is None:
        raise SystemExit(done.stdout + done.stderr)
    new, known, _seconds, rate = (word.replace(",", "") for word in said.groups())
    return Import(what, int(new), int(known), int(rate), round(took, 1))


if __name__ == "__main__":
    main()
