"""People who press a button in the same moment: each with a session and a connection of their own."""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import httpx

from bench.of_reports.form import Form, form_on
from tests.servers import Server

DECIDERS = 50
PATIENCE = 90.0  # seconds: fifty at once on two processors that others use as well

T = TypeVar("T")


class Visitor:
    """A browser that has a session already, and holds a page open."""

    def __init__(self, server: Server, session: str) -> None:
        self.server = server
        self.http = httpx.Client(
            base_url=server.url, headers={"Origin": server.url}, cookies={"sessionid": session}, timeout=PATIENCE
        )
        self.form = Form("", "")

    def open(self, path: str, *, having: str = "seen") -> str:
        """Open a page, keep its form, and return it."""
        page = self.http.get(path)
        assert page.status_code == 200, (path, page.status_code, self.server.said[-3000:])
        self.form = form_on(page.text, path=path, having=having)
        return page.text

    def send(self, **values: str | list[str]) -> httpx.Response:
        """Send the form of the page that is open."""
        return self.http.post(self.form.action, data={**self.form.fields, **values})


def all_at_once(acts: Sequence[Callable[[], T]]) -> list[T]:
    """Do all of it in the same moment, and return what came of each, in order."""
    gate = threading.Barrier(len(acts))

    def act(one: Callable[[], T]) -> T:
        gate.wait(PATIENCE)
        return one()

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(act, acts))


def one_by_one(acts: Iterable[Callable[[], T]]) -> list[T]:
    """Do all of it, a few at a time, as pages are opened over a morning."""
    with ThreadPoolExecutor(4) as people:
        return list(people.map(lambda act: act(), acts))
