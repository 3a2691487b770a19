"""The archive is judged once more, and compared with what was kept; at most, posts are queued to be judged afresh."""

import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from folkmoot.archive.back_tests import Chosen, Words, how_many, in_batches, keep_result, numbers_of
from folkmoot.archive.intake.read_ahead import processors
from folkmoot.casefile.decided import decided_on
from folkmoot.casefile.record import SYSTEM
from folkmoot.cli.backtests.crew import judged
from folkmoot.cli.backtests.said import say_result
from folkmoot.cli.target import find_place, only_organisation
from folkmoot.cli.words import answer, for_programs
from folkmoot.config.clock import now
from folkmoot.config.readiness import bring_up_to_date
from folkmoot.detectors.changed_lists import changed_lists
from folkmoot.detectors.comparing import Comparison, Side
from folkmoot.detectors.judgement import Judgement
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation
from folkmoot.pinboard.wrong_hints import called_wrong
from folkmoot.steps.assess_afresh import assess_afresh

PIECE = 50  # texts that one process is given at a time


@dataclass(frozen=True)
class Wanted:
    """What was said by options; empty where nothing was."""

    place: str | None = None
    since: datetime | None = None
    sample: int = 0
    seed: int = 1
    lists: Path | None = None
    processes: int = 0
    apply: bool = False


def back_test(slug: str | None, wanted: Wanted) -> None:
    """Judge what was chosen once more, say what would change, and keep that for the desk's page."""
    if wanted.apply and wanted.lists:
        raise BadInput(
            "--apply lets the server judge, which knows the lists that come with Folkmoot and none of your folder.",
            field="lists",
        )
    lists = changed_lists(wanted.lists) if wanted.lists else {}
    bring_up_to_date()
    org = only_organisation(slug)
    chosen = _chosen(org, wanted)
    at, began = now(), time.monotonic()
    comparison, models = Comparison(seed=wanted.seed), _Models()
    with _bar() as bar:
        task = bar.add_task("Posts", total=how_many(org, chosen))
        pieces = judged(_pieces(org, chosen), processes=wanted.processes or processors(), lists=lists)
        with closing(pieces):
            for words, came in pieces:
                models.now = models.now or came.model
                _take(comparison, words, came.sides, models)
                bar.advance(task, len(words))
    result = {
        "organisation": org.slug,
        "at": at,
        "seed": wanted.seed,
        "chosen": {
            "place": chosen.place.slug if chosen.place else None,
            "since": chosen.since,
            "sample": wanted.sample or None,
        },
        "lists": sorted(lists),
        "model": models.now,
        "kept_models": dict(sorted(models.kept.items())),
        **comparison.as_json(),
        "seconds": round(time.monotonic() - began, 1),
    }
    keep_result(Path(settings.DATA), org, result)
    queued = assess_afresh(org, numbers_of(org, chosen), by=SYSTEM, at=now()) if wanted.apply else 0
    say_result(result, queued=queued)
    answer(**result, queued=queued)


class _Models:
    """Which models judged: now, and what was kept, with how many posts."""

    def __init__(self) -> None:
        self.now = ""
        self.kept: dict[str, int] = defaultdict(int)


def _chosen(org: Organisation, wanted: Wanted) -> Chosen:
    place = find_place(org, wanted.place) if wanted.place else None
    since = wanted.since.replace(tzinfo=ZoneInfo(org.zone)) if wanted.since else None
    return Chosen(place, since, wanted.sample, wanted.seed)


def _pieces(org: Organisation, chosen: Chosen) -> Iterator[tuple[list[Words], list[str]]]:
    for batch in in_batches(org, chosen):
        for first in range(0, len(batch), PIECE):
            piece = batch[first : first + PIECE]
            yield piece, [one.text for one in piece]


def _take(comparison: Comparison, words: Sequence[Words], sides: Sequence[Side], models: _Models) -> None:
    posts = [one.post for one in words]
    decided, wrong = decided_on(posts), called_wrong(posts)
    for one, after in zip(words, sides, strict=True):
        before = None
        if one.kept is not None:
            models.kept[one.kept.model] += 1
            said = Judgement.from_json(one.kept.said)
            before = Side.of(said.findings, flag=one.kept.flag, score=one.kept.score, lane=one.kept.lane)
        comparison.take(one.post, before, after, decided=decided.get(one.post, ""), wrong=wrong.get(one.post, ()))


def _bar() -> Progress:
    seen = sys.stderr is not None and sys.stderr.isatty() and not for_programs()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), disable=not seen, transient=True)
