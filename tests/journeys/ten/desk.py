"""What officers do in the ten journeys besides what every officer does (`tests.journeys.officer`)."""

from dataclasses import dataclass

from tests.journeys.officer import Officer

REASONS = "It calls a person names instead of arguing with what they said or did."
PERSON = "A person, or people"


@dataclass(frozen=True)
class Finding:
    """How somebody fills the form of a decision in; what is empty is not asked by that outcome."""

    outcome: str
    passage: str = ""
    codes: tuple[str, ...] = ()
    aimed_at: str = ""
    clarity: str = ""
    route: str = ""
    correction: str = ""
    reasons: str = REASONS


def check(officer: Officer, case: int, found: Finding) -> None:
    """Fill the form of a decision in, and go on to the page that shows all of it."""
    officer.open(f"/o/{officer.org}/desk/cases/{case}/decision/")
    officer.choose(found.outcome)
    if found.passage:
        officer.type("The words this is about", found.passage)
    for code in found.codes:
        officer.choose(f"{code} ·")
    for answer in (found.aimed_at, found.clarity, found.route):
        if answer:
            officer.choose(answer)
    if found.correction:
        officer.type("What should our post say instead?", found.correction)
    officer.type("Your reasons", found.reasons)
    officer.press("Check before it is sent")
    officer.sees_heading("What will happen")


def confirm(officer: Officer, case: int, button: str) -> None:
    """Press the button below what was checked, and be back at the case."""
    officer.press(button)
    officer.page.wait_for_url(f"**/cases/{case}/")


def hide(officer: Officer, case: int, *, why: str) -> None:
    """Hide the post before anything is decided."""
    officer.follow("Hide the post while you look")
    officer.type("Why is it hidden now?", why)
    officer.press("Hide it and tell the author")
    officer.page.wait_for_url(f"**/cases/{case}/")
    officer.sees("Hidden while we look")
