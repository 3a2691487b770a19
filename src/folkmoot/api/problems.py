"""Refusals as machines read them: RFC 9457, each of a kind that the page about the API explains."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as later

from folkmoot.kernel.errors import BadInput, FolkmootError, NotPermitted, NotReady, OpensNothing, StalePage, TooMuch

MEDIA_TYPE = "application/problem+json"
KINDS_AT = "/api/v1/#problem-"  # where each kind is explained


@dataclass(frozen=True)
class Kind:
    """A kind of refusal: its name in the `type`, its status, its title, and what to do about it."""

    name: str
    status: int
    title: Any
    help: Any


UNREADABLE = Kind(
    "unreadable",
    400,
    later("This cannot be read"),
    later("The body is no JSON, or a header that is needed is missing."),
)
UNKNOWN = Kind(
    "unknown",
    401,
    later("No token that opens anything"),
    later("Send `Authorization: Bearer` with a token that has not ended or been revoked."),
)
OUT_OF_SCOPE = Kind(
    "out-of-scope",
    403,
    later("The token is not good for this"),
    later("Its owner can make another one, with the scope that the operation names."),
)
REFUSED = Kind(
    "refused",
    403,
    later("This is not open to you"),
    later("The procedure does not allow this step now, or not to the token’s owner. `detail` says why."),
)
INTEREST_FIRST = Kind(
    "interest-first",
    403,
    later("Say first whether you have a part in it"),
    later("A case opens once its reader has said whether they have an interest in it. `matter` says what it is."),
)
NOT_FOUND = Kind(
    "not-found",
    404,
    later("There is nothing here"),
    later("It does not exist, or it is not for the token’s owner: the answer is the same."),
)
NOT_ALLOWED = Kind("method", 405, later("Not with this method"), later("The header `Allow` names those there are."))
MOVED_ON = Kind(
    "moved-on",
    409,
    later("The matter has moved on"),
    later("Something happened in the case after the `seen` that you sent. `new` tells what; read it, then send again."),
)
AT_WORK = Kind(
    "at-work",
    409,
    later("The same request is being worked on"),
    later("Another request with this `Idempotency-Key` has not been answered yet. Send it again a little later."),
)
BROKEN_OFF = Kind(
    "broken-off",
    400,
    later("The stream broke off"),
    later("What came before is in, and `taken` says what it was. Send all of it again: what is known does no harm."),
)
TOO_LARGE = Kind("too-large", 413, later("This is too much in one go"), later("Send it in several requests."))
INVALID = Kind(
    "invalid",
    422,
    later("That could not be taken"),
    later("`errors` names each field that is wrong, and says how to mend it. Nothing was saved."),
)
OTHER_REQUEST = Kind(
    "other-request",
    422,
    later("This key was used for something else"),
    later("An `Idempotency-Key` belongs to one request. Take a new one for each."),
)
TOO_MUCH = Kind(
    "too-much", 429, later("Too much at once"), later("Wait for as many seconds as the header `Retry-After` says.")
)
FAILED = Kind(
    "failed",
    500,
    later("Something went wrong here"),
    later("It is our fault, it was written down, and nothing was saved. It can be sent again with the same key."),
)
NOT_READY = Kind("not-ready", 503, later("Not ready"), later("The server cannot serve this at the moment."))

KINDS = (
    UNREADABLE, UNKNOWN, OUT_OF_SCOPE, REFUSED, INTEREST_FIRST, NOT_FOUND, NOT_ALLOWED, MOVED_ON, AT_WORK, BROKEN_OFF,
    TOO_LARGE, INVALID, OTHER_REQUEST, TOO_MUCH, FAILED, NOT_READY,
)  # fmt: skip

_OF_STATUS = {
    400: UNREADABLE, 401: UNKNOWN, 403: REFUSED, 404: NOT_FOUND, 405: NOT_ALLOWED, 409: MOVED_ON, 413: TOO_LARGE,
    422: INVALID, 429: TOO_MUCH, 503: NOT_READY,
}  # fmt: skip
_OF_ERROR: Sequence[tuple[type[FolkmootError], Kind]] = (
    (OpensNothing, NOT_FOUND),  # a secret that opens nothing is like one that was never made
    (NotPermitted, REFUSED),
    (StalePage, MOVED_ON),
    (BadInput, INVALID),
    (TooMuch, TOO_MUCH),
    (NotReady, NOT_READY),
)


class Refusal(Exception):
    """Leaves a door or a view as a problem of a certain kind."""

    def __init__(self, kind: Kind, detail: str = "", **more: Any) -> None:
        super().__init__(detail or str(kind.title))
        self.kind, self.detail, self.more = kind, detail, more


def problem(
    kind: Kind,
    detail: str = "",
    *,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> HttpResponse:
    """Return the answer that says no; `errors` are what is wrong in which `field`, `more` further members."""
    said: dict[str, Any] = {
        "type": f"{KINDS_AT}{kind.name}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": detail or str(kind.help),
        **({"errors": list(errors)} if errors else {}),
        **more,
    }
    return HttpResponse(json.dumps(said), content_type=MEDIA_TYPE, status=kind.status, headers=dict(headers or {}))


def kind_of(error: FolkmootError) -> Kind:
    """Return as what kind of problem a refusal of ours is told."""
    return next((kind for of, kind in _OF_ERROR if isinstance(error, of)), FAILED)


def of_status(status: int) -> Kind:
    """Return the kind for an answer that somebody else gave with this status."""
    return _OF_STATUS.get(status, FAILED if status >= 500 else UNREADABLE)
