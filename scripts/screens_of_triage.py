"""The pictures of hints: what is said of a draft, what the text check noticed, and what is only seen over time."""

from playwright.sync_api import Page
from screens_moves import as_officer, work_on

_LOUD = (
    "This is vandalism by spreadsheet. The cabinet paid consultants £140,000 to save £31,000, and closed a library "
    "before a single letter was opened. Every councillor who voted for it should be ashamed, and I will say so at "
    "every meeting until it is open again."
)
_UNFAIR = (
    "Eleven spaces gone, and nobody asked the traders. You can't call it a trial when the paint is already in the van. "
    "But then Pat is an idiot. She lives at 14 Tenter Lane, go and tell her what you think of her."
)
_OURS = (
    "Following the recent publication by the CMA of its consultation on the rationalisation of subsidised services, "
    "representations were made by our councillors to the effect that the proposed withdrawal of the 64 should not be "
    "proceeded with until such time as an EIA has been undertaken. The other lot couldn't care less about people like "
    "us. Vote Wexmoor & the Fells on 7 May."
)


def draft_check(page: Page) -> None:
    """A draft in which something may be against the rules, and how to say it better."""
    _asked_about(page, "draft-check", _UNFAIR)


def draft_fine(page: Page) -> None:
    """A draft that is loud, and fine."""
    _asked_about(page, "draft-check", _LOUD)


def house_style(page: Page) -> None:
    """A post of our own, and what could be clearer in it."""
    _asked_about(page, "house-style", _OURS)


def hints(page: Page) -> None:
    """What the text check noticed in the post of a case, with the words that counted."""
    work_on(page, "A telephone number that was somebody’s home", "Marcus Obiora-Hay")
    for fold in page.locator("section[aria-labelledby=noticed-title] details").all():
        fold.evaluate("one => one.open = true")


def over_time(page: Page) -> None:
    """What is only seen over time: the same words at the same person again."""
    work_on(page, "A stranger who will not stop asking", "Gwen Astell")
    page.goto(page.url + "over-time/")


def worth_a_look(page: Page) -> None:
    """What nobody has reported, the worst first."""
    as_officer(page, "Gwen Astell")
    page.goto("/o/wexmoor/desk/worth-a-look/")


def back_test(page: Page) -> None:
    """What a changed list of words would make of the posts that are there."""
    as_officer(page, "Gwen Astell")
    page.goto("/o/wexmoor/desk/text-check/")


def _asked_about(page: Page, check: str, text: str) -> None:
    page.goto(f"/o/wexmoor/{check}/")
    page.locator("#draft textarea").fill(text)
    with page.expect_navigation():
        page.locator("#draft button").last.click()
