"""Takes the pictures in docs/screens/ from the demo: each page at two widths, light and dark.

Fills a demo in a folder of its own, serves it, drives Chromium through it as a person would, and writes
`NAME-WIDTH-SCHEME.webp`. `--url` takes them from a demo that runs already (and changes it); `--only NAME` takes one.
Needs the developers' environment (`./test` makes it) and a Chromium: `--chromium`, else the one in the path.
"""

import argparse
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

PROJECT = Path(__file__).resolve().parents[1]
WIDTHS = {1280: 1600, 390: 2200}  # and how tall a picture may become, in CSS pixels
SCHEMES = ("light", "dark")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="a demo that runs already, such as http://localhost:8000")
    parser.add_argument("--only", choices=PICTURES, action="append", help="take this picture only")
    parser.add_argument("--into", type=Path, default=PROJECT / "docs" / "screens", help="the folder for them")
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("chromium-browser"))
    asked = parser.parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    with demo() if not asked.url else already(asked.url) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=asked.chromium, args=FLAGS)
        for name in asked.only or PICTURES:
            page = browser.new_page(base_url=url, reduced_motion="reduce", locale="en-GB")
            PICTURES[name](page)
            sizes = [take(page, asked.into / f"{name}-{width}-{scheme}.webp", width, scheme) for width, scheme in LOOKS]
            print(f"{name}: {sum(sizes) // 1024} kB")
            page.close()
        browser.close()
    total = sum(file.stat().st_size for file in asked.into.glob("*.webp"))
    print(f"{total / 1e6:.1f} MB in {asked.into}")


@contextmanager
def demo() -> Iterator[str]:
    """Serve a freshly filled demo and yield its address."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = line.getsockname()[1]
    left_out = ("FOLKMOOT_", "DJANGO_", "MAIL_URL", "DATABASE_URL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    with tempfile.TemporaryDirectory(prefix="folkmoot-screens-") as folder:
        server = subprocess.Popen(
            [sys.executable, "-m", "folkmoot.cli", "demo", "--port", str(port)],
            env=kept | {"PYTHONPATH": str(PROJECT / "src"), "FOLKMOOT_DATA": f"{folder}/demo"},
        )
        try:
            url = f"http://localhost:{port}"
            wait_for(f"{url}/healthz", server)
            yield url
        finally:
            server.terminate()
            server.wait(30)


@contextmanager
def already(url: str) -> Iterator[str]:
    """Yield the address of a demo that runs already."""
    yield url.rstrip("/")


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Wait until `address` answers; raises `SystemExit` when the server ends before it does."""
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit("The demo's server ended; what it said stands above.")
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  our own
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
    raise SystemExit("The demo's server does not answer.")


def take(page: Page, file: Path, width: int, scheme: str) -> int:
    """Photograph the page as it is at `width`, down to a limit, and return the file's size in bytes."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.evaluate(
        "document.querySelector('.desk-nav [aria-current]')?.scrollIntoView({inline: 'center'}); scrollTo(0, 0)"
    )
    tall = min(WIDTHS[width], page.evaluate("document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": width, "height": tall}
    png = page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]
    # Without loss such pictures, flat areas and letters, are sharper and smaller than with it.
    Image.open(io.BytesIO(png)).convert("RGB").save(file, "WEBP", lossless=True, quality=100, method=6)
    return file.stat().st_size


def demo_start(page: Page) -> None:
    """The demo's first page."""
    page.goto("/demo/")


def demo_roles(page: Page) -> None:
    """Whose place can be taken."""
    page.goto("/demo/roles/")


def demo_case(page: Page) -> None:
    """One case from all sides."""
    open_sides(page, "You all know who I mean")


def mailbox(page: Page) -> None:
    """Everybody's letters."""
    page.goto("/demo/mailbox/")


def letter(page: Page) -> None:
    """A statement of reasons, as its author gets it."""
    open_sides(page, "A fair point about parking")
    press(page.get_by_role("link", name="letter 1"))


def rules(page: Page) -> None:
    """The rules."""
    page.goto("/o/wexmoor/rules/")


def clause(page: Page) -> None:
    """One rule, with examples."""
    page.goto("/o/wexmoor/rules/R11/")


def report(page: Page) -> None:
    """What a report is about."""
    page.goto("/o/wexmoor/report/")


def report_form(page: Page) -> None:
    """A report being written."""
    page.goto("/o/wexmoor/report/?kind=attack")
    page.get_by_label("Link to the post", exact=False).fill(
        "https://pages.commonsquare.example/wexmoor-and-the-fells/posts/70?comment=9"
    )
    page.get_by_label("What happened?", exact=False).fill(
        "He has a point about parking, and then he goes for Pat. She is 68 and reads all of it."
    )
    page.get_by_text("(public page)").last.click()
    page.get_by_text("No, I came across it").click()


def received(page: Page) -> None:
    """The receipt."""
    report_form(page)
    press(page.get_by_role("button", name="Send the report"))


def track(page: Page) -> None:
    """How a report stands that nobody answered in time."""
    step_in(page, "A stranger who will not stop asking", "Noor Hadleigh")


def notice(page: Page) -> None:
    """The author's page about a removed post."""
    step_in(page, "A fair point about parking", "Brian Oxcombe")


def appeal(page: Page) -> None:
    """An appeal being written."""
    notice(page)
    press(page.get_by_role("link", name="Appeal").first)
    page.get_by_role("textbox").first.fill(
        "Nobody told me which part it was until now. I’d say the same about a man who sold off eleven spaces. "
        "I’ll take out the line about Pat, but the rest was fair and I want it back."
    )


def home(page: Page) -> None:
    """What waits for a moderator."""
    as_officer(page, "Gwen Astell")


def queue(page: Page) -> None:
    """The queue."""
    as_officer(page, "Gwen Astell")
    page.goto("/o/wexmoor/desk/queue/")


def interest(page: Page) -> None:
    """The question before a case opens."""
    step_in(page, "A councillor quoted as far as it suits", "Tobias Renmore")


def case(page: Page) -> None:
    """A case that waits for its decision."""
    work_on(page, "A comment that quotes a removed one", "Gwen Astell")


def decision(page: Page) -> None:
    """A decision being written, with its letter beside it."""
    case(page)
    page.goto(page.url + "decision/")
    page.get_by_label("Remove", exact=False).first.check()
    page.locator("[name=passage]").fill("you're a clueless old fool, Pat, go back to your allotment")
    for code in ("Sa", "R11"):
        page.locator(f"[name=codes][value={code}]").check()
    page.locator("[name=aimed_at][value=person]").check()
    page.locator("[name=clarity][value=unclear]").check()
    page.locator("[name=reasons]").fill(
        "You did not write these words, somebody else did, and they were taken down. Quoting them with applause puts "
        "them in front of Pat again, and of everybody else. You are welcome to say that removing the comment was wrong."
    )
    page.wait_for_timeout(2000)  # the letter is fetched half a second after the last word


def decided(page: Page) -> None:
    """A case that was decided, with what happened in it."""
    work_on(page, "You all know who I mean", "Marcus Obiora-Hay")


def tasks(page: Page) -> None:
    """What has to be done by hand."""
    as_officer(page, "Gwen Astell")
    page.goto("/o/wexmoor/desk/tasks/")


def task(page: Page) -> None:
    """One thing to do by hand."""
    tasks(page)
    press(page.locator("main a[href*='/desk/tasks/']").first)


def panel(page: Page) -> None:
    """What lies before the Executive."""
    as_officer(page, "Rashid Coverlake")
    page.goto("/o/wexmoor/panel/")


def bundle(page: Page) -> None:
    """The bundle that the Executive reads."""
    work_on(page, "An argument about moderation", "Rashid Coverlake")


def minute(page: Page) -> None:
    """The minute of a meeting."""
    work_on(page, "An argument about moderation", "Hilary Sandwath")
    press(page.get_by_role("link", name="minute").first)


def people(page: Page) -> None:
    """Who does what."""
    as_officer(page, "Dilys Marrable")
    page.goto("/o/wexmoor/admin/people/")


def places(page: Page) -> None:
    """Where people write."""
    as_officer(page, "Dilys Marrable")
    page.goto("/o/wexmoor/admin/places/")


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


LOOKS = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]
# In this order: the last ones change what the first ones show.
PICTURES: dict[str, Callable[[Page], None]] = {
    "demo": demo_start,
    "demo-case": demo_case,
    "roles": demo_roles,
    "mailbox": mailbox,
    "letter": letter,
    "rules": rules,
    "clause": clause,
    "report": report,
    "report-form": report_form,
    "track": track,
    "notice": notice,
    "appeal": appeal,
    "home": home,
    "queue": queue,
    "tasks": tasks,
    "task": task,
    "panel": panel,
    "people": people,
    "places": places,
    "interest": interest,
    "case": case,
    "decision": decision,
    "decided": decided,
    "bundle": bundle,
    "minute": minute,
    "received": received,
}

if __name__ == "__main__":
    main()
