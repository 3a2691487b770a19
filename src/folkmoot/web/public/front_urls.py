"""Addresses outside every organisation: the first page, and what machines ask for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import path
from django.views.decorators.http import require_safe

from folkmoot.members.models import Organisation

_ROBOTS = """User-agent: *
Disallow: /sign-in/
Disallow: /account/
Disallow: /invitation/
Disallow: /setup/
Disallow: /o/*/letter/
Disallow: /o/*/desk/
"""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the one organisation; where there are several, list none of them."""
    found = Organisation.objects.order_by("pk").values_list("slug", flat=True)[:2]
    if len(found) == 1:
        return redirect(f"/o/{found[0]}/")
    return render(request, "signin/front.html", {"empty": not found})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep search engines out of what is not public."""
    return HttpResponse(_ROBOTS, content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead old browsers to the mark."""
    return redirect(static("look/favicon.svg"), permanent=True)


urlpatterns = [
    path("", home, name="front"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon),
]
