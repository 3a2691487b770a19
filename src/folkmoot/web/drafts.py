"""What somebody typed is kept in their own browser; here it is only said that a form has arrived, so that it goes."""

import re

from django.contrib import messages
from django.http import HttpRequest

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}", re.ASCII)  # as in `data-draft` of a form


def arrived(request: HttpRequest, say: str) -> None:
    """Say on the next page what has happened, and let the browser forget the draft of the form that was sent."""
    key = request.POST.get("draft", "")
    messages.success(request, say, extra_tags=key if _KEY.fullmatch(key) else "")
