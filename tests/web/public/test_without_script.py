"""Public pages in a real browser that runs no script: a report, its receipt, its progress; a notice, an appeal."""

import re
from collections.abc import Iterator
from contextvars import copy_context

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from folkmoot.outbox.links import letter_link
from tests import cast
from tests.web.browsers import move_clock
from tests.web.desk.test_keys import SITE, answer

pytestmark = pytest.mark.browser


class Visitor:
    """Somebody without an account: the browser's other half."""

    def __init__(self) -> None:
        self.browser = Client()


@pytest.fixture(scope="session", autouse=True)
def _beside_a_loop() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver has its loop in this thread
        yield


@pytest.fixture
def page(browser: Browser, db: None) -> Iterator[Page]:
    """Return a page of a phone on which nothing runs, and which asks this process."""
    context = browser.new_context(base_url=SITE, java_script_enabled=False, viewport={"width": 390, "height": 800})
    made, visitor, ours = context.new_page(), Visitor(), copy_context()
    made.route("**/*", lambda route: ours.copy().run(answer, visitor, route))
    yield made
    context.close()


def test_something_is_reported_and_followed(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, cast.day(0))
    root = f"/o/{cast.branch().org.slug}"
    page.goto(f"{root}/report/")
    page.get_by_label("An attack on a person").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What happened?").fill("She calls people names.")
    page.get_by_label("Somewhere else").check()
    page.get_by_label("No, I came across it").check()
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", name="We have your report")).to_be_visible()
    code = re.search(r"\d{4} \d{4} \d{4} \d{4}", page.locator("main").inner_text())
    assert code
    page.goto(f"{root}/track/")
    page.get_by_label("Your 16-digit code").fill(code[0])
    page.get_by_role("button", name="Open my report").click()
    expect(page.locator("main")).to_contain_text("She calls people names.")


def test_an_author_opens_the_letter_and_appeals(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.decided()
    move_clock(monkeypatch, cast.day(2))
    page.goto(f"{SITE}/o/{letter_link(matter.grant).partition('/o/')[2]}")
    page.get_by_role("button", name="Open my letter").click()
    expect(page.locator("main")).to_contain_text(cast.REASONS)
    page.get_by_role("link", name="Appeal").first.click()
    page.get_by_role("textbox").first.fill(cast.APPEAL)
    page.get_by_role("button", name="Send my appeal").click()
    expect(page.locator("main")).to_contain_text("We have your appeal")
    assert [paper.words["words"] for paper in matter.papers(cast.Paper.Kind.APPEAL)] == [cast.APPEAL]
