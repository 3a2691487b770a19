"""The web server's main process: granian, with worker processes that it starts again when they die.

Run by the keeper as `python -m folkmoot.cli.webserver HOST PORT WORKERS THREADS`.
"""

import gc
import importlib
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings
from django.urls import get_resolver
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from folkmoot.config.logs import logging_settings
from folkmoot.config.parent import end_with_parent

# Requests in hand per worker; more wait in the system's queue, in order, instead of in memory.
IN_HAND = 64


def main(host: str, port: int, workers: int, threads: int) -> None:
    """Serve until told to end."""
    end_with_parent()
    load_ahead()
    Server(
        "folkmoot",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=threads,
        backpressure=IN_HAND,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
        log_dictconfig={**logging_settings(os.environ.get("FOLKMOOT_LOG") or "plain", requests=False), "loggers": {}},
        log_access=False,  # paths of letters' links are secrets
    ).serve(target_loader=application, wrap_loader=False)


def load_ahead() -> None:
    """Load what every worker needs before they are forked, so that they share its memory and start at once.

    Nothing is connected to: a connection to a database must not be shared.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
    django.setup()
    for name in (settings.ROOT_URLCONF, *(path.rpartition(".")[0] for path in settings.MIDDLEWARE)):
        importlib.import_module(name)
    get_resolver().reverse_dict  # noqa: B018  puts all addresses together
    gc.collect()
    gc.freeze()  # what is there now stays, and its pages shared: the collector leaves it alone


def application() -> Callable[..., Any]:
    """Return the WSGI application; called in each worker process, before granian has set it up."""
    # A forked worker has its parent's handlers until then, and would not hear that it is to end.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_DFL)
    found: Callable[..., Any] = importlib.import_module("folkmoot.config.wsgi").application
    return found


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
