"""Keys, and what is new without reload, in a real browser: Chromium asks, Django's test client answers."""

from collections.abc import Callable, Iterator
from contextvars import copy_context
from typing import Protocol
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect

from folkmoot.steps.claim import claim
from tests.cast import Branch, Matter, day, post, reported
from tests.web.desk.pages import Desk

pytestmark = pytest.mark.browser

SITE = "http://testserver"
HANDED_ON = ("content-type", "hx-request", "if-none-match", "x-csrftoken")


@pytest.fixture(scope="session", autouse=True)
def _beside_a_loop() -> Iterator[None]:
    """Let Django work in the thread in which the browser's driver has its loop: nothing here runs at the same time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[[Desk, str], Page]]:
    """Return what opens a page of the desk."""
    context = browser.new_context(base_url=SITE, reduced_motion="reduce")

    def open_page(desk: Desk, path: str) -> Page:
        page = context.new_page()
        ours = copy_context()  # the driver has another, with a database of its own
        page.route("**/*", lambda route: ours.copy().run(answer, desk, route))
        page.goto(f"{SITE}{desk.root}{path}")
        return page

    yield open_page
    context.close()


class Asking(Protocol):
    """Whoever has a browser: Django's test client, with its cookies."""

    @property
    def browser(self) -> Client:
        """Return it."""


def answer(desk: Asking, route: Route) -> None:
    """Answer what the browser asks for; it is told of a redirect by a page, since it would leave by itself."""
    asked, parts = route.request, urlsplit(route.request.url)
    if parts.path.startswith("/static/"):
        route.fulfill(path=str(finders.find(parts.path.removeprefix("/static/"))))
        return
    given = {name: value for name, value in asked.headers.items() if name in HANDED_ON}
    body, kind = asked.post_data_buffer or b"", given.pop("content-type", "text/plain")
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    said = desk.browser.generic(asked.method, path, body, content_type=kind, headers=given)
    if said.status_code == 303:
        route.fulfill(body=f'<meta http-equiv="refresh" content="0;url={said["Location"]}">', content_type="text/html")
        return
    route.fulfill(status=said.status_code, headers=dict(said.items()), body=said.content)


def press(page: Page, *keys: str) -> None:
    """Press keys, once the page listens for them: then it shows the button that lists them."""
    expect(page.get_by_role("button", name="Keyboard")).to_be_visible()
    for key in keys:
        page.keyboard.press(key)


def some(people: Branch, count: int) -> list[Matter]:
    """Report so many posts."""
    return [
        reported(people, post=post(people.org, people.place, native_id=f"n{number}", text=f"Words {number}."))
        for number in range(count)
    ]


def test_keys_walk_the_queue_select_take_and_decide_and_rest_in_fields(
    people: Branch, opened: Callable[[Desk, str], Page]
) -> None:
    first, second, _third = some(people, 3)
    page = opened(Desk(people.operator).free(first).free(second), "queue/")
    titles, ticks = page.locator(".row-title"), page.locator(".row-pick input")
    press(page, "j")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("x")
    expect(ticks.nth(1)).to_be_checked()
    page.keyboard.press("k")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("j")  # rests
    page.keyboard.press("Escape")
    expect(titles.nth(0)).to_be_focused()  # and the focus is where it was
    page.keyboard.press("/")
    page.keyboard.type("jx?gq")
    expect(page.get_by_label("Search the cases")).to_have_value("jx?gq")
    titles.nth(1).focus()
    page.keyboard.press("o")
    page.wait_for_url(f"**/cases/{second.pk}/")
    press(page, "c")
    expect(page.get_by_text("You have this case now.")).to_be_visible()
    press(page, "d")
    page.wait_for_url(f"**/cases/{second.pk}/decision/")
    page.locator("h1").click()
    press(page, "g", "q")
    page.wait_for_url("**/queue/")
    page.get_by_role("button", name="Keyboard").click()
    page.get_by_label("Use these keys in this browser").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(titles.nth(0)).not_to_be_focused()


def test_what_is_new_is_said_and_marked_while_every_row_stays_where_it_is(
    people: Branch, opened: Callable[[Desk, str], Page]
) -> None:
    first, second = some(people, 2)
    page = opened(Desk(people.operator), "queue/")
    before = page.locator(".row-title").evaluate_all("found => found.map((one) => one.href)")
    assert people.moderator is not None
    claim(second.pk, by=people.moderator, at=day(1, 10, 5))
    reported(people, post=post(people.org, people.place, native_id="m", text="Later."), at=day(1, 10, 5))
    ask_now = "dispatchEvent(new Event('online'))"
    page.evaluate(ask_now)
    expect(page.get_by_text("1 case is new here, or has changed, since you opened this.")).to_be_visible()
    expect(page.locator(f"#mark-{second.pk}")).to_contain_text("Changed since you opened this")
    expect(page.locator(f"#mark-{first.pk}")).to_be_empty()
    assert page.locator(".row-title").evaluate_all("found => found.map((one) => one.href)") == before
    with page.expect_response("**/news/**") as again:
        page.evaluate(ask_now)
    assert again.value.status == 304
    page.get_by_role("link", name="Show them").click()
    expect(page.locator(".row-title")).to_have_count(3)
