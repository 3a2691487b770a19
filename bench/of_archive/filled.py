"""Fills an archive further and further on this process's database, and searches it; prints JSON, one result a line.

    python -m bench.of_archive.filled --sizes 3000,30000 --originals 100 --samples 20 --seed 7 cascade search

with FOLKMOOT_DATA, or DATABASE_URL. `bench/archive` runs it once for each database, and makes the tables.
"""

import argparse
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402  its models load only now

from bench.common.machine import peak_memory  # noqa: E402
from bench.common.progress import Progress  # noqa: E402
from bench.of_archive.families import BEGIN, Families, Made, made_posts  # noqa: E402
from bench.of_archive.over_time import OverTime  # noqa: E402
from bench.of_archive.scores import Scores, Took, figures, now, score, since  # noqa: E402
from bench.of_archive.searches import Searches  # noqa: E402
from folkmoot.archive.bulk import NewPost, store  # noqa: E402
from folkmoot.archive.copies import proposals  # noqa: E402
from folkmoot.archive.index_posts import settle  # noqa: E402
from folkmoot.archive.models import Account, Platform, Post  # noqa: E402
from folkmoot.config.readiness import bring_up_to_date  # noqa: E402
from folkmoot.members.models import Organisation  # noqa: E402

SEEN = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 2000  # posts in one transaction, as an import has
ACCOUNTS = 5000


class Archive:
    """A real archive: everything that an import derives from words is derived here too."""

    def __init__(self, originals: int, seed: int, total: int) -> None:
        """Make an empty database with one organisation, one place, and those who write there."""
        bring_up_to_date()
        self.org = Organisation.objects.create(slug="town", name="Town", created_at=BEGIN)
        self.place = Platform.objects.create(org=self.org, slug="place", name="Place", created_at=BEGIN)
        accounts = Account.objects.bulk_create(
            Account(org=self.org, platform=self.place, handle=f"neighbour{number}", first_seen_at=BEGIN)
            for number in range(ACCOUNTS)
        )
        self.accounts = [account.pk for account in accounts]
        self.families = Families()
        self.size, self._total = 0, total
        self._coming = made_posts(originals=originals, total=total, seed=seed)

    def grow(self, size: int) -> float:
        """Take in posts up to `size`; return how many a second, the making of their texts left out."""
        took, before = 0.0, self.size
        progress = Progress(f"{connection.vendor}: posts put into the archive", self._total)
        while self.size < size:
            batch = list(islice(self._coming, min(BATCH, size - self.size)))
            began = time.perf_counter()
            with transaction.atomic():
                numbers = store([self._post(number, made) for number, made in enumerate(batch, self.size)])
            took += time.perf_counter() - began
            self.families.add(zip(numbers, batch, strict=True))
            self.size += len(batch)
            progress.at(self.size)
        began = time.perf_counter()
        settle(self.size - before)
        if connection.vendor == "postgresql":  # as it does by itself after a while; SQLite never does
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        return (self.size - before) / (took + time.perf_counter() - began)

    def cascades(self) -> tuple[Scores, list[Took]]:
        """Look for what hangs together with each original, as a removal does."""
        scores, times = Scores(), list[Took]()
        progress = Progress(f"{connection.vendor}: removals among {self.size:,} posts", len(self.families.of))
        for number, family in self.families.of.items():
            post = Post.objects.select_related("account").get(pk=number)
            began = now()
            cascade = proposals(self.org, post)
            times.append(since(began))
            score(scores, family, cascade)
            progress.at(len(times))
        return scores, times

    def _post(self, number: int, made: Made) -> NewPost:
        """Return a row; some people write a hundred times as much as others, and who wrote the copies is not known."""
        writer = int(ACCOUNTS * ((number * 2654435761 % 2**32) / 2**32) ** 3)
        known = not (made.original or made.of)
        return NewPost(
            org_id=self.org.pk,
            platform_id=self.place.pk,
            native_id=made.native_id,
            account_id=self.accounts[writer] if known else None,
            url=made.url,
            text=made.text,
            posted_at=made.posted_at if made.dated else SEEN,
            precision=(Post.Precision.EXACT if made.dated else Post.Precision.UNKNOWN).value,
            first_seen_at=SEEN + timedelta(seconds=1),
            state=Post.State.PUBLISHED.value,
            reply_to=made.reply_to,
            quotes=made.quotes,
            attachments=made.picture,
        )


def main() -> None:
    """Fill and search, and print each result as it is there."""
    asked = _arguments()
    archive = Archive(asked.originals, asked.seed, asked.sizes[-1])
    for size in asked.sizes:
        rate = archive.grow(size)
        if "cascade" in asked.parts:
            scores, times = archive.cascades()
            _tell("cascade", size, method="Folkmoot", filled=rate, **figures(scores, times), **scores.told())
        if "search" in asked.parts:
            for row in _searched(archive, asked.samples):
                _tell("search", size, filled=rate, **row)
    if "time" in asked.parts:  # at last: it puts scenes of its own in
        for row in _over_time(archive, asked.samples):
            _tell("time", asked.sizes[-1], **row)
    _tell("memory", asked.sizes[-1], method="Folkmoot", mb=peak_memory())


def _searched(archive: Archive, samples: int) -> Iterator[dict[str, object]]:
    """Search for each kind of words; return milliseconds, and how many posts were found on average."""
    searches = Searches(archive.org.pk, archive.accounts, list(archive.families.phrases))
    for what, wanted in searches.kinds():
        times, found = [], 0
        for one in [wanted() for _ in range(samples)]:
            began = time.perf_counter()
            found += len(searches.page_of(one))
            times.append((time.perf_counter() - began) * 1000)
        times.sort()
        p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
        average = found / len(times)
        yield {"what": what, "p50": times[len(times) // 2], "p95": p95, "most": times[-1], "found": average}


def _over_time(archive: Archive, samples: int) -> Iterator[dict[str, object]]:
    """Ask what is seen over time, of each kind of post and account; return milliseconds, by the clock and of work."""
    for what, ask in OverTime(archive.org, archive.place, archive.accounts).kinds():
        times = list[Took]()
        for _ in range(samples):
            began = now()
            ask()
            times.append(since(began))
        clock, work = (sorted(1000 * one[part] for one in times) for part in (0, 1))
        middle, p95 = len(times) // 2, min(len(times) - 1, int(len(times) * 0.95))
        yield {"what": what, "p50": clock[middle], "p95": clock[p95], "most": clock[-1], "p95_cpu": work[p95]}


def _tell(part: str, size: int, **more: object) -> None:
    print(json.dumps({"part": part, "database": connection.vendor, "posts": size, **more}), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", required=True)
    parser.add_argument("--originals", type=int, required=True)
    parser.add_argument("--samples", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("parts", nargs="+")
    asked = parser.parse_args()
    asked.sizes = [int(size) for size in asked.sizes.split(",")]
    return asked


if __name__ == "__main__":
    main()
