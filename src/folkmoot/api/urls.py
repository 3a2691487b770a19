"""Addresses of the API: its pages, its document, and what it does."""

from django.urls import path

from folkmoot.api import pages
from folkmoot.api.service import api

urlpatterns = [
    path("", pages.overview, name="api_page"),
    path("openapi.json", pages.openapi, name="api_document"),
    path("about/<slug:noun>/", pages.noun, name="api_noun"),
    path("", api.urls),
]
