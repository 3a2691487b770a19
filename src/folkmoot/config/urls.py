"""All addresses: public pages, sign-in, and each organisation's rooms under /o/<slug>/."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from folkmoot.api.when_asked import WhenAsked
from folkmoot.web import errors

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("folkmoot.web.health.urls")),
    path("", include("folkmoot.web.signin.urls")),
    path("", include("folkmoot.web.public.front_urls")),
    path("", include("folkmoot.web.admin.front_urls")),
    path("o/<slug:org>/", include("folkmoot.web.public.urls")),
    path("o/<slug:org>/desk/", include("folkmoot.web.desk.urls")),
    path("o/<slug:org>/panel/", include("folkmoot.web.panel.urls")),
    path("o/<slug:org>/admin/", include("folkmoot.web.admin.urls")),
    WhenAsked("api/v1/", "folkmoot.api.urls"),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("folkmoot.web.demo.urls")))
    urlpatterns.append(path("", include("folkmoot.web.demo.front_urls")))

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
