"""The administration, with the pages that it leads to."""

from django.urls import include, path

from folkmoot.web import errors

urlpatterns = [
    path("", include("folkmoot.web.signin.urls")),
    path("", include("folkmoot.web.public.front_urls")),
    path("", include("folkmoot.web.admin.front_urls")),
    path("o/<slug:org>/", include("folkmoot.web.public.urls")),
    path("o/<slug:org>/desk/", include("folkmoot.web.desk.urls")),
    path("o/<slug:org>/panel/", include("folkmoot.web.panel.urls")),
    path("o/<slug:org>/admin/", include("folkmoot.web.admin.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
