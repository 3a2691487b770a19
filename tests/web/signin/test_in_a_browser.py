"""Signing in with a real Chromium on a real server: passkeys, the app, mailed codes, under the strict policy."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.journeys.mailbox import Mailbox
from tests.journeys.officer import Officer
from tests.servers import Server
from tests.web.browsers import app_code

pytestmark = [pytest.mark.browser, pytest.mark.passkey]

EMAIL = "ada.fenn@example.org"


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    """Return a real mail server."""
    opened = Mailbox().open()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def served(mailbox: Mailbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a started server whose mail arrives."""
    made = Server(tmp_path_factory.mktemp("signin"), MAIL_URL=mailbox.url)
    yield made.start()
    made.stop()


class Device:
    """A device that can make and use passkeys, as Chromium sees it."""

    def __init__(self, page: Page) -> None:
        self.line: CDPSession = page.context.new_cdp_session(page)
        self.id = ""
        self.keys: list[dict[str, Any]] = []
        self._plug_in()

    def recognises(self, its_owner: bool) -> None:
        """Say whether the fingerprint fits from now on."""
        self.line.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": its_owner})

    def remember(self) -> None:
        """Keep what passkeys it holds, so that it can be plugged in again."""
        self.keys = self.line.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]

    def stay(self) -> None:
        """Be there: a busy Chromium loses the pretended device when it gives a page to another of its processes."""
        try:
            held = self.line.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]
        except PlaywrightError:
            self._plug_in()
            held = []
        if held:
            self.keys = held
        else:
            for key in self.keys:
                key["signCount"] += 10  # never fewer than the server has seen
                self.line.send("WebAuthn.addCredential", {"authenticatorId": self.id, "credential": key})

    def _plug_in(self) -> None:
        self.line.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        self.id = self.line.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def watch(page: Page) -> list[str]:
    """Return a list that fills with whatever the browser complains of: policy, scripts, missing files."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 500 else None)
    return complaints


def sign_out(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/account/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)


def use_passkey(officer: Officer, device: Device, button: str) -> None:
    """Press the button, and again from a fresh page where the browser did not hear it; or say what is there."""
    said, address = [], officer.page.url
    for _ in range(4):
        device.stay()
        officer.press(button)
        try:
            officer.page.wait_for_url("**/desk/", timeout=8_000)
        except PlaywrightError:
            said.append(officer.reads())
            officer.open(address)
        else:
            return
    raise AssertionError("\n".join(said))


@pytest.fixture(scope="module")
def ada(browser: Browser, served: Server, mailbox: Mailbox) -> Officer:
    """Return the first administrator, who has set the server up and has an app as second factor."""
    officer = Officer(browser, served, mailbox, name="Ada Fenn", email=EMAIL)
    officer.set_up(served.set_up_link, organisation="Hartfield Branch")
    return officer


@pytest.fixture(scope="module")
def device(ada: Officer) -> Device:
    """Return the device of the first administrator."""
    return Device(ada.page)


def test_a_passkey_is_added_and_signs_in_by_itself(ada: Officer, device: Device) -> None:
    page = ada.page
    complaints = watch(page)
    ada.open("/account/passkeys/add/")
    ada.type("A name for it", "My laptop")
    ada.press("Add the passkey")
    page.wait_for_url("**/account/")
    ada.sees("My laptop")
    device.remember()
    sign_out(page, ada.server)

    ada.open("/sign-in/?next=%2Faccount%2Fpasskeys%2F")
    device.stay()
    device.recognises(its_owner=False)
    ada.press("Sign in with a passkey")
    ada.sees("No passkey was used")
    assert page.evaluate("document.activeElement.hasAttribute('data-passkey-error')")
    device.recognises(its_owner=True)
    ada.press("Sign in with a passkey")
    page.wait_for_url("**/account/passkeys/")
    ada.open(f"/o/{ada.org}/desk/")
    assert "/desk/" in page.url
    assert complaints == []


def test_a_mailed_code_and_the_passkey_sign_in(ada: Officer, device: Device) -> None:
    page = ada.page
    complaints = watch(page)
    sign_out(page, ada.server)
    number = len(ada.mailbox.to(EMAIL, "Your code")) + 1
    ada.open("/sign-in/")
    ada.type("Your e-mail address", EMAIL)
    ada.press("Mail me a code")
    ada.type("The code from the mail", code_in(ada.mailbox, number))
    ada.press("Sign in")
    ada.sees_heading("Show once more that it is you")
    use_passkey(ada, device, "Use a passkey")
    assert complaints == []


def test_a_passkey_is_confirmed_before_it_is_renamed_or_removed(ada: Officer, device: Device) -> None:
    page = ada.page
    complaints = watch(page)
    sign_out(page, ada.server)
    ada.open("/sign-in/")
    use_passkey(ada, device, "Sign in with a passkey")
    ada.open("/account/passkeys/")
    ada.follow("Rename")
    ada.sees_heading("Is it still you?")
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    form = {"csrfmiddlewaretoken": token, "credential": "{}"}
    headers = {"origin": ada.server.url}
    forged = page.request.post(f"{ada.server.url}/account/confirm/passkey/", form=form, headers=headers)
    assert forged.status == 422
    assert "not the answer of a passkey" in forged.text()
    page.reload()  # a challenge is good for one answer
    device.stay()
    ada.press("Use my passkey")
    ada.type("Name", "Old laptop")
    ada.press("Keep this name")
    ada.sees("Old laptop")
    ada.follow("Remove")
    ada.press("Remove the passkey")
    ada.sees("None yet.")
    assert complaints == []
    assert "A passkey was removed" in ada.mailbox.wait_for(EMAIL, "Something changed", number=3).text


def test_an_invitation_opens_in_a_browser_that_keeps_its_address_to_itself(ada: Officer, browser: Browser) -> None:
    ada.open("/account/")
    link = ada.invite("Bo Reed", "bo@example.org", "Moderator")
    guest = Officer(browser, ada.server, ada.mailbox, name="Bo Reed", email="bo@example.org")
    complaints = watch(guest.page)
    asked: list[str] = []
    guest.page.on("request", lambda request: asked.append(request.headers.get("referer", "")))
    guest.accept(link)
    assert guest.org == ada.org
    assert not any("/invitation/" in referrer for referrer in asked)
    assert complaints == []
    again = guest.page.request.get(link)
    assert again.status == 403
    assert "works once" in again.text()


def test_somebody_who_signs_in_with_an_app_can_do_so_on_a_phone(ada: Officer, browser: Browser) -> None:
    phone = Officer(browser, ada.server, ada.mailbox, name="Cy Moor", email="cy@example.org")
    link = ada.invite("Cy Moor", "cy@example.org", "Secretary")
    phone.page.set_viewport_size({"width": 360, "height": 640})
    phone.open(link)
    phone.press("Accept and sign in")
    phone.follow("Add an app")
    picture = phone.page.locator(".qr")
    expect(picture).to_be_visible()
    box = picture.bounding_box()
    assert box is not None
    assert 150 < box["width"] <= 360
    phone.page.get_by_text("I cannot scan it").click()
    secret = phone.page.locator(".key-text").inner_text().strip()
    phone.type("The code that the app shows now", app_code(secret))
    phone.press("Add this app")
    assert phone.page.locator(".recovery-codes li").count() == 10
    wider = phone.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wider


def test_codes_asked_for_at_once_are_counted_exactly(ada: Officer) -> None:
    """Two web processes, many threads, one database: the twenty-first is told so, whoever it is."""
    with httpx.Client(base_url=ada.server.url) as client:
        token = re.findall(r'csrfmiddlewaretoken" value="(\w+)"', client.get("/sign-in/").text)[0]
        form = {"email": "nobody@example.org", "csrfmiddlewaretoken": token}
        cookies = dict(client.cookies)
    statuses = together(ada.server, form, cookies, number=24)
    assert statuses.count(302) == 6
    assert statuses.count(422) == 18


def together(server: Server, form: dict[str, str], cookies: dict[str, str], *, number: int) -> list[int]:
    """Send the form so often at once, and return the answers' status."""

    def send(_: int) -> int:
        return httpx.post(f"{server.url}/sign-in/", data=form, cookies=cookies, timeout=60).status_code

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(send, range(number)))


def code_in(mailbox: Mailbox, number: int) -> str:
    """Return the code of the `number`th such mail."""
    found = re.search(r"^ +(\d{8})$", mailbox.wait_for(EMAIL, "Your code", number=number).text, re.MULTILINE)
    assert found
    return found[1]
