"""Clients that send reports one after another, and what they were told."""

import asyncio
import secrets
import time
from collections import Counter
from dataclasses import dataclass, field

from bench.of_reports.form import Form, form_on
from bench.of_reports.line import Answer, Line

WARM_UP = 1.5  # seconds whose answers are not counted


@dataclass
class Told:
    """What a run of clients was told: seconds per acknowledgement, the reports' words, refusals by status."""

    seconds: float
    times: list[float] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)
    answered: int = 0  # whatever the answer, warm-up included

    @property
    def per_second(self) -> float:
        """Acknowledgements per second."""
        return len(self.times) / self.seconds

    def quantile(self, part: float) -> float:
        """Return the time within which `part` of the acknowledgements came, in milliseconds."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else float("nan")


async def reports(port: int, path: str, *, clients: int, seconds: float) -> Told:
    """Let `clients` send reports by the form at `path`, each the next one as soon as the last is acknowledged."""
    told = Told(seconds)
    begin = time.perf_counter() + WARM_UP
    await asyncio.gather(*(_reporter(Line(port), path, told, begin=begin) for _ in range(clients)))
    return told


async def inserts(port: int, *, clients: int, seconds: float) -> Told:
    """Let `clients` post to the bare view."""
    told = Told(seconds)
    begin = time.perf_counter() + WARM_UP
    await asyncio.gather(*(_inserter(Line(port), told, begin=begin) for _ in range(clients)))
    return told


async def _reporter(line: Line, path: str, told: Told, *, begin: float) -> None:
    await line.open()
    form = form_on((await line.get(path)).body.decode(), path=path, having="form_key")
    while (now := time.perf_counter()) < begin + told.seconds:
        words = f"He calls her names in every thread, and nobody stops it. {secrets.token_hex(16)}"
        answer = await line.post(form.action, _report(form, words), media_type=form.media_type)
        took = time.perf_counter() - now
        told.answered += 1
        if acknowledged(answer, line):
            told.kept.append(words)
            if now >= begin:
                told.times.append(took)
        else:
            told.refused[answer.status] += 1
    line.close()


async def _inserter(line: Line, told: Told, *, begin: float) -> None:
    await line.open()
    while (now := time.perf_counter()) < begin + told.seconds:
        body = f"words=He+calls+her+names+in+every+thread+{secrets.token_hex(16)}".encode()
        answer = await line.post("/", body, media_type="application/x-www-form-urlencoded")
        told.answered += 1
        if answer.status == 201 and now >= begin:
            told.times.append(time.perf_counter() - now)
    line.close()


def acknowledged(answer: Answer, line: Line) -> bool:
    """Say whether the answer to a report leads to its receipt, and brings the cookie that opens it."""
    leads = answer.status in {302, 303} and answer.headers.get("location", "").endswith("/report/received/")
    return leads and bool(line.cookies.pop("receipt", ""))


def _report(form: Form, words: str) -> bytes:
    return form.filled(form_key=secrets.token_hex(16), words=words, affected="no", place="elsewhere")
