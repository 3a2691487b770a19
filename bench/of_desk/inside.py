"""What a page costs whoever else is busy: statements, rows, steps of the database, processor time; without a server.

    python -m bench.of_desk.inside < WISHES

with the environment of a filled database. It reads kinds of pages as JSON, one a line, and prints one line for each.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402  its models load only now
from django.test import Client  # noqa: E402

_STEPS = 100  # of SQLite's own machine, between two counts
_READ = "SELECT coalesce(sum(seq_tup_read) + sum(idx_tup_fetch), 0) FROM pg_stat_xact_user_tables"


@dataclass
class Cost:
    """What one page took: `read` is rows that PostgreSQL read, or steps of SQLite's machine, in thousands."""

    statements: int = 0
    read: float = 0
    cpu: float = 0  # milliseconds of this process


def main() -> None:
    """Ask for every page once in this process, and print the costs of each kind."""
    for line in sys.stdin:
        kind = json.loads(line)
        wishes = kind.pop("wishes")
        _cost(*wishes[0])  # what is remembered from then on, such as templates, is no cost of a page
        costs = [_cost(path, cookie) for path, cookie in wishes]
        found: dict[str, Any] = {"part": "inside", "database": connection.vendor, **kind}
        for name in ("statements", "read", "cpu"):
            values = sorted(getattr(cost, name) for cost in costs)
            found |= {name: median(values), f"{name}_p95": values[int(len(values) * 0.95)]}
        print(json.dumps(found), flush=True)


def _cost(path: str, cookie: str) -> Cost:
    browser, cost = Client(SERVER_NAME="localhost"), Cost()
    browser.cookies["sessionid"] = cookie
    with transaction.atomic():
        with _counting(cost):
            began = time.process_time()
            answer = browser.get(path)
            cost.cpu = (time.process_time() - began) * 1000
        transaction.set_rollback(True)  # PostgreSQL answers nothing after that: what was read is counted by then
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}")
    return cost


@contextmanager
def _counting(cost: Cost) -> Iterator[None]:
    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        cost.statements += 1
        return execute(sql, params, many, context)

    with _reading(cost), connection.execute_wrapper(count):
        yield


@contextmanager
def _reading(cost: Cost) -> Iterator[None]:
    if connection.vendor == "postgresql":
        before = _rows_read()
        yield
        cost.read = (_rows_read() - before) / 1000
        return
    steps = [0]

    def stepped() -> int:
        steps[0] += _STEPS
        return 0

    connection.connection.set_progress_handler(stepped, _STEPS)
    yield
    connection.connection.set_progress_handler(None, 0)
    cost.read = steps[0] / 1000


def _rows_read() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
