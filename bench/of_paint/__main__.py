"""What a phone on a slow line sees first of each public page, and of the desk's queue and case.

The real server, a real Chromium with the throttling that Lighthouse calls a phone (a fourth of the processor, 150 ms
before each answer, 1.6 Mbit/s), 390 px wide, nothing cached. The floor of that throttling is measured in the same run:
one paragraph of bare HTML from the same web server. Ends with 1 where the median of a public page's first paint is
later than promised, or the page with all that comes with it heavier.
"""

import argparse
import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from bench.common.machine import Calibration, machine
from bench.common.processes import Row
from bench.of_paint.throttled import Paint, Throttle, visited
from tests import chromium
from tests.servers import Server, clean_environment, free_port, wait_until

FIRST_MS, BYTES = 1500, 60_000  # of each public page: the first paint, and all that comes with it
BARE = "one paragraph, bare"


def main() -> None:
    """Measure what the arguments ask for and print it."""
    asked = _arguments()
    throttle = Throttle(asked.latency, asked.down * 1e6, processor=asked.processor)
    if not asked.json:
        print(f"{machine()}; {throttle}\n{_HEAD}", flush=True)
    rows = []
    for row in _measured(asked, throttle):
        rows.append(row)
        if not asked.json:
            print(_line(row), flush=True)
    broken = [row["what"] for row in rows if row["group"] == "public" and not _is_kept(row)]
    if asked.json:
        print(json.dumps({"machine": machine(), "rows": rows, "broken": broken}, indent=2))
    else:
        print(f"\n{'NOT KEPT by ' + ', '.join(broken) if broken else 'kept'}: {FIRST_MS} ms and {BYTES:,} bytes")
    sys.exit(bool(broken))


def _measured(asked: argparse.Namespace, throttle: Throttle) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as folder, chromium.started() as browser:
        with _bare() as url:
            yield _row(browser, {"group": "", "what": BARE, "path": "/", "cookies": {}}, url, asked.times, throttle)
        server = Server(Path(folder))
        pages = json.loads(server.python("bench.of_paint.filling").splitlines()[-1])
        server.start()
        try:
            for page in pages:
                if asked.only in page["what"]:
                    yield _row(browser, page, server.url, asked.times, throttle)
        finally:
            server.stop()


def _row(browser: Browser, page: Row, url: str, times: int, throttle: Throttle) -> Row:
    visited(
        browser, url + page["path"], page["cookies"], Throttle(0, 1e9, 1e9, 1)
    )  # the server has been started just now
    calibration = Calibration()
    found = [visited(browser, url + page["path"], page["cookies"], throttle) for _ in range(times)]
    return {"group": page["group"], "what": page["what"], **_figures(found), "calibration": calibration.slower()}


def _figures(found: list[Paint]) -> Row:
    return {
        "first": median(one.first for one in found),
        "first_worst": max(one.first for one in found),
        "largest": median(one.largest for one in found),
        "largest_worst": max(one.largest for one in found),
        "moved": max(one.moved for one in found),
        "bytes": max(one.sent for one in found),
        "requests": max(one.requests for one in found),
    }


def _is_kept(row: Row) -> bool:
    return bool(row["first"] < FIRST_MS and row["bytes"] < BYTES)


_HEAD = """
| page | first paint ms | worst | largest paint ms | worst | moved | bytes | requests | machine |
|---|--:|--:|--:|--:|--:|--:|--:|--:|"""


def _line(row: Row) -> str:
    times = " | ".join(f"{row[name]:,.0f}" for name in ("first", "first_worst", "largest", "largest_worst"))
    what = f"desk: {row['what']}" if row["group"] == "desk" else row["what"]
    rest = f"{row['moved']:.3f} | {row['bytes']:,} | {row['requests']} | {row['calibration']:.1f}"
    return f"| {what} | {times} | {rest} |"


@contextmanager
def _bare() -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "bench.of_paint.bare", str(port)]
    process = subprocess.Popen(command, env=clean_environment(), stderr=subprocess.DEVNULL)
    url = f"http://localhost:{port}"
    try:
        wait_until(lambda: _answers(port), "the bare server's first answer")
        yield url
    finally:
        process.terminate()
        process.wait(30)


def _answers(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench/paint", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    usual = Throttle()
    parser.add_argument("--times", type=int, default=5, help="that each page is opened (%(default)s)")
    parser.add_argument("--only", default="", metavar="WORDS", help="pages with these words in their name")
    parser.add_argument("--latency", type=float, default=usual.latency, help="ms before each answer (%(default)s)")
    parser.add_argument("--down", type=float, default=usual.down / 1e6, help="Mbit/s (%(default)s)")
    parser.add_argument("--processor", type=float, default=usual.processor, help="times slower (%(default)s)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser.parse_args()


if __name__ == "__main__":
    main()
