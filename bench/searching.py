"""Measures search on the database of this process's environment; prints one line of JSON for each result.

    python -m bench.searching --sizes 1000,10000 --samples 20      with FOLKMOOT_DATA, or DATABASE_URL

`bench/search` runs it once for each database and makes the table.
"""

import argparse
import json
import os
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402  its models load only now

from folkmoot.archive.index import Entry, Wanted, key_of, mark  # noqa: E402
from folkmoot.archive.indexes import index_on  # noqa: E402
from folkmoot.archive.words import indexed, query  # noqa: E402

NAME = "bench_words"
VOCABULARY = 200_000  # words, the nth of which comes 1/n as often as the first
FIRST_DAY, DAYS = datetime(2016, 1, 1, tzinfo=UTC), 3650
ACCOUNTS = 5000
BATCH = 2000
PAGE = 40  # as many as the page asks for at once
ORG = 1


class Town:
    """Posts that somebody could have written: a few words very often, most words hardly ever, over ten years."""

    def __init__(self, *, days: int) -> None:
        self._random, self._days = Random(5), days  # noqa: S311  no secret
        self._weights = list(accumulate(1 / (rank + 1) for rank in range(VOCABULARY)))
        self.phrases: list[str] = []

    def word(self, least: int = 0, most: int = VOCABULARY) -> str:
        """Return a word of a rank, the more frequent the likelier."""
        low, high = self._weights[least - 1] if least else 0.0, self._weights[most - 1]
        return _spelt(bisect_left(self._weights, self._random.uniform(low, high)))

    def rank(self, least: int, most: int) -> str:
        """Return a word of a rank, each as likely."""
        return _spelt(self._random.randrange(least, most))

    def text(self) -> str:
        """Return a post of 5 to 40 words."""
        text = " ".join(self.word() for _ in range(self._random.randrange(5, 41)))
        if self._random.random() < 0.001:
            self.phrases.append(" ".join(text.split()[1:4]))
        return text.capitalize() + "."

    def at(self) -> datetime:
        """Return when a post was written; old posts are brought in after new ones."""
        return FIRST_DAY + timedelta(seconds=self._random.randrange(self._days * 86400))

    def account(self) -> int:
        """Return who wrote it: some write a hundred times as much as others."""
        return int(ACCOUNTS * self._random.random() ** 3)


def main() -> None:
    """Fill an index further and further, and search it at each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", required=True)
    parser.add_argument("--samples", type=int, required=True)
    parser.add_argument("--days", type=int, default=DAYS)
    asked = parser.parse_args()
    index = index_on(connection, NAME)
    index.make()
    index.empty()
    town, there = Town(days=asked.days), 0
    for size in map(int, asked.sizes.split(",")):
        _fill(town, there, size)
        index.settle()
        there = size
        for what, wanted in searches(town):
            _measure(what, size, [wanted() for _ in range(asked.samples)])


def searches(town: Town) -> Iterator[tuple[str, Callable[[], Wanted]]]:
    """Yield what is searched for, and how to make one search of it."""
    days = (town.at().replace(hour=0, minute=0, second=0) for _ in iter(int, 1))

    def words(typed: str, **other: object) -> Wanted:
        return Wanted(ORG, query(typed).phrases, **other)  # type: ignore[arg-type]

    yield "a common word", lambda: words(town.rank(0, 10))
    yield "a frequent word", lambda: words(town.rank(50, 300))
    yield "a word now and then", lambda: words(town.rank(1000, 5000))
    yield "a rare word", lambda: words(town.rank(30_000, VOCABULARY))
    yield "a word nobody wrote", lambda: words("unheardof")
    yield "two common words", lambda: words(f"{town.rank(0, 10)} {town.rank(10, 30)}")
    yield "two words now and then", lambda: words(f"{town.rank(300, 1000)} {town.rank(300, 1000)}")
    yield "a common and a rare word", lambda: words(f"{town.rank(0, 10)} {town.rank(30_000, VOCABULARY)}")
    yield "a phrase of common words", lambda: words(f'"{town.rank(0, 10)} {town.rank(0, 10)}"')
    yield "a phrase that was written", lambda: words(f'"{town.phrases[town.account() % len(town.phrases)]}"')
    yield "a common word of a person", lambda: words(town.rank(0, 10), marks=((mark("w", town.account()),),))
    yield "a common word, old posts", lambda: words(town.rank(0, 10), last=key_of(next(days), 0))
    yield "all of a person", lambda: words("", marks=((mark("w", town.account()),),))
    yield "everything", lambda: words("")


def _fill(town: Town, there: int, size: int) -> None:
    index = index_on(connection, NAME)
    cutting = entering = 0.0
    for start in range(there, size, BATCH):
        texts = [(town.text(), town.at(), town.account()) for _ in range(min(BATCH, size - start))]
        began = time.perf_counter()
        entries = [
            Entry(ORG, key_of(at, start + number), indexed([text]), (mark("p", 1), mark("w", account)))
            for number, (text, at, account) in enumerate(texts, start=1)
        ]
        cutting, began = cutting + time.perf_counter() - began, time.perf_counter()
        with transaction.atomic():
            index.enter(entries)
        entering += time.perf_counter() - began
    more = size - there
    _tell("cut into words", size, done=more, per_second=more / cutting)
    _tell("put into the index", size, done=more, per_second=more / (cutting + entering), mb=_megabytes())


def _measure(what: str, size: int, searches: list[Wanted]) -> None:
    index = index_on(connection, NAME)
    times, found = [], 0
    for wanted in searches:
        began = time.perf_counter()
        found += len(index.find(wanted, most=PAGE))
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    _tell(what, size, done=len(times), p50=times[len(times) // 2], p95=p95, most=times[-1], found=found / len(times))


def _megabytes() -> float:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size(%s)", [NAME])
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        size: int = cursor.fetchone()[0]
        return size / 1e6


def _spelt(rank: int) -> str:
    """Return the word of a rank: letters only, the frequent ones short."""
    word = ""
    while True:
        rank, letters = divmod(rank, 85)
        word += "bcdfghjklmnpqrtvz"[letters % 17] + "aeiou"[letters // 17]
        if not rank:
            return word
        rank -= 1


def _tell(what: str, size: int, **more: float) -> None:
    print(json.dumps({"database": connection.vendor, "what": what, "posts": size, **more}), flush=True)


if __name__ == "__main__":
    main()
