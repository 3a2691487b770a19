"""Addresses of the demo that stand at the root."""

from django.urls import path

from folkmoot.web.demo import styleguide

urlpatterns = [
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
