"""A phone with a slow line, as Chromium plays it: a slow processor, each answer late, few bytes a second."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

# Lighthouse's preset for phones ("slow 4G"): 150 ms, 1.6 Mbit/s down, 750 kbit/s up, a fourth of the processor.
WIDTH, HEIGHT = 390, 844
SETTLES = 600  # ms after the last byte, in which the largest thing may still be painted, or something move
_WATCH = """
window.seen = {largest: 0, moved: 0}
new PerformanceObserver(list => list.getEntries().forEach(one => { seen.largest = one.startTime }))
  .observe({type: 'largest-contentful-paint', buffered: true})
new PerformanceObserver(list => list.getEntries().forEach(one => { if (!one.hadRecentInput) seen.moved += one.value }))
  .observe({type: 'layout-shift', buffered: true})
"""
_FIRST = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"


@dataclass(frozen=True)
class Throttle:
    """How slow it is: milliseconds before each answer, bits a second down, how many times slower the processor."""

    latency: float = 150
    down: float = 1.6e6
    up: float = 750e3
    processor: float = 4


@dataclass(frozen=True)
class Paint:
    """What one visit took: milliseconds to the first and the largest paint, how much moved, bytes and requests."""

    first: float
    largest: float
    moved: float
    sent: int
    requests: int


def visited(browser: Browser, url: str, cookies: dict[str, str], throttle: Throttle) -> Paint:
    """Open a page in a browser that holds nothing but `cookies`; `SystemExit` when something else comes."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, is_mobile=True, has_touch=True, device_scale_factor=2
    )
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
    page = context.new_page()
    page.add_init_script(_WATCH)
    line = context.new_cdp_session(page)
    came: dict[str, int] = {}
    _slow(line, throttle)
    line.on("Network.loadingFinished", lambda told: came.update({told["requestId"]: told["encodedDataLength"]}))
    answer = page.goto(url, wait_until="load")
    if answer is None or answer.status != 200 or page.url != url:
        raise SystemExit(f"{url} answers {answer.status if answer else 'nothing'} and leads to {page.url}")
    page.wait_for_timeout(SETTLES * throttle.processor / 4 + throttle.latency)
    found = _read(page, came)
    context.close()
    return found


def _slow(line: CDPSession, throttle: Throttle) -> None:
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    told: dict[str, Any] = {"offline": False, "latency": throttle.latency}
    told |= {"downloadThroughput": throttle.down / 8, "uploadThroughput": throttle.up / 8}
    line.send("Network.emulateNetworkConditions", told)
    line.send("Emulation.setCPUThrottlingRate", {"rate": throttle.processor})


def _read(page: Page, came: dict[str, int]) -> Paint:
    seen = page.evaluate("seen")
    return Paint(page.evaluate(_FIRST), seen["largest"], seen["moved"], round(sum(came.values())), len(came))
