"""How long a start takes, and how much memory the server's processes share out among themselves at rest (PSS)."""

import time
from pathlib import Path

from bench.common.machine import Calibration
from bench.common.processes import Row
from bench.of_desk.kept_data import Filled
from tests.servers import Process, Server, wait_until

STARTS = 3
_REST = 6.0  # seconds after the last request, in which the worker goes round a few times


def started(filled: Filled) -> tuple[Server, Row]:
    """Start the server a few times; return it as it runs after the last, and the seconds until it said that it is."""
    calibration, times = Calibration(), []
    server = Server(filled.folder, **filled.settings, FOLKMOOT_REPORTS_PER_HOUR="1000000000")
    for again in range(STARTS):
        began = time.perf_counter()
        server.start()
        times.append(time.perf_counter() - began)
        if again < STARTS - 1:
            server.stop()
    times.sort()
    half, most = times[len(times) // 2], times[-1]
    row: Row = {"part": "start", "database": filled.database, "p50": half, "most": most, "of": STARTS}
    return server, row | {"calibration": calibration.slower()}


def at_rest(filled: Filled, server: Server, when: str) -> Row:
    """Return what the processes take in MB, `when` says after what: the web server's, and all of ours together."""
    time.sleep(_REST)
    # What the worker does in a process of its own ends soon, and is no rest.
    wait_until(lambda: all(one.name != "folkmoot-aside" for one in server.everybody), "the worker to be at rest")
    everybody = server.everybody
    web = [server.web, *server.web_workers]
    return {
        "part": "memory",
        "database": filled.database,
        "when": when,
        "web": sum(map(_share, web)),
        "all": sum(map(_share, everybody)),
        "each": {f"{one.name} {one.pid}": _share(one) for one in everybody},
    }


def _share(process: Process) -> float:
    """Return the memory of a process in MB, shared pages by the share; 0 where the system does not say."""
    try:
        text = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    line = next(line for line in text.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * 1024 / 1e6
