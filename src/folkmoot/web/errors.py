"""Pages that say no: one plain sentence, what to do next, and never a word about what exists."""

import logging
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template import loader
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from folkmoot.kernel.errors import BadInput, FolkmootError, NotPermitted, OpensNothing, StalePage, TooMuch
from folkmoot.web.access import own_path

log = logging.getLogger(__name__)

_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_HIDDEN = ("csrfmiddlewaretoken", "form_key", "seen", "credential", "code")
_SHOWN_LIMIT = 20_000  # characters of one field shown again


def bad_request(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    """Return the page for what could not be read; too much of it has a page of its own."""
    if isinstance(exception, _TOO_LARGE):
        return too_large(request)
    return HttpResponse(_fixed("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    """Return the page for a step that is not the visitor's."""
    return HttpResponse(_fixed("403.html"), status=403)


def not_found(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    """Return the same bytes whatever is missing, hidden or another organisation's."""
    response = HttpResponse(_fixed("404.html"), status=404)
    # Some ways here have read the session and some have not; the headers must not tell.
    patch_vary_headers(response, ["Cookie"])
    response["Cache-Control"] = "private, no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Write the fault down, and return its page, which needs neither database nor style sheet.

    Django's own log of requests is off, since paths hold secrets: this is the one place where a fault is told.
    """
    match = request.resolver_match
    log.exception("%s of the page %s failed", request.method, match.view_name if match else "that nobody knows")
    return HttpResponse(_fixed("500.html"), status=500)


def too_large(request: HttpRequest) -> HttpResponse:
    """Return the page for more than we take in one go."""
    return HttpResponse(_fixed("413.html"), status=413)


def too_many(request: HttpRequest) -> HttpResponse:
    """Return the page for too many tries (also allauth's: it looks for `handler429`)."""
    return HttpResponse(_fixed("429.html"), status=429)


def refused(request: HttpRequest, error: FolkmootError) -> HttpResponse:
    """Return the page, or for htmx the fragment, that says why a step was refused."""
    status, title = _SAID.get(type(error), (400, "That could not be done"))
    context = {
        "error_title": _(title),
        "error_sentence": str(error),
        "error_help": "",
        "back_url": _page_of_form(request),
    }
    if request.headers.get("HX-Request"):
        # 422: htmx is told to show this one (see look/desk_base.html)
        return _unkept(HttpResponse(loader.render_to_string("refusals/fragment.html", context, request), status=422))
    return _unkept(HttpResponse(loader.render_to_string("refusals/page.html", context, request), status=status))


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page for a form whose token no longer fits, with what was typed to copy from."""
    context = {"back_url": _page_of_form(request), "typed": _typed(request)}
    page = loader.render_to_string("refusals/form_expired.html", context, request)
    return _unkept(HttpResponse(page, status=403))


_SAID: dict[type[FolkmootError], tuple[int, str]] = {
    NotPermitted: (HTTPStatus.FORBIDDEN, "This is not open to you"),
    OpensNothing: (HTTPStatus.FORBIDDEN, "This is not open to you"),
    StalePage: (HTTPStatus.CONFLICT, "The matter has moved on"),
    BadInput: (HTTPStatus.BAD_REQUEST, "That could not be taken"),
    TooMuch: (HTTPStatus.TOO_MANY_REQUESTS, "Too much at once"),
}


def _unkept(response: HttpResponse) -> HttpResponse:
    """Let no cache keep what was said to one person about one matter: it left its view without that view's headers."""
    response["Cache-Control"] = "private, no-store"
    return response


@lru_cache(maxsize=8)
def _fixed(template: str) -> str:
    return loader.render_to_string(template)


def _page_of_form(request: HttpRequest) -> str:
    """Return the path of the page on which the form stood, if it is ours; else the first page."""
    return own_path(request, request.headers.get("Referer", "")) or "/"


def _typed(request: HttpRequest) -> list[dict[str, Any]]:
    """Return what was typed, for forms of our own pages only: others could put words in our mouth."""
    if request.META.get("HTTP_ORIGIN") != _origin(request):
        return []
    try:
        fields = list(request.POST.items())
    except (MultiPartParserError, UnreadablePostError, *_TOO_LARGE):
        return []
    return [
        {"name": name.replace("_", " ").capitalize(), "text": str(value)[:_SHOWN_LIMIT]}
        for name, value in fields
        if str(value).strip() and name not in _HIDDEN
    ]


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
