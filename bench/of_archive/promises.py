"""What the archive promises, and whether what was measured keeps it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bench.common.processes import Row

RECALL, PRECISION = 0.95, 0.90
CASCADE_MS, SEARCH_MS, SIGN_MS = 100.0, 50.0, 50.0  # the 95th percentile
POSTS_PER_SECOND = 10_000
PLAIN = ("a common word", "a frequent word", "a word now and then", "a rare word", "a word nobody wrote")
"""The kinds of search that the promise speaks of: one word, common or rare. Others are printed beside them."""


class Promise(NamedTuple):
    """A promise, what was measured, and whether that is enough."""

    what: str
    measured: str
    kept: bool


def promises(rows: Sequence[Row]) -> list[Promise]:
    """Return each promise that `rows` speak of, for each database; at the largest archive, with the largest file."""
    most = max((row["posts"] for row in rows if row["part"] in {"cascade", "search"}), default=0)
    found: list[Promise] = []
    for database in dict.fromkeys(row["database"] for row in rows if row["database"]):
        ours = [row for row in rows if row["database"] == database]
        for row in ours:
            if row["part"] == "cascade" and row["posts"] == most:
                found += _of_cascade(row)
            elif row["part"] == "search" and row["posts"] == most and row["what"] in PLAIN:
                what = f"{database}: search for {row['what']}, p95 under {SEARCH_MS:.0f} ms"
                found.append(Promise(what, f"{row['p95']:.1f} ms", row["p95"] < SEARCH_MS))
            elif row["part"] == "time" and not row["what"].startswith("all of"):  # that is several at once
                what = f"{database}: over time, {row['what']}, p95 under {SIGN_MS:.0f} ms"
                found.append(Promise(what, f"{row['p95']:.1f} ms", row["p95"] < SIGN_MS))
            elif "killed_at" in row:
                found += _of_import(row)
    return found


def _of_cascade(row: Row) -> Iterator[Promise]:
    name, recall, precision, p95 = row["database"], row["recall"], row["precision"], row["p95_ms"]
    yield Promise(f"{name}: recall at least {RECALL:.0%}", f"{recall:.1%}", recall >= RECALL)
    yield Promise(f"{name}: precision at least {PRECISION:.0%}", f"{precision:.1%}", precision >= PRECISION)
    yield Promise(f"{name}: nothing earlier swept in", f"{row['swept']:,}", not row["swept"])
    yield Promise(f"{name}: a removal's search, p95 under {CASCADE_MS:.0f} ms", f"{p95:.1f} ms", p95 < CASCADE_MS)


def _of_import(row: Row) -> Iterator[Promise]:
    name, rate, wrong = row["database"], row["per_second"], row["gaps"] + row["doubles"]
    what = f"{name}: import of at least {POSTS_PER_SECOND:,} posts a second"
    yield Promise(what, f"{rate:,.0f}", rate >= POSTS_PER_SECOND)
    said = f"{row['gaps']:,} gaps, {row['doubles']:,} doubles, killed at {row['killed_at']:,} of {row['posts']:,}"
    yield Promise(f"{name}: no gap and no double after kill -9", said, not wrong)
