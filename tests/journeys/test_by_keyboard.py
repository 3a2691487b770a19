"""A whole case by keyboard alone: found, opened, taken, decided, checked, sent, and done at the place."""

import pytest
from playwright.sync_api import expect

from tests.journeys.branch import Branch
from tests.journeys.conftest import Posts
from tests.journeys.keyboard import Keyboard
from tests.journeys.somebody import MILLISECONDS

pytestmark = pytest.mark.journey

REASONS = "It calls a member names, and says nothing of what she proposed."


def test_a_case_is_decided_by_keyboard_alone(branch: Branch, own_posts: Posts) -> None:
    moderator, text = branch.moderator, own_posts.worst[4]
    branch.reporter().report(branch.org, quoted=text, words="Nobody should be called that.")
    moderator.open(f"/o/{branch.org}/desk/queue/")
    page, keys = moderator.page, Keyboard(moderator.page)

    keys.press("?")
    moderator.sees_heading("Keys")
    keys.press("Escape", "/")
    keys.type("ridiculous windbag")
    keys.goes("Enter", "**/queue/?*q=*")
    keys.press("j")
    keys.goes("Enter", "**/cases/*/")
    keys.reach("No, I can look at it fairly")
    keys.press("Enter")
    moderator.sees_heading("Take this case")
    keys.press("c")
    moderator.sees("You have this case now.")
    keys.goes("d", "**/decision/")

    keys.choose("No breach", "Remove")
    keys.reach("The words this is about")
    keys.type("ridiculous windbag")
    keys.reach("Show only rules with these words")
    keys.type("abuse")
    keys.reach("Sa ·")
    keys.press("Space")
    keys.choose("A person, or people", "A person, or people")
    keys.choose("Clear", "Clear")
    keys.reach("Your reasons")
    keys.type(REASONS)
    expect(page.locator("#letter")).to_contain_text("Everything is there.", timeout=MILLISECONDS)
    assert REASONS in page.locator("#letter").inner_text(), "the letter has grown beside it"
    keys.reach("Check before it is sent")
    keys.press("Enter")
    moderator.sees_heading("The letter, as it will be sent")
    keys.reach("Remove and tell the author")
    keys.goes("Enter", "**/cases/*/")
    moderator.sees("Decided.")

    keys.goes("d", "**/tasks/*/")
    keys.reach("It is removed")
    keys.press("Enter")
    moderator.sees("Thank you.")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('folkmoot.draft')).length") == 0
