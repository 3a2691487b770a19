"""Whose turn it is: one thread runs the models, drafts before batches, and a batch a few texts at a time."""

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from folkmoot.detectors.judgement import Judgement
from folkmoot.detectors.served.protocol import Question

AT_A_TIME = 8  # texts; after these a draft that has come meanwhile gets its turn
CHARACTERS = 4_000  # and no more than these, but for one text that is longer by itself


class Judging(Protocol):
    """What judges."""

    def judge_many(self, texts: Sequence[str], *, explain: bool = False) -> list[Judgement]:
        """Return what is made of several texts, in their order."""


@dataclass(frozen=True, eq=False)
class Fault:
    """A part that could not be judged: the kind of fault, and nothing of what was in it."""

    kind: str


@dataclass(frozen=True, eq=False)
class _Part:
    texts: tuple[str, ...]
    explain: bool
    wanted: Callable[[], bool]
    answers: "queue.SimpleQueue[list[Judgement] | Fault]"


class Turns:
    """Takes questions, and answers them part by part."""

    def __init__(self, judge: Judging) -> None:
        self._judge = judge
        self._waiting: queue.PriorityQueue[tuple[bool, int, int, _Part]] = queue.PriorityQueue()
        self._asked = 0
        self._asking = threading.Lock()
        self._since: float | None = None

    def start(self) -> None:
        """Begin to answer, in a thread that ends with the process."""
        threading.Thread(target=self._run, name="model", daemon=True).start()

    def busy_for(self) -> float:
        """Return how many seconds the part takes already that is judged just now."""
        since = self._since
        return 0.0 if since is None else time.monotonic() - since

    def waiting(self) -> int:
        """Return how many parts wait for their turn."""
        return self._waiting.qsize()

    def answers(self, question: Question, *, wanted: Callable[[], bool]) -> Iterator[list[Judgement] | Fault]:
        """Give the judgements part by part; the rest is left out once nobody wants it any more."""
        answers: queue.SimpleQueue[list[Judgement] | Fault] = queue.SimpleQueue()
        cut = list(parts(question.texts))
        with self._asking:
            self._asked += 1
            number = self._asked
        for at, texts in enumerate(cut):
            self._waiting.put((not question.draft, number, at, _Part(texts, question.explain, wanted, answers)))
        for _ in cut:
            yield answers.get()

    def _run(self) -> None:
        while True:
            *_, part = self._waiting.get()
            self._since = time.monotonic()
            part.answers.put(self._judged(part))
            self._since = None

    def _judged(self, part: _Part) -> list[Judgement] | Fault:
        if not part.wanted():
            return Fault("unwanted")
        try:
            return self._judge.judge_many(part.texts, explain=part.explain)
        except Exception as fault:  # noqa: BLE001 - one text that the models trip over must not end them
            return Fault(type(fault).__name__)


def parts(texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Cut `texts` into parts after each of which somebody else may get a turn."""
    part: list[str] = []
    characters = 0
    for text in texts:
        if part and (len(part) == AT_A_TIME or characters + len(text) > CHARACTERS):
            yield tuple(part)
            part, characters = [], 0
        part.append(text)
        characters += len(text)
    if part:
        yield tuple(part)
