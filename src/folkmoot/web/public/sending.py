"""Taking what a visitor sends: counted by source, pictures proven, refusals said in the form."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from folkmoot.kernel.errors import TooMuch
from folkmoot.steps.attach import Upload
from folkmoot.steps.pictures import pictures
from folkmoot.web.access import OrgRequest
from folkmoot.web.forms import attempt
from folkmoot.web.limits import allow
from folkmoot.web.public.forms import KeyedForm

T = TypeVar("T")


def take(
    request: HttpRequest, form: KeyedForm, what: str, step: Callable[[Sequence[Upload]], T]
) -> tuple[T | None, int]:
    """Run `step` on the pictures of a valid `form`; return its result, or None with the status to answer.

    Counts one `what` (at most 20 characters) from this connection, with its bytes, before anything is decoded.
    """
    if not form.is_valid():
        return None, 422
    files = form.cleaned_data.get("pictures") or []
    try:
        allow(
            request,
            what,
            count_limit=settings.REPORTS_PER_HOUR,
            size=sum(file.size or 0 for file in files),
            size_limit=settings.UPLOAD_BYTES_PER_HOUR,
        )
    except TooMuch as refusal:
        form.add_error(None, str(refusal))
        return None, 429
    return attempt(form, lambda: step(pictures(files))), 422


def go(request: OrgRequest, view: str, **where: Any) -> HttpResponse:
    """Lead to a page of this organisation after a step (303: it is asked for with GET)."""
    return HttpResponseRedirect(reverse(view, kwargs={"org": request.org.slug, **where}), status=303)


def page(request: OrgRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Return a public page, with the links that end each of them."""
    footer = [(_("Your data and privacy"), reverse("public:privacy", kwargs={"org": request.org.slug}))]
    if not request.user.is_authenticated:
        footer.append((_("Sign in"), reverse("account_login")))
    return render(request, f"public/{template}", {"footer_links": footer, **context}, status=status)
