"""One journey: its branch, whoever lives it, and the pictures that the documents show of it."""

import io
import os
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.journeys.mailbox import Mailbox
from tests.journeys.officer import Officer
from tests.journeys.visitor import Author, Reporter
from tests.places import PROJECT
from tests.servers import Server

PICTURES = PROJECT / "docs" / "journeys"
WANTED = bool(os.environ.get("JOURNEY_PICTURES"))  # docs/journeys.md has the command
TALLEST = 1400  # CSS pixels


@dataclass
class Journey:
    """A branch as `hall` founded it. Officers are signed in; authors and reporters come as anybody does."""

    key: str
    server: Server
    mailbox: Mailbox
    browser: Browser
    org: str
    post: str
    url: str  # of the post
    sessions: dict[str, str]
    people: dict[str, str]  # their addresses
    taken: int = field(default=0)

    def officer(self, name: str) -> Officer:
        """Return somebody of the branch in a browser in which they are signed in."""
        person = Officer(self.browser, self.server, self.mailbox, name=name, email=self.people[name])
        cookie = {"name": "sessionid", "value": self.sessions[name], "url": self.server.url}
        person.page.context.add_cookies([cookie])  # type: ignore[list-item]
        person.org = self.org
        return person

    def reporter(self) -> Reporter:
        """Return somebody who tells the branch of something, and leaves an address."""
        email = f"wren.lacey.{self.key}@example.org"
        return Reporter(self.browser, self.server, self.mailbox, name="Wren Lacey", email=email)

    def author(self) -> Author:
        """Return who wrote the post."""
        email = f"rowan.pike.{self.key}@example.org"
        return Author(self.browser, self.server, self.mailbox, name="Rowan Pike", email=email)

    def picture(self, page: Page, *, below: str = "") -> None:
        """Take the journey's next picture for docs/journeys.md, when wanted: the page, or what is `below` a heading."""
        self.taken += 1
        if not WANTED:
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.evaluate("document.activeElement && document.activeElement.blur()")
        shot = page.screenshot(full_page=True)
        picture = Image.open(io.BytesIO(shot))
        top = _top(page, below) if below else 0
        picture = picture.crop((0, top, picture.width, min(picture.height, top + TALLEST)))
        picture.resize((picture.width * 3 // 4, picture.height * 3 // 4)).save(
            _file(self.key, self.taken), "WEBP", quality=60, method=6
        )


def _top(page: Page, heading: str) -> int:
    """Return where on the page a heading begins, in CSS pixels."""
    found = page.get_by_role("heading", name=heading).first
    return max(0, int(found.evaluate("it => it.getBoundingClientRect().top + window.scrollY")) - 40)


def _file(key: str, number: int) -> Path:
    return PICTURES / f"{key}-{number}.webp"
