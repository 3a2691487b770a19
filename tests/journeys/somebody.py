"""Somebody at a browser of their own: reads what is shown, and uses only labels and buttons.

What the pages say stands in `visitor.py` and `officer.py`: where their wording changes, it is mended there.
"""

import re

from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.journeys.mailbox import Mailbox
from tests.servers import Server

MILLISECONDS = 15_000.0  # for a page; a busy machine is no failure


def arrived(page: Page) -> None:
    """Wait until what was sent has arrived: a form asks first whether the server is there."""
    page.wait_for_function("() => !document.querySelector('form[aria-busy=true]')")
    page.wait_for_load_state()


class Somebody:
    """One person with one browser window."""

    def __init__(self, browser: Browser, server: Server, mailbox: Mailbox, *, name: str, email: str = "") -> None:
        self.server, self.mailbox = server, mailbox
        self.name, self.email = name, email
        self.page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB").new_page()
        self.page.set_default_timeout(MILLISECONDS)

    def open(self, address: str) -> None:
        """Open a path of the server, or a whole address."""
        answer = self.page.goto(address if address.startswith("http") else self.server.url + address)
        assert answer is not None
        assert answer.status < 400, f"{answer.status} at {address}: {self.reads()}"

    def press(self, name: str) -> None:
        """Press the button that says `name`."""
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow the first link that says `name`."""
        self.click(self.page.get_by_role("link", name=name, exact=isinstance(name, str)))

    def type(self, label: str, text: str) -> None:
        """Type `text` into the field with this label."""
        try:
            self._field(label).fill(text)
        except PlaywrightError as error:
            raise AssertionError(f"there is no field {label!r} to type into: {self.reads()}") from error

    def choose(self, label: str) -> None:
        """Choose the answer with this label."""
        try:
            self._field(label).check()
        except PlaywrightError as error:
            raise AssertionError(f"there is no answer {label!r} to choose: {self.reads()}") from error

    def click(self, target: Locator) -> None:
        """Click the first of what is meant, or fail with what stands on the page instead."""
        try:
            target.first.click()
            arrived(self.page)
        except PlaywrightError as error:
            raise AssertionError(f"there is nothing to click: {error.message}\n{self.reads()}") from error

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Be shown `text` somewhere, or fail."""
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=MILLISECONDS)

    def sees_heading(self, name: str | re.Pattern[str]) -> None:
        """Be on the page with this heading, or fail with what stands there instead."""
        heading = self.page.get_by_role("heading", name=name).first
        expect(heading, self.reads()).to_be_visible(timeout=MILLISECONDS)

    def reads(self) -> str:
        """Return what stands on the page, for a message."""
        return f"{self.page.url}\n{self.page.locator('main').first.inner_text()}"

    def _field(self, label: str) -> Locator:
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first
