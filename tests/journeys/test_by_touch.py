"""A whole case on a small phone, by thumb alone: every page fits, and everything on it can be hit."""

import pytest
from playwright.sync_api import expect

from tests.journeys.branch import Branch
from tests.journeys.conftest import Posts
from tests.journeys.somebody import MILLISECONDS
from tests.journeys.touch import phone_of

pytestmark = pytest.mark.journey

REASONS = "It calls a member names, and says nothing of what he asked."


def test_a_case_is_decided_on_a_phone(branch: Branch, own_posts: Posts) -> None:
    text = own_posts.worst[5]
    branch.reporter().report(branch.org, quoted=text, words="He only asked about the lease.")
    case = branch.moderator.newest_case(text)
    with phone_of(branch.moderator) as phone:
        page = phone.page
        page.goto(f"/o/{branch.org}/desk/queue/")
        phone.comes_to("**/queue/")
        phone.touch(page.locator(f"a.row-title[href$='/cases/{case}/']"))
        phone.comes_to(f"**/cases/{case}/")
        phone.tap("No, I can look at it fairly")
        page.get_by_role("button", name="Take it").wait_for()
        phone.fits()
        phone.tap("Take it")
        page.get_by_role("link", name="Decide", exact=True).wait_for()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")  # the next step is under the thumb wherever one reads
        phone.tap("Decide")
        phone.comes_to("**/decision/")
        phone.choose("Remove")
        phone.write("The words this is about", "dim little clerk")
        phone.choose("Sa ·")
        phone.choose("A person, or people")
        phone.choose("Clear")
        phone.write("Your reasons", REASONS)
        expect(page.locator("#letter")).to_contain_text("Everything is there.", timeout=MILLISECONDS)
        phone.fits()
        phone.tap("Check before it is sent")
        page.get_by_role("heading", name="What will happen").wait_for()
        phone.fits()
        phone.tap("Remove and tell the author")
        phone.comes_to(f"**/cases/{case}/")
        phone.tap("Open the task")
        phone.comes_to("**/tasks/*/")
        phone.tap("It is removed")
        page.get_by_text("Thank you.").wait_for()
        phone.fits()
