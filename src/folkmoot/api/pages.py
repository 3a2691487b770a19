"""The API explained: as a document for programs, and as pages for people, which load nothing from elsewhere."""

import gzip
import json
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from folkmoot.api import problems
from folkmoot.api.once import HEADER
from folkmoot.api.parties import LETTER, RECEIPT
from folkmoot.api.reference import document, nouns
from folkmoot.members.models import Organisation
from folkmoot.web.desk.tokens import SCOPES

JSON = "application/json"


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document."""
    headers = {"Cache-Control": "public, max-age=300", "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(_packed(), content_type=JSON, headers={**headers, "Content-Encoding": "gzip"})
    return HttpResponse(_text(), content_type=JSON, headers=headers)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Explain how programs use it, and list what they can ask."""
    context = {
        "nouns": nouns(),
        "kinds": problems.KINDS,
        "scopes": [(scope.value, label, hint) for scope, (label, hint) in SCOPES.items()],
        "key_header": HEADER,
        "letter_header": LETTER,
        "receipt_header": RECEIPT,
        "slug": _slug(),
        "at": f"{request.scheme}://{request.get_host()}/api/v1",
    }
    return render(request, "api/overview.html", context)


@require_safe
def noun(request: HttpRequest, noun: str) -> HttpResponse:
    """Show what can be asked about one noun, with what goes in and out."""
    found = next((one for one in nouns() if one.slug == noun), None)
    if found is None:
        raise Http404
    return render(request, "api/noun.html", {"noun": found, "nouns": nouns(), "slug": _slug()})


@lru_cache(maxsize=1)
def _text() -> bytes:
    return json.dumps(document()).encode()


@lru_cache(maxsize=1)
def _packed() -> bytes:
    return gzip.compress(_text(), mtime=0)


def _slug() -> str:
    """Return the short name for examples: where there is one organisation its own, else a made-up one."""
    found = Organisation.objects.order_by("pk").values_list("slug", flat=True)[:2]
    return found[0] if len(found) == 1 else "harbour-branch"
