"""What the machine's disk allows: inserts into SQLite, each of them fsynced, without any server."""

import http.client
import secrets
import time
from pathlib import Path

from bench.of_reports.bare import PRAGMAS, TABLE
from bench.of_reports.load import Told
from folkmoot.config.embedded import use_safe_sqlite

use_safe_sqlite()

import sqlite3  # noqa: E402  the safe one, if there is one


def inserts(folder: Path, *, seconds: float) -> Told:
    """Insert rows of a report's length, one transaction each."""
    told = Told(seconds)
    database = sqlite3.connect(folder / "plain.sqlite3", isolation_level=None)
    database.executescript(f"{PRAGMAS} {TABLE}")
    begin = time.perf_counter()
    while (now := time.perf_counter()) < begin + seconds:
        database.execute("INSERT INTO report (words) VALUES (?)", [secrets.token_hex(300)])
        told.times.append(time.perf_counter() - now)
    database.close()
    return told


def answers(port: int) -> bool:
    """Say whether something answers at `port` of this machine."""
    line = http.client.HTTPConnection("localhost", port, timeout=2)
    try:
        line.request("GET", "/")
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
