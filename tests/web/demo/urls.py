"""All addresses of a server under the demo's settings."""

from django.urls import include, path

from folkmoot.config.urls import handler400, handler403, handler404, handler500
from folkmoot.config.urls import urlpatterns as ordinary

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    *ordinary,
    path("demo/", include("folkmoot.web.demo.urls")),
    path("", include("folkmoot.web.demo.front_urls")),
]
