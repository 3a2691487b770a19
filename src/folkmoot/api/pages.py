"""The API explained: as a document for programs, and as a page for people."""

import json
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from folkmoot.api.document import finished
from folkmoot.api.service import api


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document."""
    return HttpResponse(_text(), content_type="application/json", headers={"Cache-Control": "public, max-age=300"})


@lru_cache(maxsize=1)
def _text() -> str:
    return json.dumps(finished(api))
