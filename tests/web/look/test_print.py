"""On paper, as real PDFs: a case, the bundle with its minute, a letter. No menus, nothing cut, dates that stay true."""

import mimetypes
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from folkmoot.steps.file_report import file_report
from tests import cast
from tests.cast import Matter, day
from tests.paper import pages_of
from tests.web.browsers import move_clock, officer, party

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SITE = "http://paper.example"
A4 = 673  # how wide the part of it is that is written on, in CSS pixels
ROAD = "The bus plan is a waste, and so is whoever made it, says everybody on our road."
LONG = "\n\n".join(f"{number}. {ROAD}" for number in range(60))

# What would be cut where a page ends, or stand on every page; and what nobody can press on paper.
_NOT_FOR_PAPER = """() => {
  const found = [];
  for (const part of document.querySelectorAll("body *")) {
    if (!part.checkVisibility() || part.closest(".visually-hidden, .skip")) continue;
    const style = getComputedStyle(part);
    const name = `${part.tagName}.${part.className}`;
    if (["fixed", "sticky"].includes(style.position)) found.push(`${name} stands still`);
    const more = part.scrollHeight - part.clientHeight;
    if (/auto|scroll|hidden/.test(style.overflowY) && more > 1) found.push(`${name} is cut`);
    if (part.matches("button, nav, input:not([type=hidden]), textarea, select")) found.push(`${name} is a tool`);
  }
  return found;
}"""
_WRITTEN = """() => [...document.querySelectorAll("main :is(h1, h2, h3, .words)")]
  .filter((part) => part.checkVisibility()).flatMap((part) => part.innerText.split("\\n"))"""


@pytest.fixture(scope="session", autouse=True)
def _database_beside_a_browser() -> Iterator[None]:
    # Playwright leaves an event loop in this thread, and Django refuses every query beside one
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(autouse=True)
def _day_seven(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' clock stands on the day of the meeting."""
    move_clock(monkeypatch, day(7))


@pytest.fixture
def sheet(browser: Browser) -> Iterator[Page]:
    """Return a page as wide as paper."""
    context = browser.new_context(viewport={"width": A4, "height": 960}, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def matter() -> Matter:
    """Return a long matter before the Executive: a long post, six reports, a minute on which three sat."""
    people = cast.branch()
    people.post.text = f"{cast.WORDS}\n\n{LONG}"
    people.post.save(update_fields=["text"])
    matter = cast.minuted(people)
    cast.free(matter, people.panel[0], at=day(7))
    return matter


def test_a_case_is_printed_whole(sheet: Page) -> None:
    people = cast.branch()
    people.post.text = f"{cast.WORDS}\n\n{LONG}"
    people.post.save(update_fields=["text"])
    matter = cast.reported(people)
    for number in range(5):
        file_report(people.org, cast.a_report(people, words=f"Report number {number}.", email="", name=""), at=day(0))
    cast.free(matter, people.operator, at=day(1))
    pages = printed(sheet, officer(people.operator), f"/o/{people.org.slug}/desk/cases/{matter.pk}/")
    assert 4 <= len(pages) <= 8
    whole = "".join(pages)
    for shown in ("Report number 4.", f"59. {ROAD}", "Printed for Mo Abara.", "Monday 2 November 2026 at"):
        assert squeezed(shown) in whole, shown
    for tool in ("Take this case", "You can also", "Write a note", "days ago", "Sign out"):
        assert squeezed(tool) not in whole, f"{tool} in {whole[:2000]}"


def test_the_bundle_is_printed_in_reading_order_with_its_minute(sheet: Page, matter: Matter) -> None:
    people = matter.branch
    pages = printed(sheet, officer(people.panel[0]), f"/o/{people.org.slug}/panel/cases/{matter.pk}/")
    assert 4 <= len(pages) <= 9
    whole = "".join(pages)
    order = (
        "The Executive’s minute",
        "1. The post, in its conversation",
        "2. The decision",
        "3. What the author answered",
    )
    places = [whole.index(squeezed(heading)) for heading in order]
    assert places == sorted(places)
    assert squeezed("Who sat Vote Confirmed") in whole, "the votes are a table, as in any minute"
    assert squeezed("Print the bundle") not in whole


def test_a_letter_is_printed_without_the_page_around_it(sheet: Page, matter: Matter) -> None:
    grant = matter.grant
    pages = printed(sheet, party(grant), f"/o/{matter.branch.org.slug}/notice/{grant.pk}/")
    assert 2 <= len(pages) <= 11
    whole = "".join(pages)
    assert squeezed(cast.REASONS) in whole
    assert squeezed("Report a problem") not in whole


def printed(sheet: Page, reader: Client, path: str) -> list[str]:
    """Print the page that `reader` is shown, and return the words of each sheet, squeezed."""
    answer = reader.get(path)
    assert answer.status_code == 200, answer
    sheet.route("**/*", lambda route: _serve(route, path, answer.content))
    sheet.goto(SITE + path)
    sheet.emulate_media(media="print")
    assert sheet.evaluate(_NOT_FOR_PAPER) == []
    found = pages_of(sheet.pdf(format="A4", prefer_css_page_size=True))
    for number, page in enumerate(found, 1):
        assert f"{number} / {len(found)}" in page, "each sheet says which of how many it is"
    pages = [squeezed(re.sub(rf"\b\d+ / {len(found)}\b", "", page)) for page in found]
    lost = [line for line in sheet.evaluate(_WRITTEN) if line.strip() and squeezed(line) not in "".join(pages)]
    assert lost == []
    return pages


def squeezed(text: str) -> str:
    """Return the text without the spaces in it, and its letters one by one."""
    return re.sub(r"[\s\xad]+", "", unicodedata.normalize("NFKC", text))


def _serve(route: Route, path: str, page: bytes) -> None:
    asked = route.request.url.removeprefix(SITE)
    if asked == path:
        route.fulfill(body=page, content_type="text/html; charset=utf-8")
        return
    name = asked.partition("?")[0]
    found = finders.find(name.removeprefix("/static/")) if name.startswith("/static/") else None
    if isinstance(found, str):
        route.fulfill(body=Path(found).read_bytes(), content_type=mimetypes.guess_type(found)[0] or "text/plain")
    else:
        route.fulfill(status=404)
