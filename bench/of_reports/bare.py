"""What the same server does with next to nothing: a bare Django view that inserts one row.

Run as `python -m bench.of_reports.bare PORT WORKERS THREADS FOLDER`; it is a baseline of `bench/reports`.
"""

import os
import sys
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from granian.constants import HTTPModes, Interfaces
from granian.server import Server

from folkmoot.config.embedded import use_safe_sqlite

TABLE = "CREATE TABLE IF NOT EXISTS report (id INTEGER PRIMARY KEY, words TEXT NOT NULL)"
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"


def insert(request: HttpRequest) -> HttpResponse:
    """Put the words into the table, in a transaction of their own."""
    if request.method != "POST":
        return HttpResponse("ready")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO report (words) VALUES (%s)", [request.POST["words"]])
    return HttpResponse("kept", status=201)


urlpatterns = [path("", insert)]


def application() -> Callable[..., Any]:
    """Return the WSGI application; called in each worker process."""
    _set_up(os.environ["BENCH_FOLDER"])
    return get_wsgi_application()


def _set_up(folder: str) -> None:
    use_safe_sqlite()
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"{folder}/bare.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
        "CONN_MAX_AGE": None,
    }
    settings.configure(
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": database},
        SECRET_KEY="bench",  # noqa: S106
    )
    django.setup()
    with connection.cursor() as cursor:
        cursor.execute(TABLE)


def main(port: int, workers: int, threads: int, folder: str) -> None:
    """Serve until told to end."""
    os.environ["BENCH_FOLDER"] = folder
    Server(
        "bench",
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=threads,
        backpressure=64,
        log_enabled=False,
    ).serve(target_loader=application, wrap_loader=False)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]), sys.argv[4])
