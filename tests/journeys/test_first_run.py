"""From an empty server to the first report: the five steps of setting up, with a letter that really arrives."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.journeys.mailbox import Mailbox
from tests.journeys.officer import Officer
from tests.journeys.visitor import Reporter
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.journey]

QUOTED = "Whoever wrote this leaflet is a clueless fool."
WIDTHS = (390, 1280)
WIDE, NARROW = (1280, "light"), (390, "dark")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """Return a mail server."""
    made = Mailbox().open()
    yield made
    made.close()


@pytest.fixture
def empty(tmp_path: Path, mailbox: Mailbox) -> Iterator[Server]:
    """Return a server that has just been started for the first time."""
    made = Server(tmp_path, MAIL_URL=mailbox.url)
    yield made.start()
    made.stop()


def test_a_new_server_is_set_up_in_five_steps_and_takes_its_first_report(
    browser: Browser, empty: Server, mailbox: Mailbox
) -> None:
    ann = Officer(browser, empty, mailbox, name="Ann Moss", email="ann@example.org")
    faults = list[str]()
    ann.set_up(empty.set_up_link, organisation="Hartfield Branch")

    ann.sees("Step 1 of 5")
    faults += looked_at(ann, WIDE)
    ann.type("How can people reach your Secretary?", "secretary@hartfield.example")
    ann.press("Keep this and go on")

    ann.sees("Step 2 of 5")
    faults += looked_at(ann, NARROW)
    ann.press("Send me a test letter")
    ann.sees("took it")
    assert mailbox.wait_for(ann.email, "A test letter").text.startswith("Dear Ann Moss,")
    ann.follow("It works: go on to the places")

    ann.type("What is it called?", "Hartfield page")
    ann.page.get_by_label("What kind of place is it?").select_option(label="Facebook page")
    ann.choose("Everybody")
    ann.press("Add this place")
    ann.sees("“Hartfield page” is added.")
    faults += looked_at(ann, WIDE)
    ann.follow("Go on to the people")

    ann.sees("There is one: whoever decided also answers the appeal")
    ann.type("Their name", "Ben Ashe")
    ann.type("Their e-mail address", "ben@example.org")
    ann.choose("Moderator")
    ann.press("Invite them")
    ann.sees("The invitation of Ben Ashe")
    mailbox.wait_for("ben@example.org", "asks you to help")
    faults += looked_at(ann, NARROW)
    ann.press("Go on, and come back to this later")

    ann.sees("Step 5 of 5")
    faults += looked_at(ann, WIDE)
    ann.press("Begin with these rules")

    ann.sees_heading("Before you take reports, put one thing right")  # nobody is on the Executive
    faults += looked_at(ann, NARROW)
    address = ann.page.get_by_label("Address for reports").input_value()
    ann.press("Put the guide away and go to the desk")
    ann.page.wait_for_url("**/desk/")
    assert ann.page.get_by_text("being set up").count() == 0

    assert address == f"{empty.url}/o/{ann.org}/report/"
    reporter = Reporter(browser, empty, mailbox, name="Wren Lacey")
    reporter.report(ann.org, quoted=QUOTED, words="It calls a volunteer names.", place="Hartfield page")
    assert ann.newest_case(QUOTED) > 0
    assert faults == []


def looked_at(person: Officer, look: tuple[int, str]) -> list[str]:
    """Return what axe finds on the page in one look, and whether it is too wide for the narrowest."""
    page, (width, scheme) = person.page, look
    page.set_viewport_size({"width": min(WIDTHS), "height": 900})
    wide = page.evaluate("document.documentElement.scrollWidth")
    found = [f"{page.url} is {wide} px wide"] if wide > min(WIDTHS) else []
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    faults = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    page.set_viewport_size({"width": max(WIDTHS), "height": 900})
    return found + [f"{page.url} {width} {scheme}: {fault['id']}: {fault['nodes'][0]['target']}" for fault in faults]
