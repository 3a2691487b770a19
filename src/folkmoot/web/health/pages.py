"""What machines ask: is it alive, is it ready, and its numbers."""

import ipaddress
import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from folkmoot.web.access import moment
from folkmoot.web.health.numbers import exposition
from folkmoot.web.health.ready import checks, is_ready

_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
_HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; asks neither database nor session."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say of each thing that people need whether it is there: 200 when all is, else 503."""
    found = checks(at=moment(request))
    lines = "".join(f"{what}: {word}\n" for what, word in sorted(found.items()))
    return HttpResponse(lines, content_type="text/plain", status=200 if is_ready(found) else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give out the numbers, to this machine itself or to who has the token; for others the page is not there."""
    if not (_has_token(request) or _is_from_here(request)):
        raise Http404
    return HttpResponse(exposition(at=moment(request)), content_type="text/plain; version=0.0.4; charset=utf-8")


def _has_token(request: HttpRequest) -> bool:
    said, wanted = request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"
    return bool(settings.METRICS_TOKEN) and secrets.compare_digest(said.encode(), wanted.encode())


def _is_from_here(request: HttpRequest) -> bool:
    """Say whether a program on this machine asks: behind a proxy on it, everybody seems to."""
    if any(name in request.headers for name in _PASSED_ON):
        return False
    host = request.get_host()
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    try:
        return name in _HERE and ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
