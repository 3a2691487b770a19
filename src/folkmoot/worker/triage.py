"""Looks posts and reports over by the models, a few at a time, and keeps what they made of them: reports first.

It runs beside the worker's rounds, in a process of its own: no letter and no time limit ever waits for a model. Where
the models do not answer, posts wait on their list, and the page of health says so.
"""

import logging
import time
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from folkmoot.archive.assessment import Assessment, ToAssess, hash_of
from folkmoot.archive.lookup import newest_texts
from folkmoot.archive.models import Post
from folkmoot.archive.to_assess import next_to_assess, strike_off
from folkmoot.casefile.assessed import ReportToAssess
from folkmoot.casefile.to_assess import FIELDS, reports_to_assess
from folkmoot.casefile.to_assess import strike_off as strike_report_off
from folkmoot.config.aside import beside
from folkmoot.config.clock import now
from folkmoot.config.health.marks import note_triage
from folkmoot.detectors.judgement import Judgement
from folkmoot.detectors.served.client import NoAnswer, ask
from folkmoot.detectors.served.protocol import MOST_CHARACTERS
from folkmoot.kernel.said import gettext
from folkmoot.procedure.lanes_for import urgency
from folkmoot.procedure.words import ReportKind
from folkmoot.steps.assess import Made, assess_posts, assess_report, open_cases_about, weigh
from folkmoot.worker.sweep import take

AT_ONCE = 32  # posts; a report that has just come waits for no more than these
REPORTS = 8
PATIENCE = 60.0  # seconds for so many, with the time in which the models' process starts
LONGEST = 300.0  # seconds that one process goes on: what it took of memory goes with it
AGAIN = 30.0  # seconds after which models that did not answer are asked again
K = TypeVar("K", bound=Hashable)
log = logging.getLogger(__name__)


class Beside:
    """The process that looks over, and when it may begin again: what the worker remembers between two rounds."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._not_before = float("-inf")

    def begin(self) -> bool:
        """Let it look over what waits, unless it does or nothing does; say whether it was begun."""
        if self._process is not None:
            if self._process.is_alive():
                return False
            failed = (self._process.exitcode or 0) > 0  # below 0 it was killed: another one goes on at once
            self._not_before = time.monotonic() + AGAIN if failed else float("-inf")
            self._process = None
        if not settings.TRIAGE or time.monotonic() < self._not_before or not waits():
            return False
        self._process = beside("folkmoot-triage", look_over)
        return True


def waits() -> bool:
    """Say whether anything waits to be looked over."""
    return ReportToAssess.objects.exists() or next_to_assess() is not None


def look_over() -> None:
    """Look over what waits until nothing does, or for some minutes; ends with status 1 where no model answers."""
    until = time.monotonic() + LONGEST
    try:
        while time.monotonic() < until and triage(at=now()):
            pass
    except NoAnswer as fault:
        note_triage(Path(settings.DATA), str(fault))
        log.warning("posts wait to be looked over: %s", fault)
        raise SystemExit(1) from None
    except Exception:  # whatever else goes wrong: nobody would hear that posts wait
        note_triage(
            Path(settings.DATA), gettext("Something went wrong that nobody foresaw; the server's log says what.")
        )
        raise
    note_triage(Path(settings.DATA), "")


def triage(*, at: datetime) -> int:
    """Look over some of what waits: reports, and with them their posts; else posts. Return how many there were.

    Killed anywhere, it does the same again: nothing is struck off before all of it is kept. Raises `NoAnswer`.
    """
    reports = reports_to_assess(limit=REPORTS)
    if reports:
        _look_over_reports(reports, at=at)
        return len(reports)
    batch = next_to_assess()
    return _look_over_posts(batch, at=at) if batch else 0


def _look_over_reports(waiting: Sequence[ReportToAssess], *, at: datetime) -> None:
    texts = {(one.paper_id, field): text for one in waiting for field, text in _texts_of(one).items()}
    made = _made(texts, explained=set(texts))
    cases = {one.paper.case_id: one.paper.case for one in waiting}
    _keep_posts([case.post_id for case in cases.values() if case.post_id and not case.sealed], explained=True, at=at)
    for one in waiting:
        mine = {field: made[paper, field] for paper, field in made if paper == one.paper_id}
        assess_report(one.paper_id, mine, at=at)
    for number in sorted(cases):
        take(weigh, number, at=at)
    for one in waiting:
        strike_report_off(one)


def _look_over_posts(batch: ToAssess, *, at: datetime) -> int:
    numbers = list(dict.fromkeys(batch.posts[-AT_ONCE:]))
    _keep_posts(numbers, explained=batch.first, afresh=batch.afresh, at=at)
    for number in open_cases_about(numbers):
        take(weigh, number, at=at)
    strike_off(batch.pk, numbers)
    return len(numbers)


def _texts_of(waiting: ReportToAssess) -> dict[str, str]:
    """Return the texts of a report that are judged: none where a child may be in danger, which is seen at once."""
    paper = waiting.paper
    if paper.case.sealed or paper.facts.get("kind") == ReportKind.CHILD_SAFETY:
        return {}
    return {field: text for field in FIELDS if (text := paper.words.get(field, "")).strip()}


def _keep_posts(numbers: Iterable[int], *, explained: bool, at: datetime, afresh: bool = False) -> None:
    """Judge those of the posts of whose newest words nothing is known yet. `explained`: with the words that count.

    `afresh`: all of them, since another model may judge now than did.
    """
    posts = list(Post.objects.filter(pk__in=numbers).exclude(text_key=""))
    texts = {number: text for number, text in newest_texts(posts).items() if text.strip()}
    known = {row.post_id: row for row in Assessment.objects.filter(post__in=list(texts))}
    unknown = {
        number: text
        for number, text in texts.items()
        if afresh
        or number not in known
        or known[number].text_hash != hash_of(text)
        or (explained and not known[number].said["moved"])
    }
    if unknown:
        assess_posts(_made(unknown, explained=set(unknown) if explained else ()), at=at)


def _made(texts: Mapping[K, str], *, explained: Collection[K]) -> dict[K, Made]:
    """Return what the models make of the texts. Which words count is asked for `explained` ones, and for what is found.

    Shape: that takes longer, and most texts are harmless.
    """
    first = _judged({key: text for key, text in texts.items() if key not in explained}, explain=False)
    again = {key: texts[key] for key in texts if key in explained or (key in first and urgency(first[key]).flag)}
    found = first | _judged(again, explain=True)
    return {key: Made(texts[key], judgement) for key, judgement in found.items()}


def _judged(texts: Mapping[K, str], *, explain: bool) -> dict[K, Judgement]:
    """Ask the models. A text on which they break is passed by, so that not all others wait behind it."""
    if not texts:
        return {}
    try:
        return dict(zip(texts, _ask(list(texts.values()), explain=explain), strict=True))
    except NoAnswer:
        _ask(["Good morning."], explain=False)  # raises where they answer nobody: then nothing is wrong with the texts
    found = {}
    for key, text in texts.items():
        try:
            [found[key]] = _ask([text], explain=explain)
        except NoAnswer:
            log.error("a text cannot be looked over, and is passed by: %s", key)
    return found


def _ask(texts: Sequence[str], *, explain: bool) -> list[Judgement]:
    cut = [text[:MOST_CHARACTERS] for text in texts]
    return ask(cut, socket=settings.MODEL_SOCKET, draft=False, explain=explain, patience=PATIENCE)
