"""What the desk promises, and whether what was measured keeps it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bench.common.processes import Row

PAGES_MS = {"queue": 30.0, "case": 50.0, "search": 50.0}  # the 95th percentile
REPORTS = 250.0  # a second, on the disk
START_S, WEB_MB, ALL_MB = 3.0, 120.0, 200.0
CROWD_MS = 250.0  # the 99th percentile


class Promise(NamedTuple):
    """A promise, what was measured, and whether that is enough."""

    what: str
    measured: str
    kept: bool


def promises(rows: Sequence[Row]) -> list[Promise]:
    """Return each promise that `rows` speak of, for each database."""
    found: list[Promise] = []
    for database in dict.fromkeys(row["database"] for row in rows):
        ours = [row for row in rows if row["database"] == database]
        found += _of_pages(database, ours)
        found += [_one(database, row) for row in ours if row["part"] in {"reports", "start", "memory"}]
        found += [_crowd(database, row) for row in ours if row["part"] == "crowd" and row["what"] == "all"]
    return found


def _of_pages(database: str, rows: Sequence[Row]) -> Iterator[Promise]:
    for group, most in PAGES_MS.items():
        of = [row for row in rows if row["part"] == "pages" and row["group"] == group]
        if of:
            worst = max(of, key=lambda row: row["p95"])
            said = f"{worst['p95']:.1f} ms ({worst['what']})"
            yield Promise(f"{database}: every page of {group}, p95 under {most:.0f} ms", said, worst["p95"] < most)


def _one(database: str, row: Row) -> Promise:
    match row["part"]:
        case "reports":
            said = f"{row['per_second']:.0f}, {row['lost']} lost, {row['refused']} refused, {row['clients']} clients"
            kept = row["per_second"] >= REPORTS and not (row["lost"] or row["refused"])
            return Promise(f"{database}: at least {REPORTS:.0f} reports a second", said, kept)
        case "start":
            return Promise(f"{database}: starts within {START_S:.0f} s", f"{row['p50']:.2f} s", row["p50"] < START_S)
    kept = row["web"] < WEB_MB and row["all"] < ALL_MB
    said = f"{row['web']:.0f} and {row['all']:.0f} MB"
    return Promise(f"{database}: web under {WEB_MB:.0f} MB, all under {ALL_MB:.0f} MB, {row['when']}", said, kept)


def _crowd(database: str, row: Row) -> Promise:
    what = f"{database}: {row['minutes']:g} minutes of everybody at once, no error and p99 under {CROWD_MS:.0f} ms"
    said = f"{row['wrong']} errors, {row['p99']:.0f} ms of {row['many']:,} requests"
    return Promise(what, said, not row["wrong"] and row["p99"] < CROWD_MS)
