"""Gathers pages: a branch with everything in it at full length, one with nothing in it, and every form sent back.

Whatever address there is is asked for by everybody who can look at pages, with every object that it can name; then the
links of what was found are followed, which is how lists that are narrowed and sorted come in.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from itertools import product
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.http import Http404
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Page

from tests.web.hostile.shapes import read
from tests.web.hostile.strings import STRINGS, twin
from tests.web.test_strangers import addresses

EMPTY, FULL, ERROR, REFUSED, STAGE, CHECK = "empty", "full", "error", "refused", "at its stage", "to check"
# How many pages of one kind are looked at: one, but of those on which a case is read one for each case and reader.
MOST = {"desk:case": 10, "panel:case": 5, "public:notice": 7, "public:progress": 4, "desk:home": 5, "desk:decision": 3}
TYPED = {"text", "textarea", "search", "url", "email", "tel", "number", "date", "time", "datetime-local", "password"}
TOO_LONG = twin(f"{'long ' * 5000}{' '.join(STRINGS)}")
NEVER_SENT = {"account_logout", "demo:out"}  # whoever sends it is somebody else afterwards


@dataclass(frozen=True)
class Shown:
    """One page as somebody got it. `client` answers what its scripts ask for."""

    view: str
    state: str
    side: str
    path: str
    html: str
    client: Client

    @property
    def name(self) -> str:
        """Return what a fault is said of."""
        return f"{self.view} {self.state}, {self.side}, {self.path}"


class Gathering:
    """What was found so far."""

    def __init__(self) -> None:
        self.found: list[Shown] = []
        self._seen: Counter[tuple[str, ...]] = Counter()

    def walk(self, state: str, side: str, client: Client, org: str, objects: dict[str, list[object]]) -> None:
        """Take what `client` can open of the organisation `org`, with every object that an address can name."""
        waiting = list(_starts(org, objects))
        known = set(waiting)
        while waiting:
            path = waiting.pop(0)
            shown = self.take(state, side, client, path)
            for link in _links(shown.html) if shown else ():
                if link not in known:
                    known.add(link)
                    waiting.append(link)

    def open_all(self, state: str, side: str, client: Client, org: str, objects: dict[str, list[object]]) -> None:
        """Take what `client` can open of what names one of `objects`, and follow no link."""
        for path in _starts(org, objects, naming=set(objects)):
            self.take(state, side, client, path)

    def take(self, state: str, side: str, client: Client, path: str) -> Shown | None:
        """Open one page and keep it, unless enough of its kind are there."""
        kind = _kind(path, state)
        if kind is None or self._seen[kind] >= MOST.get(kind[0], 1):
            return None
        answer = client.get(path)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            return None
        if "<html" not in answer.content.decode():  # a part of a page, which its script asks for
            return None
        self._seen[kind] += 1
        return self.keep(Shown(kind[0], state, side, path, answer.content.decode(), client))

    def keep(self, shown: Shown) -> Shown:
        """Keep a page that was made otherwise."""
        self.found.append(shown)
        return shown

    def send_back(self, reader: Page) -> None:
        """Send every form that was found with nothing in it and with too much, and keep what is said about it."""
        before, done = list(self.found), set()
        for shown, shape in zip(before, read(reader, [one.html for one in before]), strict=True):
            for form in shape.forms:
                path = urljoin(shown.path, form["action"])
                view = view_of(path)
                kind = (form["method"], view, tuple(sorted({one[0] for one in form["fields"]})))
                if view is None or view in NEVER_SENT or kind in done:
                    continue
                done.add(kind)
                for told in ("", TOO_LONG):
                    self._sent(shown, path, form, told)

    def _sent(self, shown: Shown, path: str, form: dict[str, Any], told: str) -> None:
        answer = _answer(shown.client, path, form, told)
        if not answer.get("Content-Type", "").startswith("text/html"):
            return
        html = answer.content.decode()
        wrong = "field-error" in html or "error-summary" in html
        state = ERROR if answer.status_code in {200, 422} and wrong else REFUSED
        if "<html" not in html or (state == REFUSED and answer.status_code < 400):
            return
        view = view_of(path) if state == ERROR else f"refused {answer.status_code}"
        kind = (str(view), state, html.split("<main")[0][-200:] if state == REFUSED else f"{bool(told)}{path[-12:]}")
        if self._seen[kind] < (2 if state == REFUSED else 1):
            self._seen[kind] += 1
            self.keep(Shown(str(view), state, shown.side, path, html, shown.client))


class _Back(Exception):
    """Undoes what a form did."""


def _answer(client: Client, path: str, form: dict[str, Any], told: str) -> Any:
    fields: dict[str, list[str]] = {}
    for name, kind, value, on in form["fields"]:
        if kind in {"file", "submit", "button"} or (kind in {"radio", "checkbox"} and not (on and told)):
            continue
        fields.setdefault(name, []).append(told if kind in TYPED else value)
    with suppress(_Back), transaction.atomic():
        answer = client.post(path, fields) if form["method"] == "post" else client.get(path, fields)
        raise _Back
    return answer


def _starts(org: str, objects: dict[str, list[object]], *, naming: set[str] | None = None) -> Iterator[str]:
    for one in addresses():
        named = [name for name in one.takes if name != "org"]
        if set(named) <= set(objects) and (naming is None or naming & set(named)):
            for values in product(*(objects[name] for name in named)):
                yield one.filled(org, dict(zip(named, values, strict=True)))


def view_of(path: str) -> str | None:
    try:
        return resolve(urlsplit(path).path).view_name
    except Http404:
        return None


def _kind(path: str, state: str) -> tuple[str, ...] | None:
    view = view_of(path)
    query = urlsplit(path).query
    asked = sorted(pair.partition("=")[0] for pair in query.split("&")) if query else []
    return None if view is None else (view, state, *asked)


def _links(page: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'<a [^>]*?href="(/(?:o/|account/|sign-in/)[^"#]*)"', page)]
