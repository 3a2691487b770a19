"""What surrounds every page: which organisation, which moment, and how a refusal is said."""

from collections.abc import Callable
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone

from folkmoot.config import clock
from folkmoot.kernel.errors import FolkmootError, TooMuch
from folkmoot.members.models import Organisation
from folkmoot.members.rows import newest
from folkmoot.web import errors
from folkmoot.web.access import OrgRequest
from folkmoot.web.limits import allow

MANY = 10_000  # uploads in an hour are limited by their size
Answer = Callable[[HttpRequest], HttpResponse]

PERMISSIONS = ", ".join(
    f"{feature}=()" for feature in ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
)


class SmallStatic(GZipMiddleware):
    """Sends style sheets and scripts compressed; never pages, which hold tokens beside what visitors typed (BREACH)."""

    max_random_bytes = 0  # nothing in them is anybody's

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress what is static, for a browser that can take it so."""
        return super().process_response(request, response) if request.path.startswith(settings.STATIC_URL) else response


class Refusals:
    """Answers what nobody can read, and turns refusals that leave a view into plain pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse a request that is too large or not text before anything reads it."""
        _name_origin(request)
        response = self._unreadable(request) or self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page for a refusal; anything else goes on to Django."""
        if isinstance(exception, FolkmootError):
            return errors.refused(request, exception)
        return None

    def _unreadable(self, request: HttpRequest) -> HttpResponse | None:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()):
            return errors.bad_request(request, None)
        if int(length) > settings.REQUEST_MAX_BYTES:
            return errors.too_large(request)
        # No database keeps a NUL, and nobody types one.
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return errors.bad_request(request, None)
        return None


class Weighing:
    """Counts large uploads of visitors by the length they announce, before anything of them is read.

    Stands before Django's guard against forged forms: that reads the whole form to find its token.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let everything through: what is weighed is known only once its page is."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Refuse an upload that is more than this connection may send within the hour."""
        length = int(request.META.get("CONTENT_LENGTH") or "0")
        if length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE or _is_known(request):
            return None
        try:
            allow(request, "upload", count_limit=MANY, size=length, size_limit=settings.REQUEST_MAX_BYTES)
        except TooMuch as refusal:
            return errors.refused(request, refusal)
        return None


class Tenancy:
    """Reads the clock once, and turns the `org` of an address into `request.org`.

    Views under /o/<slug>/ do not take `org` as an argument: they read `request.org` and `request.now`.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the request its moment: the only time that the web room knows."""
        cast(OrgRequest, request).now = clock.now()
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]) -> None:
        """Find the organisation, or raise `Http404`; its time zone holds until the answer is made."""
        if "org" not in kwargs:
            return
        org = newest(Organisation, "slug = %s", kwargs.pop("org"), by="id")
        if org is None:
            raise Http404
        cast(OrgRequest, request).org = org
        timezone.activate(ZoneInfo(org.zone))


def _is_known(request: HttpRequest) -> bool:
    """Say whether somebody is signed in, or sends a program's stream, whose token is looked at before it is read."""
    is_stream = request.path_info.startswith("/api/") and request.content_type == "application/x-ndjson"
    return is_stream or request.user.is_authenticated


def _name_origin(request: HttpRequest) -> None:
    """Say where a form comes from that was sent by a page of ours with a secret in its address.

    A browser that keeps such an address to itself (`no-referrer`) sends `Origin: null`, which Django's guard
    against forged forms refuses. That the page is ours stands in `Sec-Fetch-Site`, which no page can write;
    where an old browser lacks it, the form's own token decides, as for every form.
    """
    ours = request.META.get("HTTP_SEC_FETCH_SITE") in {None, "same-origin"}
    if request.META.get("HTTP_ORIGIN") == "null" and ours:
        request.META["HTTP_ORIGIN"] = f"{request.scheme}://{request.META.get('HTTP_HOST', '')}"
