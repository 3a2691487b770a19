"""Takes the pictures in the documents from the demo.

Of the main pages, in the order in which people need them, one at each of two widths, light and dark, in
docs/screens/; of a few others, which the guides show, one wide and light, in docs/pictures/. Fills a demo in a folder
of its own, serves it, drives Chromium through it as a person would, and writes `NAME-WIDTH-SCHEME.webp`. `--only NAME`
takes the pictures of one page, of any that is known here; `--url` takes them from a demo that runs already (and
changes it).
Needs the developers' environment (`./test` makes it) and a Chromium: `--chromium`, else the one in the path.
"""

import argparse
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from screens_of import BEGINS, GUIDES, MAIN, PICTURES

PROJECT = Path(__file__).resolve().parents[1]
WIDTHS = {1280: 1600, 390: 2200}  # and how tall a picture may become, in CSS pixels
COLOURS = 256
SCHEMES = ("light", "dark")
LOOKS = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]
LOOK_OF_GUIDES = [(1280, "light")]
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
    parser.add_argument("--into", type=Path, default=PROJECT / "docs", help="the folder for screens/ and pictures/")
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("chromium-browser"))
    asked = parser.parse_args()
    known = [name for name in PICTURES if name in (asked.only or (*MAIN, *GUIDES))]
    with demo() if not asked.url else already(asked.url) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=asked.chromium, args=FLAGS)
        for name in known:
            page = browser.new_page(base_url=url, reduced_motion="reduce", locale="en-GB")
            PICTURES[name](page)
            into = asked.into / ("pictures" if name in GUIDES else "screens")
            into.mkdir(parents=True, exist_ok=True)
            looks = LOOK_OF_GUIDES if name in GUIDES else LOOKS
            sizes = [
                take(page, into / f"{name}-{width}-{scheme}.webp", width, scheme, BEGINS.get(name))
                for width, scheme in looks
            ]
            print(f"{name}: {sum(sizes) // 1024} kB")
            page.close()
        browser.close()
    for folder in ("screens", "pictures"):
        total = sum(file.stat().st_size for file in (asked.into / folder).glob("*.webp"))
        print(f"{total / 1e6:.1f} MB in {asked.into / folder}")


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
            try_lists(Path(folder), kept)
            yield url
        finally:
            server.terminate()
            server.wait(30)


def try_lists(folder: Path, environment: dict[str, str]) -> None:
    """Try a shorter list of insults on the posts, once the worker has looked all of them over."""
    command = [sys.executable, "-m", "folkmoot.cli", "backtest", "--json", "--lists", str(folder / "lists")]
    ours = (PROJECT / "src/folkmoot/detectors/wordlists/insults.txt").read_text(encoding="utf-8")
    (folder / "lists").mkdir()
    (folder / "lists" / "insults.txt").write_text("\n".join(ours.splitlines()[-8:]), encoding="utf-8")
    own = environment | {"PYTHONPATH": str(PROJECT / "src"), "FOLKMOOT_DATA": str(folder / "demo")}
    for _ in range(60):
        done = subprocess.run(command, env=own, check=True, capture_output=True, text=True).stdout
        if not json.loads(done)["new"]["posts"]:
            return
        time.sleep(2)
    raise SystemExit("The demo's worker has not looked its posts over.")


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


def take(page: Page, file: Path, width: int, scheme: str, begins: str | None) -> int:
    """Photograph the page at `width`, from what `begins` it down to a limit, and return the file's size in bytes."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.evaluate(
        "document.querySelector('.desk-nav [aria-current]')?.scrollIntoView({inline: 'center'}); scrollTo(0, 0)"
    )
    top = (
        max(0, int(page.locator(begins).evaluate("one => one.getBoundingClientRect().top + scrollY")) - 24)
        if begins
        else 0
    )
    tall = min(WIDTHS[width], page.evaluate("document.documentElement.scrollHeight") - top)
    # what keeps to the window's edge stands at the picture's
    page.set_viewport_size({"width": width, "height": top + tall})
    clip = {"x": 0, "y": top, "width": width, "height": tall}
    png = page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]
    # Without loss such pictures, flat areas and letters, are sharper and smaller than with it.
    # So many colours, the edges of letters with them, are all that our pages have.
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB")
    picture.save(file, "WEBP", lossless=True, quality=100, method=4)
    return file.stat().st_size


if __name__ == "__main__":
    main()
