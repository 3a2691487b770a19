"""Somebody on a phone checks a draft in a real browser, by the real process that holds the models."""

from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from folkmoot.casefile.record import SYSTEM
from folkmoot.detectors.served.client import ask
from folkmoot.editions.meant import PACK
from folkmoot.steps.add_organisation import add_organisation
from tests.cast import FOUNDED, day
from tests.detectors.served.running import PATIENCE, end_all
from tests.web.browsers import move_clock
from tests.web.desk.test_keys import SITE, answer

pytestmark = pytest.mark.browser
NUMBER = "Ring him on 07700 900123."


class Visitor:
    """Somebody without an account: the browser's other half."""

    def __init__(self) -> None:
        self.browser = Client()


@pytest.fixture(scope="session", autouse=True)
def _beside_a_loop() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver has its loop in this thread
        yield


@pytest.fixture(scope="module")
def socket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return where the models' process listens."""
    path = tmp_path_factory.mktemp("models") / "model.sock"
    ask(["Once."], socket=path, draft=True, patience=PATIENCE)
    yield path
    end_all(path)


@pytest.fixture(params=["with script", "without script"])
def page(
    request: Any, browser: Browser, db: None, socket: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    """Return a page of a phone that asks this process, with a script and without."""
    settings.MODEL_SOCKET = socket
    move_clock(monkeypatch, day(0))
    org = add_organisation(name="Long rules", pack=PACK, by=SYSTEM, at=FOUNDED)
    context = browser.new_context(
        base_url=SITE,
        java_script_enabled=request.param == "with script",
        viewport={"width": 360, "height": 740},
        reduced_motion="reduce",
    )
    made, visitor, ours = context.new_page(), Visitor(), copy_context()
    made.route("**/*", lambda route: ours.copy().run(answer, visitor, route))
    made.goto(f"{SITE}/o/{org.slug}/")
    made.get_by_role("link", name="Check a draft before you post").click()
    yield made
    context.close()


def test_a_draft_is_checked_on_a_phone(page: Page, request: Any) -> None:
    typing = "with script" in request.node.name
    page.get_by_label("What would you like to post?").fill(NUMBER)
    if not typing:
        page.get_by_role("button", name="Check it").click()
    told = page.locator("#answer")
    expect(told).to_contain_text("likely to run into F7")
    expect(told.locator("mark")).to_have_text("07700 900123")
    expect(page.get_by_role("status").first).to_contain_text("likely to run into F7")
    told.locator("summary").click()
    expect(told.get_by_role("link", name="Read F7 among the rules")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("What would you like to post?").fill("The meeting is on Tuesday at seven.")
    if not typing:
        page.get_by_role("button", name="Check it").click()
    expect(told).to_contain_text("Nothing here runs into the rules.")
    expect(told.locator("mark")).to_have_count(0)
    assert page.get_by_label("What would you like to post?").input_value() == "The meeting is on Tuesday at seven."
    assert "?" not in page.url
