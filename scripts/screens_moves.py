"""How the pictures' pages are reached: stepping into somebody's place in the demo, and opening a case there."""

from playwright.sync_api import Locator, Page


def press(control: Locator) -> None:
    """Press something that leads to another page, and wait for it; raises `SystemExit` when that is an error."""
    with control.page.expect_navigation() as led:
        control.click()
    answer = led.value
    if answer is not None and answer.status >= 400:
        raise SystemExit(f"{answer.url} answers {answer.status}")


def as_officer(page: Page, name: str) -> None:
    """Step into the place of somebody with a role."""
    page.goto("/demo/roles/")
    press(page.get_by_role("button", name=f"Step in as {name}").first)


def open_sides(page: Page, title: str) -> None:
    """Open the demo's page about the case whose title begins so."""
    page.goto("/demo/")
    press(page.get_by_role("link", name=title).first)


def step_in(page: Page, title: str, name: str) -> None:
    """Open a case in somebody's place."""
    open_sides(page, title)
    press(page.get_by_role("button", name=f"Open it as {name}").first)


def work_on(page: Page, title: str, name: str) -> None:
    """Open a case in the place of somebody with a role, who says first that they have no interest in it."""
    step_in(page, title, name)
    asked = page.get_by_role("button", name="No, I can look at it fairly")
    if asked.count():
        press(asked)
