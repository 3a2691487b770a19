"""Fills this process's database for `bench/desk`: a branch, posts, and cases that are true to the last hash.

    python -m bench.of_desk.seeding --posts 10000 --cases 1000 --seed 7

with FOLKMOOT_DATA, or DATABASE_URL. Prints what whoever measures needs to know, as JSON.
"""

import argparse
import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402  its models load only now

from bench.common.progress import Progress  # noqa: E402
from bench.of_archive.words import Words  # noqa: E402
from bench.of_desk.branch import NOW, RECENT, Branch, described, fill_archive, found, reported_posts  # noqa: E402
from bench.of_desk.copying import Copier  # noqa: E402
from bench.of_desk.matters import CLOSED, OPEN  # noqa: E402
from bench.of_desk.patterns import count_on, recorded  # noqa: E402
from folkmoot.archive.models import Post  # noqa: E402
from folkmoot.archive.very_many import in_a_stream  # noqa: E402
from folkmoot.casefile import index_cases  # noqa: E402
from folkmoot.casefile.audit import verify_case  # noqa: E402
from folkmoot.casefile.models import Case  # noqa: E402
from folkmoot.config.readiness import bring_up_to_date  # noqa: E402

TIMES = 4  # that each matter is played, by different moderators
CHECKED = 400  # cases that are audited at the end


def main() -> None:
    """Fill, check a sample, and say what is there."""
    asked = _arguments()
    bring_up_to_date()
    branch = found()
    fill_archive(branch, posts=asked.posts, seed=asked.seed)
    _fill_cases(branch, asked.cases, asked.seed)
    _check(asked.seed)
    print(described(branch), flush=True)


def _fill_cases(branch: Branch, cases: int, seed: int) -> None:
    """Make so many open cases, and a tenth as many that are final."""
    every = [(weight, [recorded(branch, play, number) for number in range(TIMES)]) for weight, play in OPEN.values()]
    closed = [recorded(branch, play, number) for play in CLOSED.values() for number in range(TIMES)]
    count_on()
    chance, words = random.Random(seed), Words(seed + 1)  # noqa: S311  no secret
    weights = [weight for weight, _ in every]
    patterns = [chance.choice(played) for _, played in chance.choices(every, weights, k=cases)]
    patterns += chance.choices(closed, k=cases // 10)
    chance.shuffle(patterns)
    copier = Copier(
        branch,
        reported_posts(branch, many=len(patterns), seed=seed),
        _not_reported(branch),
        lambda: " ".join(words.post()).capitalize() + ".",
    )
    progress = Progress(f"{connection.vendor}: cases", len(patterns))
    with in_a_stream(), _no_look_at_references(), transaction.atomic():
        for made in copier.copy(patterns):
            progress.at(made)
    count_on()
    _learn_sizes()  # or PostgreSQL takes all that was just written for a few rows, and walks through it for each case
    index_cases.bring_up_to_date(connection.alias)
    _learn_sizes()


def _learn_sizes() -> None:
    """Do what PostgreSQL does by itself after a while; SQLite never does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _not_reported(branch: Branch) -> list[int]:
    older = Post.objects.within(branch.org).filter(posted_at__lt=NOW - RECENT[0])
    return list(older.order_by("-pk").values_list("pk", flat=True)[:5000])


@contextmanager
def _no_look_at_references() -> Iterator[None]:
    """Let rows be written in any order; SQLite looks at all of them afterwards."""
    off, on = {
        "sqlite": ("PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON"),
        "postgresql": ("SET session_replication_role = replica", "SET session_replication_role = origin"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(off)
        try:
            yield
        finally:
            cursor.execute(on)
        connection.check_constraints()


def _check(seed: int) -> None:
    """Audit some of the cases; end where anything is not as the record has it."""
    numbers = list(Case.objects.values_list("pk", flat=True))
    some = random.Random(seed).sample(numbers, min(CHECKED, len(numbers)))  # noqa: S311  no secret
    for case in Case.objects.select_related("org", "procedure_edition").filter(pk__in=some):
        for fault in verify_case(case):
            raise SystemExit(f"{fault.where}: {fault.what}")
    print(f"{len(numbers):,} cases; of {len(some)} the audit finds nothing amiss", file=sys.stderr)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--posts", type=int, required=True)
    parser.add_argument("--cases", type=int, required=True)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


if __name__ == "__main__":
    main()
