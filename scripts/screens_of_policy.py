"""The pictures of the policy: a draft of it, and what changes."""

from datetime import UTC, datetime

from playwright.sync_api import Page
from screens_moves import as_officer, press


def policy_editor(page: Page) -> None:
    """A clause of the policy being reworded in a draft, as members would read it beside."""
    as_officer(page, "Dilys Marrable")
    page.goto("/o/wexmoor/admin/policy/")
    begin = page.get_by_role("button", name="Begin a draft from these rules")
    if begin.count():
        press(begin)
    page.goto("/o/wexmoor/admin/policy/draft/clauses/F5/")
    words = page.get_by_label("What it says")
    if "nicknames" not in words.input_value():
        said = words.input_value().replace("scornful labels", "mocking labels or nicknames")
        words.fill(f"{said}\n\nWhoever is unsure asks a moderator first.")
    page.wait_for_timeout(2500)  # it is kept a second after the last word
    page.evaluate("document.activeElement.blur()")


def policy_draft(page: Page) -> None:
    """All clauses of the draft, with a new one and one that is taken out."""
    policy_editor(page)
    page.goto("/o/wexmoor/admin/policy/draft/")
    if page.get_by_text("Say sorry").count() == 0:
        press(page.get_by_role("button", name="Add a clause").nth(3))
        page.get_by_label("Heading").fill("Say sorry")
        page.get_by_label("What it says").fill("Whoever was wrong says so, in the same place and as plainly.")
        press(page.get_by_role("button", name="Keep it"))
        page.goto("/o/wexmoor/admin/policy/draft/clauses/P9/")
        page.get_by_text("Take this clause out").click()
        press(page.get_by_role("button", name="Take it out"))
    page.goto("/o/wexmoor/admin/policy/draft/")


def policy_changes(page: Page) -> None:
    """What changes with the next edition, before it is published."""
    policy_draft(page)
    page.goto("/o/wexmoor/admin/policy/draft/changes/")


def policy_diff(page: Page) -> None:
    """What changes with an edition that is announced, for everybody."""
    policy_changes(page)
    page.get_by_label("From which day").fill(f"{datetime.now(UTC).year + 1}-01-01")
    press(page.get_by_role("button", name="Publish this edition"))
    page.goto("/o/wexmoor/rules/")
    press(page.get_by_role("link", name="Read what changes"))
