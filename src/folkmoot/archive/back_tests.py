"""The archive as a back-test reads it: posts with their newest words and what triage kept of them; and its last result.

Nothing is written to the database. A result holds counts, scores and numbers of posts, never their words.
"""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from folkmoot.archive.assessment import Assessment, hash_of
from folkmoot.archive.lookup import newest_texts
from folkmoot.archive.models import Platform, Post
from folkmoot.members.models import Organisation

BATCH = 400  # posts that are read at a time
FORM = 1  # of a result's file; another is not read


@dataclass(frozen=True)
class Chosen:
    """Which posts: of one place, from a moment on, or so many of them by chance; all where nothing is said."""

    place: Platform | None = None
    since: datetime | None = None
    sample: int = 0
    seed: int = 0


@dataclass(frozen=True)
class Words:
    """One post's newest words, and what was kept of exactly these; `None` where they were not judged yet."""

    post: int
    text: str
    kept: Assessment | None


def how_many(org: Organisation, chosen: Chosen) -> int:
    """Return how many posts will be read."""
    there = _chosen(org, chosen).count()
    return min(there, chosen.sample) if chosen.sample else there


def in_batches(org: Organisation, chosen: Chosen) -> Iterator[list[Words]]:
    """Yield the posts, some hundred at a time in the order of their numbers; those of sealed cases are left out."""
    numbers = _numbers(org, chosen)
    for first in range(0, len(numbers), BATCH):
        yield _read(numbers[first : first + BATCH])


def numbers_of(org: Organisation, chosen: Chosen) -> list[tuple[int, int]]:
    """Return the same posts, each as its place and its number."""
    places = dict(_chosen(org, chosen).values_list("pk", "platform"))
    return [(places[number], number) for number in _numbers(org, chosen)]


def keep_result(folder: Path, org: Organisation, result: dict[str, Any]) -> Path:
    """Keep `result` as the organisation's last, whole or not at all; return its file."""
    path = _path(folder, org)
    path.parent.mkdir(exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps({"form": FORM, **result}, default=str), encoding="utf-8")
    new.replace(path)
    return path


def last_result(folder: Path, org: Organisation) -> dict[str, Any] | None:
    """Return the organisation's last result; `None` where there is none that can be read."""
    try:
        found: dict[str, Any] = json.loads(_path(folder, org).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    fits = isinstance(found, dict) and (found.get("form"), found.get("organisation")) == (FORM, org.slug)
    return found if fits else None


def words_of(posts: Iterable[int]) -> dict[int, str]:
    """Return the newest words of posts, by their numbers."""
    return {one.post: one.text for one in _read(sorted(posts))}


def _chosen(org: Organisation, chosen: Chosen) -> QuerySet[Post]:
    found = Post.objects.within(org).exclude(text="").exclude(cases__sealed=True)  # DP20
    if chosen.place is not None:
        found = found.filter(platform=chosen.place)
    return found.filter(posted_at__gte=chosen.since) if chosen.since else found


def _numbers(org: Organisation, chosen: Chosen) -> list[int]:
    numbers = list(_chosen(org, chosen).order_by("pk").values_list("pk", flat=True))
    if chosen.sample and chosen.sample < len(numbers):
        numbers = sorted(random.Random(chosen.seed).sample(numbers, chosen.sample))  # noqa: S311  examples only
    return numbers


def _read(numbers: list[int]) -> list[Words]:
    texts = newest_texts(list(Post.objects.filter(pk__in=numbers)))
    kept = Assessment.objects.in_bulk(numbers)
    return [
        Words(number, text, _of_these(kept.get(number), text)) for number, text in sorted(texts.items()) if text.strip()
    ]


def _of_these(kept: Assessment | None, text: str) -> Assessment | None:
    return kept if kept is not None and kept.text_hash == hash_of(text) else None


def _path(folder: Path, org: Organisation) -> Path:
    return folder / "back-tests" / f"{org.pk}.json"
