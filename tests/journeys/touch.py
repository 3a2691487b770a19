"""Somebody with a small phone: taps, and types on it. Every page they come to is measured."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page

from tests.journeys.officer import Officer
from tests.journeys.somebody import MILLISECONDS

WIDTH, HEIGHT = 360, 740
# WCAG 2.2, 2.5.8: at least 24 by 24, but for links within a sentence. What is meant for the thumb has 44.
_TOO_SMALL = """() => {
  const found = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) found.push(`the page is ${wide} wide`);
  for (const part of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    if (part.matches("[type=hidden], .skip") || !part.checkVisibility({ visibilityProperty: true })) continue;
    const target = part.matches("[type=checkbox], [type=radio]") ? part.closest("label") ?? part : part;
    const { width, height } = target.getBoundingClientRect();
    if (!width || !height) continue;
    const within = getComputedStyle(part).display === "inline"
      && part.parentElement.textContent.trim() !== part.textContent.trim();
    const least = part.matches(".button, input, select, textarea") ? 44 : 24;
    if (!within && (height < least - 0.5 || width < 24 - 0.5)) {
      const name = part.innerText || part.name || part.ariaLabel;
      found.push(`${part.tagName} “${name}” ${Math.round(width)} by ${Math.round(height)}`);
    }
  }
  return found;
}"""


class Phone:
    """A phone in the hand of an officer who is signed in."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tap(self, name: str) -> None:
        """Tap the button or the link that says `name`."""
        found = self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        )
        self.touch(found.first)

    def choose(self, answer: str) -> None:
        """Tap the answer that begins with `answer`."""
        said = self.page.locator(".choice-label", has_text=re.compile(rf"^\s*{re.escape(answer)}"))
        self.touch(self.page.locator("label.choice").filter(has=said).first)

    def write(self, label: str, text: str) -> None:
        """Tap the field with this label, and type."""
        field = self.page.get_by_label(label).first
        self.touch(field)
        self.page.keyboard.insert_text(text)

    def touch(self, target: Locator) -> None:
        """Tap what is meant."""
        target.tap(timeout=MILLISECONDS)

    def comes_to(self, address: str) -> None:
        """Be on the page with this address; it fits, and nothing on it is too small for a thumb."""
        self.page.wait_for_url(address, timeout=MILLISECONDS)
        self.page.wait_for_load_state()
        self.fits()

    def fits(self) -> None:
        """Nothing has to be moved sideways, and every target is large enough."""
        wrong = self.page.evaluate(_TOO_SMALL)
        assert wrong == [], f"{self.page.url}: {wrong}"


@contextmanager
def phone_of(officer: Officer) -> Iterator[Phone]:
    """Take a phone out on which `officer` is signed in."""
    browser, here = officer.page.context.browser, officer.page.context
    assert browser is not None
    pocket = browser.new_context(
        storage_state=here.storage_state(),
        base_url=officer.server.url,
        viewport={"width": WIDTH, "height": HEIGHT},
        has_touch=True,
        is_mobile=True,
        locale="en-GB",
    )
    try:
        yield Phone(pocket.new_page())
    finally:
        pocket.close()
