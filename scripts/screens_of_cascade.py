"""The pictures of what hangs together with a removed post, and of a post in its conversation."""

from playwright.sync_api import Page
from screens_moves import as_officer, press, work_on


def goes_with(page: Page) -> None:
    """Later posts that quote, copy or answer a removed one, with the words side by side."""
    work_on(page, "A fair point about parking", "Gwen Astell")
    page.goto(page.url + "with-it/")


def goes_with_check(page: Page) -> None:
    """What was chosen for each of them, before it is done."""
    goes_with(page)
    for choice in page.locator("input[type=radio][value=go]").all():
        choice.check()
    press(page.get_by_role("button", name="Check what you chose"))


def conversation(page: Page) -> None:
    """A post in its conversation: what came before it, and what was answered."""
    work_on(page, "A fair point about parking", "Gwen Astell")
    page.locator("section[aria-labelledby=post-title] .thread > details").first.evaluate("one => one.open = true")


def found(page: Page) -> None:
    """Posts that are found by their words."""
    as_officer(page, "Gwen Astell")
    page.goto("/o/wexmoor/desk/search/?q=parking")


def history(page: Page) -> None:
    """What an account has posted and what was decided about it, after saying why one looks."""
    found(page)
    press(page.locator("main a[href*='/history/']").first)
    page.get_by_role("textbox").last.fill("To see whether this is the third warning within a year.")
    press(page.get_by_role("button", name="Show it, and note why"))
