"""Addresses of the API: its page, its document, and what it does."""

from django.urls import path

from folkmoot.api import pages
from folkmoot.api.service import api

urlpatterns = [
    path("openapi.json", pages.document, name="api_document"),
    path("", api.urls),
]
