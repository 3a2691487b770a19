"""Addresses that machines ask."""

from django.urls import path

from folkmoot.web.health import pages

urlpatterns = [
    path("healthz", pages.healthz, name="healthz"),
    path("readyz", pages.readyz, name="readyz"),
    path("metrics", pages.metrics, name="metrics"),
]
