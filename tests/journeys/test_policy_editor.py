"""A clause of a draft is kept as it is typed, again and again, and two windows do not write over one another."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.branch import Branch
from tests.journeys.somebody import MILLISECONDS

pytestmark = pytest.mark.journey

MEANWHILE = "You have changed this clause meanwhile, in another window"


def test_what_is_typed_is_kept_again_and_again_and_another_window_is_told(branch: Branch) -> None:
    somebody = branch.moderator
    somebody.open(f"/o/{branch.org}/admin/policy/")
    somebody.press("Begin a draft from these rules")
    address = f"{somebody.server.url}/o/{branch.org}/admin/policy/draft/clauses/F1/"
    page, other = somebody.page, somebody.page.context.new_page()
    page.goto(address)
    other.goto(address)
    for text in ("First.", "First. Second.", "First. Second. Third."):
        typed(page, text)
        expect(page.locator("#beside")).to_contain_text(text, timeout=MILLISECONDS)
    page.get_by_label("What it says").press("End")
    page.get_by_label("What it says").press_sequentially(" And more, without a pause.", delay=60)
    expect(page.locator("#beside")).to_contain_text("without a pause.", timeout=MILLISECONDS)
    assert MEANWHILE not in page.locator("main").inner_text()
    typed(other, "From the other window.")
    expect(other.locator("#beside")).to_contain_text(MEANWHILE, timeout=MILLISECONDS)
    page.reload()
    assert "First. Second. Third. And more, without a pause." in page.get_by_label("What it says").input_value()
    other.close()


def typed(page: Page, text: str) -> None:
    """Type `text` in place of the clause's text."""
    page.get_by_label("What it says").fill(text)
