"""axe on every page that a visitor, a party or an officer can reach in the demo: light and wide, dark and narrow.

The walk follows links, so a new page is looked at from its first day. Of pages that differ only by a number
the first is taken. `./test` looks at every second page light and wide, at the others dark and narrow; `./test soak` at
all of them both ways.
"""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.somebody import arrived
from tests.servers import clean_environment, free_port, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.journey]

ALIKE = 1  # pages of one kind that are looked at, whoever looks
LOOKS = (("light", 1280), ("dark", 390))
RULES = {"resultTypes": ["violations"]}
SIDES = ("visitor", "author", "reporter", "Moderator", "Secretary", "Executive Committee", "Administrator")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a freshly filled demo."""
    folder = tmp_path_factory.mktemp("demo")
    port, log = free_port(), folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "folkmoot.cli", "demo", "--port", str(port)],
            env=clean_environment(FOLKMOOT_DATA=str(folder / "data")),
            stdout=out,
            stderr=out,
        )
    try:
        ended = process.poll
        wait_until(lambda: "Ctrl-C ends it" in log.read_text() or ended() is not None, "the demo", within=180)
        assert ended() is None, log.read_text()
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def seen_so() -> dict[bool, Counter[str]]:
    return {both: Counter[str]() for both in (False, True)}


@pytest.fixture
def seen(seen_so: dict[bool, Counter[str]], both: bool) -> Counter[str]:
    """Return how many pages of each kind were looked at in the same way, by all sides together."""
    return seen_so[both]


@pytest.mark.parametrize("both", [False, pytest.param(True, marks=pytest.mark.soak)], ids=["one way", "both ways"])
@pytest.mark.parametrize("side", SIDES)
def test_axe_finds_nothing_on_any_page(demo: str, browser: Browser, seen: Counter[str], side: str, both: bool) -> None:
    context = browser.new_context(base_url=demo, reduced_motion="reduce")
    page = context.new_page()
    begin = _take_place(page, side)
    faults: list[str] = []
    before = len(seen)
    waiting, known = [begin], {begin}
    while waiting:
        path = waiting.pop(0)
        kind = re.sub(r"/(rules|clauses)/[A-Z]\w+/", r"/\1/CODE/", path.partition("?")[0])
        kind = re.sub(r"\d+", "N", re.sub(r"/admin/letters/\w+/", "/admin/letters/WORDING/", kind))
        if seen[kind] >= ALIKE:
            continue
        seen[kind] += 1
        answer = page.goto(path)
        if answer is None or "text/html" not in (answer.headers.get("content-type") or ""):
            continue
        assert answer.status < 500, path
        looks = LOOKS if both else (LOOKS[len(seen) % len(LOOKS)],)
        faults += _look(page, path, looks)
        if _answer_about_interests(page):
            faults += _look(page, f"{path} once it is open", looks)
        _begin_a_draft(page)
        for link in _links(page, demo):
            if link not in known:
                known.add(link)
                waiting.append(link)
    context.close()
    least = {"visitor": 8, "author": 1, "reporter": 1, "Moderator": 8}.get(side, 0)
    assert len(seen) - before >= least, f"the walk found hardly anything new: {dict(seen)}"
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("side", "path", "button"),
    [
        ("visitor", "report/", "Continue"),
        ("visitor", "report/?kind=attack", "Send the report"),
        ("visitor", "track/", "Open my report"),
        ("Administrator", "admin/people/", "Invite them"),
        ("Administrator", "admin/places/", "Add this place"),
    ],
)
def test_axe_finds_nothing_on_a_form_that_was_sent_empty(
    demo: str, browser: Browser, side: str, path: str, button: str
) -> None:
    context = browser.new_context(base_url=demo, reduced_motion="reduce")
    page = context.new_page()
    _take_place(page, side)
    page.goto(f"/o/wexmoor/{path}")
    page.locator("form").evaluate_all("forms => forms.forEach(form => { form.noValidate = true })")
    page.get_by_role("button", name=button).click()
    arrived(page)
    assert page.locator(".field-error").count() > 0, "no error is shown"
    faults = _look(page, path, LOOKS)
    context.close()
    assert not faults, "\n".join(faults)


def _take_place(page: Page, side: str) -> str:
    """Step into somebody's role in the demo, and return the path of their first page."""
    page.goto("/demo/roles/")
    if side == "visitor":
        return "/demo/"
    if side in ("author", "reporter"):
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
        heading = page.get_by_role("heading", name=f"{side.capitalize()}s", exact=True)
        page.locator("section", has=heading).locator("button").first.click()
    else:
        page.locator("li, article, tr, form", has_text=side).locator("button").first.click()
    page.wait_for_load_state()
    return urlsplit(page.url).path


def _look(page: Page, path: str, looks: Sequence[tuple[str, int]]) -> list[str]:
    found = []
    for scheme, width in looks:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{path} {scheme} {width}: the page is {wide} px wide")
        for fault in Axe().run(page, options=RULES).response["violations"]:
            where = "; ".join(str(node["target"]) for node in fault["nodes"][:3])
            found.append(f"{path} {scheme} {width}: {fault['id']}: {fault['help']}: {where}")
    return found


def _begin_a_draft(page: Page) -> None:
    """Begin a draft of the policy where there is none: its pages are there only with one."""
    button = page.get_by_role("button", name="Begin a draft from these rules")
    if button.count():
        button.click()
        page.wait_for_load_state()


def _answer_about_interests(page: Page) -> bool:
    """Open a case that asks about interests first."""
    button = page.get_by_role("button", name="No, I can look at it fairly")
    if button.count() == 0:
        return False
    button.click()
    page.wait_for_load_state()
    return True


def _links(page: Page, base: str) -> list[str]:
    hrefs: list[str] = page.eval_on_selector_all("a[href]:not([download])", "links => links.map(link => link.href)")
    paths = []
    for href in hrefs:
        parts = urlsplit(href)
        if f"{parts.scheme}://{parts.netloc}" != base or parts.path.startswith("/static/"):
            continue
        paths.append(parts.path + (f"?{parts.query}" if parts.query and "page" not in parts.query else ""))
    return paths


def test_the_axe_that_is_used_finds_faults(browser: Browser, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text("<!doctype html><title>x</title><img src='a.png'><p style='color:#aaa;background:#fff'>pale</p>")
    page = browser.new_page()
    page.goto(bad.as_uri())
    rules = {fault["id"] for fault in Axe().run(page, options=RULES).response["violations"]}
    page.close()
    assert {"image-alt", "color-contrast", "html-has-lang"} <= rules
