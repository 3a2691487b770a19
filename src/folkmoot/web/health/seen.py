"""Counts and times every request, and writes it down, by the name of its route: addresses hold secrets.

Neither an address nor anything that was sent gets into a line; lines of one request are known by a number of its own,
which its answer carries as well.
"""

import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import Histogram

from folkmoot.config.logs import REQUEST

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
log = logging.getLogger("folkmoot.requests")
Answer = Callable[[HttpRequest], HttpResponse]

# Web processes add theirs up where PROMETHEUS_MULTIPROC_DIR names a folder that they share (see `cli.server`).
TAKEN = Histogram(
    "folkmoot_request_seconds",
    "How long requests took, by route and class of status.",
    ["route", "status"],
    buckets=(0.01, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 5),
)


class Seen:
    """Stands before everything else, so that what it times is all of the work."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, and note how long that took."""
        began, known = time.perf_counter(), REQUEST.set(secrets.token_hex(8))
        try:
            response = self.get_response(request)
            took, route, status = time.perf_counter() - began, route_of(request), response.status_code
            TAKEN.labels(route, f"{status // 100}xx").observe(took)
            if log.isEnabledFor(logging.INFO):
                said = {"route": route, "method": _method(request), "status": status, "ms": round(took * 1000, 1)}
                log.info("request", extra=said)
                response.headers["X-Request-ID"] = REQUEST.get()
        finally:
            REQUEST.reset(known)
        return response


def route_of(request: HttpRequest) -> str:
    """Return the name of the route that a request found: "desk:case"; "none" where it found none."""
    if request.resolver_match is not None:
        return request.resolver_match.view_name
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"


def _method(request: HttpRequest) -> str:
    """Return the request's method; what is none is not quoted."""
    return request.method if request.method in _METHODS else "other"
