"""The API put together: its routes, and how what they raise is said."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from folkmoot.api.problems import (
    INVALID,
    NOT_FOUND,
    TOO_MUCH,
    UNKNOWN,
    Refusal,
    kind_of,
    of_status,
    problem,
)
from folkmoot.api.routes import (
    appeals,
    author,
    cases,
    casework,
    checking,
    decision,
    draft,
    executive,
    goes_with,
    house_style,
    letters,
    organisation,
    people,
    places,
    policy,
    posts,
    preparing,
    procedure,
    reporter,
    reports,
    reviews,
    rules,
    taking_back,
    tasks,
    wordings,
)
from folkmoot.kernel.errors import BadInput, FolkmootError
from folkmoot.web.access import OrgRequest
from folkmoot.web.limits import seconds_left

ROUTES = (
    organisation,
    rules,
    checking,
    house_style,
    reports,
    posts,
    cases,
    preparing,
    casework,
    decision,
    goes_with,
    taking_back,
    appeals,
    executive,
    reviews,
    author,
    reporter,
    tasks,
    letters,
    people,
    places,
    wordings,
    policy,
    draft,
    procedure,
)

api = NinjaAPI(title="Folkmoot", version="1", urls_namespace="api", docs_url=None, openapi_url=None)
for module in ROUTES:
    api.add_router("/o/{slug:org}", module.router)


@api.exception_handler(Refusal)
def _refusal(request: HttpRequest, error: Refusal) -> HttpResponse:
    headers = {}
    if error.kind is UNKNOWN:
        headers["WWW-Authenticate"] = "Bearer"
    if "retry_after" in error.more:
        headers["Retry-After"] = str(error.more["retry_after"])
    return problem(error.kind, error.detail, headers=headers, **error.more)


@api.exception_handler(FolkmootError)
def _folkmoot(request: HttpRequest, error: FolkmootError) -> HttpResponse:
    kind = kind_of(error)
    if kind is TOO_MUCH:
        left = seconds_left(cast(OrgRequest, request).now)
        return problem(kind, str(error), headers={"Retry-After": str(left)}, retry_after=left)
    errors = [{"field": error.field, "message": str(error)}] if isinstance(error, BadInput) and error.field else []
    return problem(kind, "" if kind is NOT_FOUND else str(error), errors=errors)


@api.exception_handler(Http404)
def _nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(NOT_FOUND)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [{"field": _where(one["loc"]), "message": str(one["msg"])} for one in error.errors]
    return problem(INVALID, errors=errors)


@api.exception_handler(UnreadablePostError)
def _broken_off(request: HttpRequest, error: UnreadablePostError) -> HttpResponse:
    return problem(of_status(400))


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(of_status(error.status_code))


def _where(loc: Any) -> str:
    """Return the field that was wrong as a path: "body.passage", "query.limit"."""
    source, *path = [str(part) for part in loc]
    return ".".join([source, *(path[1:] if source in ("body", "form") and len(path) > 1 else path)])
