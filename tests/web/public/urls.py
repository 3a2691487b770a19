"""Public pages and sign-in only."""

from django.urls import include, path

from folkmoot.web import errors

urlpatterns = [
    path("", include("folkmoot.web.signin.urls")),
    path("", include("folkmoot.web.public.front_urls")),
    path("o/<slug:org>/", include("folkmoot.web.public.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
