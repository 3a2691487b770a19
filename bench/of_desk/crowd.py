"""Moderators and reporters at once, as on a bad evening: each reads between two clicks, and all go on for minutes."""

import asyncio
import random
import re
import secrets
import time
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode, urljoin

from bench.common.processes import Row
from bench.of_archive.words import Words
from bench.of_desk.kept_data import Filled
from bench.of_desk.pages import quantiles
from bench.of_reports.cpu import cpu_seconds
from bench.of_reports.form import Form, form_on
from bench.of_reports.line import Answer, Line
from bench.of_reports.load import acknowledged
from tests.servers import Server

_FORM = "application/x-www-form-urlencoded"
_CASE = re.compile(r'href="([^"]*/desk/cases/\d+/)"')
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_POST = re.compile(r'<div class="words"[^>]*>(.*?)</div>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_WORDS = Words(5).words[200:2000]  # that come now and then
_REASONS = "It is about the plan and not about a person, and a plan may be criticised hard."


@dataclass
class Heard:
    """What everybody was answered: seconds by what was asked, and what was no answer."""

    began: float
    times: list[tuple[float, str, float]] = field(default_factory=list)  # when, what, how long; seconds
    wrong: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)  # the words of acknowledged reports


async def crowd(
    filled: Filled, server: Server, *, moderators: int, reporters: int, minutes: float, pauses: tuple[float, float]
) -> tuple[list[Row], Heard]:
    """Let them work for so long; `pauses` are a moderator's and a reporter's between two clicks, in seconds."""
    heard = Heard(time.perf_counter())
    until = heard.began + minutes * 60
    cookies = list(filled.told["cookies"].values())
    people = [
        _Moderator(filled, server.port, cookies[number % len(cookies)], heard, until, pauses[0], number)
        for number in range(moderators)
    ]
    visitors = [_Reporter(filled, server.port, "", heard, until, pauses[1], number) for number in range(reporters)]
    worked = cpu_seconds(server.web.pid)
    await asyncio.gather(*(one.work() for one in (*people, *visitors)))
    seconds = time.perf_counter() - heard.began
    busy = (cpu_seconds(server.web.pid) - worked) / seconds
    every = {"all": [took for _, _, took in heard.times]}
    for _, what, took in heard.times:
        every.setdefault(what, []).append(took)
    told: Row = {"part": "crowd", "database": filled.database, "minutes": minutes, "busy": busy}
    rows = [
        told | {"what": what, "many": len(times), **quantiles([1000 * took for took in times])}
        for what, times in every.items()
    ]
    return [row | {"wrong": sum(heard.wrong.values())} for row in rows], heard


class _Visitor:
    """Somebody with a browser: one line that is opened again where the server closed it."""

    def __init__(
        self, filled: Filled, port: int, cookie: str, heard: Heard, until: float, pause: float, number: int
    ) -> None:
        self._path, self._port, self._heard, self._until, self._pause = filled.path, port, heard, until, pause
        self._chance = random.Random(number)  # noqa: S311  no secret
        self._line = Line(port)
        if cookie:
            self._line.cookies["sessionid"] = cookie

    async def work(self) -> None:
        """Go on until it is time, whatever goes wrong; that is counted."""
        await asyncio.sleep(self._chance.random() * self._pause)  # they do not all come in the same second
        await self._line.open()
        while time.perf_counter() < self._until:
            try:
                await self._turn()
            except (OSError, asyncio.IncompleteReadError, LookupError) as fault:
                self._heard.wrong[f"{type(fault).__name__}: {fault}"[:120]] += 1
                self._line.close()
                await self._line.open()
        self._line.close()

    async def _turn(self) -> None:
        raise NotImplementedError

    async def _get(self, what: str, path: str) -> Answer:
        began = time.perf_counter()
        answer = await self._line.get(path)
        return await self._answered(what, path, began, answer, (200,))

    async def _send(self, what: str, path: str, body: bytes, media_type: str = _FORM) -> Answer:
        began = time.perf_counter()
        answer = await self._line.post(path, body, media_type=media_type)
        return await self._answered(what, path, began, answer, (200, 302, 303, 409))

    async def _answered(self, what: str, path: str, began: float, answer: Answer, good: tuple[int, ...]) -> Answer:
        now = time.perf_counter()
        self._heard.times.append((now - self._heard.began, what, now - began))
        if answer.status not in good:
            where = answer.headers.get("location", "")
            self._heard.wrong[f"{what}: {answer.status} {where} ({re.sub('[0-9]+', 'N', path)})"] += 1
        await asyncio.sleep(self._pause * self._chance.uniform(0.5, 1.5))
        return answer


class _Reporter(_Visitor):
    """Opens the form, fills it in, sends it, and looks at the receipt."""

    async def _turn(self) -> None:
        path = f"{self._path}/report/?kind=attack"
        form = form_on((await self._get("reporter: form", path)).body.decode(), path=path, having="form_key")
        words = f"He calls her names in every thread, and nobody stops it. {secrets.token_hex(16)}"
        body = form.filled(form_key=secrets.token_hex(16), words=words, affected="no", place="elsewhere")
        answer = await self._send("reporter: sends it", form.action, body, form.media_type)
        receipt = self._line.cookies.get("receipt", "")
        if not acknowledged(answer, self._line):
            self._heard.wrong[f"a report was not acknowledged: {answer.status}"] += 1
            return
        self._heard.kept.append(words)
        self._line.cookies["receipt"] = receipt
        await self._get("reporter: receipt", answer.headers["location"])


class _Moderator(_Visitor):
    """Looks through the queue, opens cases, takes some, decides a few, and searches now and then."""

    async def _turn(self) -> None:
        case = await self._chosen()
        page = await self._open(case)
        if "/claim/" in page and self._chance.random() < 0.5:
            await self._send("moderator: takes a case", urljoin(case, "claim/"), _token(page))
            page = await self._open(case)
        if urljoin(case, "decision/") in page:
            await self._decide(case)
        if self._chance.random() < 0.3:
            asked = urlencode({"q": self._chance.choice(_WORDS)})
            await self._get("moderator: searches", f"{self._path}/desk/search/?{asked}")
        if self._chance.random() < 0.3:
            await self._get("moderator: home", f"{self._path}/desk/")

    async def _chosen(self) -> str:
        """Return the address of a case on one of the queue's pages."""
        lane = self._chance.choice(("", "", "?show=decision", "?show=second", "?show=appeals", "?show=overdue"))
        cases = await self._cases(lane) or await self._cases("")  # a pile may be empty
        if not cases:
            raise LookupError("no case in the queue")
        return self._chance.choice(cases)

    async def _cases(self, lane: str) -> list[str]:
        answer = await self._get("moderator: queue", f"{self._path}/desk/queue/{lane}")
        return _CASE.findall(answer.body.decode())

    async def _open(self, case: str) -> str:
        page = (await self._get("moderator: case", case)).body.decode()
        if 'name="interested" value="no"' not in page:
            return page
        await self._send("moderator: has no part in it", urljoin(case, "interest/"), _token(page, interested="no"))
        return (await self._get("moderator: case", case)).body.decode()

    async def _decide(self, case: str) -> None:
        path = urljoin(case, "decision/")
        page = (await self._get("moderator: writes", path)).body.decode()
        said = {"aimed_at": "policy", "clarity": "clear", "reasons": _REASONS, "outcome": "robust_criticism"}
        passage = _first_words(page)
        if passage and self._chance.random() < 0.5:
            said |= {"outcome": "remove", "passage": passage, "codes": "Sa", "aimed_at": "person"}
        form = form_on(page, path=path, having="form_key")
        await self._send("moderator: the letter", urljoin(path, "letter/"), form.filled(**said))
        checked = await self._send("moderator: checks", path, form.filled(**said, go="check"))
        if checked.status == 409:  # somebody else has decided it meanwhile
            return
        last = form_on(checked.body.decode(), path=path, having="form_key")
        await self._send("moderator: decides", path, last.filled(**said, go="confirm"))


def _token(page: str, **values: str) -> bytes:
    found = _TOKEN.search(page)
    if found is None:
        raise LookupError("a page without a form's token")
    return Form("", _FORM, {"csrfmiddlewaretoken": found[1]}).filled(**values)


def _first_words(page: str) -> str:
    """Return the beginning of the post on the page, as it was written."""
    found = _POST.search(page)
    return " ".join(unescape(_TAG.sub("", found[1])).split()[:3]) if found else ""
