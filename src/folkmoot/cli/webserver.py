"""The web server's main process: granian, with worker processes that it starts again when they die."""

import importlib
import os
import signal
from collections.abc import Callable
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from folkmoot.config.logs import logging_settings
from folkmoot.config.parent import end_with_parent

# Requests in hand per worker; more wait in the system's queue, in order, instead of in memory.
IN_HAND = 64


def serve_pages(host: str, port: int, workers: int, threads: int) -> None:
    """Serve until told to end."""
    end_with_parent()
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


def application() -> Callable[..., Any]:
    """Return the WSGI application; called in each worker process, before granian has set it up."""
    # A forked worker has its parent's handlers until then, and would not hear that it is to end.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_DFL)
    found: Callable[..., Any] = importlib.import_module("folkmoot.config.wsgi").application
    return found
