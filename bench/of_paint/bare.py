"""What the same web server does with next to nothing: one paragraph of HTML, without a style or a script.

Run as `python -m bench.of_paint.bare PORT`; it is the floor of `bench/paint`.
"""

import sys
from collections.abc import Callable, Iterable
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.server import Server

_ICON = '<link rel="icon" href="data:,">'  # or a browser asks for one
PAGE = (
    f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Bare</title>{_ICON}'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<p>Nobody has decided yet. You have until Friday to answer, and then somebody else looks at it.</p></html>"
).encode()


def application() -> Callable[..., Any]:
    """Return the WSGI application; called in the worker process."""
    return _page


def _page(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(PAGE)))])
    return [PAGE]


if __name__ == "__main__":
    Server(
        "bench",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
    ).serve(target_loader=application, wrap_loader=False)
