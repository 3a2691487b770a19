"""Addresses of the API: its pages, its document, and what it does. They have no names: see `when_asked.py`."""

from django.urls import path

from folkmoot.api import pages
from folkmoot.api.service import api

urlpatterns = [
    path("", pages.overview),
    path("openapi.json", pages.openapi),
    path("about/<slug:noun>/", pages.noun),
    path("", api.urls),
]
