"""How many copies the cascade finds, how many it finds wrongly, and how long a search takes, with more and more posts.

    python -m bench.cascade [--sizes 10000,100000,1000000] [--originals 500] [--no-rivals] [--json FILE] [--plot FILE]

Makes an archive in which it is known what was copied from what, on an empty SQLite database in a temporary folder,
searches for each original once at each size, and prints what was found, by sort of copy; then the same with a plain
phrase search and with MinHash-LSH. Exit status 1 when recall is below 95%, precision below 90%, or a search takes more
than 100 ms (the 95th percentile, at the largest size).
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

_FOLDER = tempfile.mkdtemp(prefix="folkmoot-bench-")
os.environ["FOLKMOOT_DATA"] = f"{_FOLDER}/data"
os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")

import django  # noqa: E402  what it reads is set above

django.setup()

from django.db import connection, transaction  # noqa: E402

from bench.cascade_rivals import MinHashes, PhraseSearch  # noqa: E402
from bench.cascade_scores import Scores, Took, figures, now, score, show_row, show_sorts, since  # noqa: E402
from bench.cascade_set import BEGIN, WANTED, Made, Sort, made_posts  # noqa: E402
from bench.drawing import drawn  # noqa: E402
from bench.reports import machine  # noqa: E402
from folkmoot.archive.copies import fingerprints_of, proposals  # noqa: E402
from folkmoot.archive.find import text_key  # noqa: E402
from folkmoot.archive.models import Platform, Post  # noqa: E402
from folkmoot.config.readiness import bring_up_to_date  # noqa: E402
from folkmoot.members.models import Organisation  # noqa: E402

RECALL, PRECISION, MILLISECONDS = 0.95, 0.90, 100
SEEN = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 2000
COPIED = [sort for sort in WANTED if sort not in (Sort.ANSWER, Sort.QUOTATION, Sort.MENTION)]


def main() -> None:
    """Measure what the arguments ask for and print it."""
    asked = _arguments()
    began = time.perf_counter()
    try:
        results, good = measured(asked)
    finally:
        connection.close()
        shutil.rmtree(_FOLDER, ignore_errors=True)
    print(f"\nin all {time.perf_counter() - began:,.0f} s")
    if asked.json:
        asked.json.write_text(json.dumps(results, indent=2))
    if asked.plot:
        asked.plot.write_text(plot(results["sizes"]))
    sys.exit(not good)


def measured(asked: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    """Fill the archive further and further, search at each size, and print; say too whether it is good enough."""
    print(machine(), flush=True)
    archive = Archive(asked.originals, asked.seed, max(asked.sizes))
    rivals = [] if asked.no_rivals else [PhraseSearch(Path(_FOLDER)), MinHashes(Path(_FOLDER))]
    rows: list[dict[str, Any]] = []
    scores = Scores()
    for size in sorted(asked.sizes):
        rates = archive.grow(size, rivals)
        scores, times = archive.search()
        row = {"posts": size, "method": "Folkmoot", "filled_per_s": rates["Folkmoot"], **figures(scores, times)}
        rows.append(row)
        show_row(row)
        for rival in rivals:
            found, took = archive.search_with(rival.like)
            row = {"posts": size, "method": rival.name, "filled_per_s": rates[rival.name], **figures(found, took)}
            rows.append(row)
            show_row(row)
    show_sorts(scores)
    last = [row for row in rows if row["method"] == "Folkmoot"][-1]
    good = last["recall"] >= RECALL and last["precision"] >= PRECISION and last["p95_ms"] < MILLISECONDS
    good = good and not scores.swept
    sorts = {
        sort.value: {"wanted": scores.wanted[sort], "found": scores.found[sort], "as": dict(scores.as_kind[sort])}
        for sort in WANTED
    }
    return {"machine": machine(), "originals": asked.originals, "sizes": rows, "sorts": sorts}, good


class Archive:
    """A real archive, filled further and further."""

    def __init__(self, originals: int, seed: int, total: int) -> None:
        """Make an empty database with one organisation and one place."""
        bring_up_to_date()
        self.org = Organisation.objects.create(slug="town", name="Town", created_at=BEGIN)
        self.place = Platform.objects.create(org=self.org, slug="place", name="Place", created_at=BEGIN)
        self._coming = made_posts(originals=originals, total=total, seed=seed)
        self._keys: dict[str, int] = {}  # of what hangs together
        self._families: dict[str, dict[int, Sort]] = defaultdict(dict)
        self._texts: dict[str, str] = {}  # of the originals
        self.size = 0

    def grow(self, size: int, rivals: Sequence[Any]) -> dict[str, float]:
        """Take in posts up to `size`; return how many a second, by method: of Folkmoot, the fingerprints alone."""
        took: Counter[str] = Counter()
        before = self.size
        while self.size < size:
            batch = list(islice(self._coming, min(BATCH, size - self.size)))
            first = self.size + 1
            posts = [self._post(number, made) for number, made in enumerate(batch, first)]
            with transaction.atomic():
                Post.objects.bulk_create(posts)
                began = time.perf_counter()
                fingerprints_of(
                    (self.org.pk, post.pk, text) for post in posts for text in (post.text, post.attachments)
                )
                took["Folkmoot"] += time.perf_counter() - began
            for rival in rivals:
                began = time.perf_counter()
                rival.add(first, [f"{made.text} {made.picture}".strip() for made in batch])
                took[rival.name] += time.perf_counter() - began
            self.size += len(batch)
        return {name: (self.size - before) / seconds for name, seconds in took.items()}

    def search(self) -> tuple[Scores, list[Took]]:
        """Look for what hangs together with each original, as a removal does."""
        scores, times = Scores(), list[Took]()
        for native_id, family in self._families.items():
            post = Post.objects.select_related("account").get(pk=self._keys[native_id])
            began = now()
            cascade = proposals(self.org, post)
            times.append(since(began))
            score(scores, family, cascade)
        return scores, times

    def search_with(self, like: Callable[[str], list[int]]) -> tuple[Scores, list[Took]]:
        """Look for texts like each original's; what is linked only is not asked of it."""
        scores, times = Scores(), list[Took]()
        for native_id, family in self._families.items():
            began = now()
            found = set(like(self._texts[native_id])) - {self._keys[native_id]}
            times.append(since(began))
            copies = {key: sort for key, sort in family.items() if sort in COPIED}
            scores.wanted.update(copies.values())
            scores.found.update(sort for key, sort in copies.items() if key in found)
            related = {key for key, sort in family.items() if sort in COPIED or sort == Sort.EARLIER}
            scores.named["like"] += len(found)
            scores.wrong["like"] += len(found - related)
        return scores, times

    def _post(self, number: int, made: Made) -> Post:
        if made.original or made.of:
            family = self._families[made.of or made.native_id]
            self._keys[made.native_id] = number
            if made.sort is not None:
                family[number] = made.sort
            else:
                self._texts[made.native_id] = made.text
        return Post(
            pk=number,
            org=self.org,
            platform=self.place,
            native_id=made.native_id,
            url=made.url,
            text=made.text,
            text_key=text_key(made.text),
            posted_at=made.posted_at if made.dated else SEEN,
            precision=Post.Precision.EXACT if made.dated else Post.Precision.UNKNOWN,
            first_seen_at=SEEN + timedelta(seconds=1),
            reply_to=made.reply_to,
            quotes=made.quotes,
            attachments=made.picture,
        )


def plot(rows: Sequence[dict[str, Any]]) -> str:
    """Return a drawing of how the search grows with the archive: SVG."""
    series = defaultdict(list)
    for row in rows:
        series[row["method"]].append((row["posts"], row["p95_ms"]))
    return drawn(series, title="One search, 95th percentile (ms)", across="posts in the archive")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/cascade", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=_sizes, default=[10_000, 100_000, 1_000_000], metavar="N,N,N")
    parser.add_argument("--originals", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-rivals", action="store_true", help="leave out the phrase search and MinHash-LSH")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="an SVG of how the search grows")
    return parser.parse_args()


def _sizes(given: str) -> list[int]:
    return [int(size) for size in given.split(",")]


if __name__ == "__main__":
    main()
