"""How long pages take over HTTP, one after another, and what the server worked for each."""

import time
from collections.abc import AsyncIterator
from statistics import median

from bench.common.machine import Calibration
from bench.common.processes import Row
from bench.of_desk.asked import Kind, Wish
from bench.of_desk.kept_data import Filled
from bench.of_reports.cpu import cpu_seconds
from bench.of_reports.line import Line
from tests.servers import Server

WARM = 3  # of each kind that do not count: the server has just been started
_BASES = 20  # static files between two kinds


async def measured(filled: Filled, server: Server, every: list[Kind]) -> AsyncIterator[Row]:
    """Yield what each kind of page took: in milliseconds, by the clock and of the server's processors."""
    line = await Line(server.port).open()
    base = every[0].wishes[0]
    for kind in every:
        for wish in kind.wishes[:WARM]:
            await _asked(line, wish)
        still = [await _asked(line, base) for _ in range(_BASES)]
        calibration = Calibration()
        before, began = _worked(filled, server), time.perf_counter()
        times, sizes = [], []
        for wish in kind.wishes:
            took, size = await _timed(line, wish)
            times.append(took)
            sizes.append(size)
        seconds, worked = time.perf_counter() - began, _worked(filled, server)
        many = len(times)
        yield {
            "part": "pages",
            "database": filled.database,
            "group": kind.group,
            "what": kind.what,
            "samples": many,
            **quantiles(times),
            "cpu": 1000 * (worked[0] - before[0]) / many,
            "database_cpu": 1000 * (worked[1] - before[1]) / many,
            "bytes": round(median(sizes)),
            "base": median(still),
            "per_second": many / seconds,
            "calibration": calibration.slower(),
        }
    line.close()


def quantiles(times: list[float]) -> dict[str, float]:
    """Return the median, the 95th and the 99th percentile and the most of `times`."""
    ordered = sorted(times)

    def at(part: float) -> float:
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]

    return {"p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "most": ordered[-1]}


async def _timed(line: Line, wish: Wish) -> tuple[float, int]:
    began = time.perf_counter()
    size = await _got(line, wish)
    return (time.perf_counter() - began) * 1000, size


async def _asked(line: Line, wish: Wish) -> float:
    return (await _timed(line, wish))[0]


async def _got(line: Line, wish: Wish) -> int:
    """Ask for a page; end where it is not the page."""
    line.cookies = {"sessionid": wish.cookie} if wish.cookie else {}
    answer = await line.get(wish.path)
    if answer.status != 200:
        raise SystemExit(f"{wish.path} answers {answer.status} {answer.headers.get('location', '')}")
    return len(answer.body)


def _worked(filled: Filled, server: Server) -> tuple[float, float]:
    """Return the processor seconds of the web server so far, and of the database's own."""
    return cpu_seconds(server.web.pid), cpu_seconds(filled.postgres) if filled.postgres else 0.0
