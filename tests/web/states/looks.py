"""A page in a real Chromium, and axe: each way of looking at it, as it comes and with all that opens on it open."""

import json
from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Error, Page, Route

from tests.web.states.gather import Shown

SITE = "http://testserver"
LOOKS = (("light", 1280), ("dark", 390), ("light", 390), ("dark", 1280))
# Without a list of tags axe tries the rules of WCAG 2.0, 2.1 and 2.2 at A and AA, and what it calls best practice; of
# 2.2 the size of targets only when it is asked to.
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
_OPEN = """() => {
  const shut = [...document.querySelectorAll('details:not([open])')]
  shut.forEach(one => { one.open = true })
  const hidden = [...document.querySelectorAll('[popover]')]
  return shut.length + hidden.length
}"""
_HANDED_ON = ("content-type", "hx-request", "hx-current-url", "if-none-match", "x-csrftoken")


@dataclass(frozen=True)
class Fault:
    """What axe says of one page, or that it does not fit."""

    where: str
    rule: str
    said: str

    def __str__(self) -> str:
        return f"{self.where}: {self.rule}: {self.said}"


class Looker:
    """One page of a browser that is given one page after another."""

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context(base_url=SITE, reduced_motion="reduce")
        self._ours = copy_context()  # the driver has another, with a database of its own
        self.looked = 0

    def close(self) -> None:
        """Give the browser's part back."""
        self._context.close()

    def faults(self, shown: Shown, looks: tuple[tuple[str, int], ...] = LOOKS) -> Iterator[Fault]:
        """Yield what is wrong with a page: as it comes, with everything folded out, and under the list of keys."""
        page = self._context.new_page()
        page.route("**/*", lambda route: self._ours.copy().run(_answer, shown, route))
        page.goto(f"{SITE}{shown.path}")
        page.evaluate(AXE_SCRIPT)
        yield from self._look(page, shown.name, looks)
        if page.evaluate(_OPEN):
            yield from self._look(page, f"{shown.name}, all folded out", looks[:2])
        if page.locator("[data-keys]").count() and shown.view in ("desk:queue", "desk:case", "administration:people"):
            page.keyboard.press("Escape")
            page.locator("[data-keys-open]").first.evaluate("button => button.click()")
            assert page.locator("dialog[open]").count() == 1, shown.name
            yield from self._look(page, f"{shown.name}, list of keys", looks[:2])
        page.close()

    def _look(self, page: Page, name: str, looks: tuple[tuple[str, int], ...]) -> Iterator[Fault]:
        for scheme, width in looks:
            self.looked += 1
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.set_viewport_size({"width": width, "height": 900})
            where = f"{name}, {scheme} {width}"
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                yield Fault(where, "width", f"the page is {wide} px wide")
            for one in page.evaluate(f"axe.run({json.dumps(RULES)})")["violations"]:
                yield Fault(where, one["id"], f"{one['help']}: {_targets(one)}")


def _targets(fault: dict[str, Any]) -> str:
    return "; ".join(str(node["target"]) for node in fault["nodes"][:3]) + f" ({len(fault['nodes'])})"


def _answer(shown: Shown, route: Route) -> None:
    """Give the page itself as it was gathered, style sheets and scripts as they are, and all else by asking anew."""
    asked, parts = route.request, urlsplit(route.request.url)
    if asked.resource_type == "document":
        route.fulfill(body=shown.html, content_type="text/html; charset=utf-8")
        return
    if parts.path.startswith("/static/"):
        route.fulfill(path=str(finders.find(parts.path.removeprefix("/static/"))))
        return
    given = {name: value for name, value in asked.headers.items() if name in _HANDED_ON}
    kind = given.pop("content-type", "text/plain")
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    said = shown.client.generic(asked.method, path, asked.post_data_buffer or b"", content_type=kind, headers=given)
    try:
        route.fulfill(status=said.status_code, headers=dict(said.items()), body=said.getvalue())
    except Error:  # the page was closed meanwhile
        return
