"""The Django app of the look."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Makes templates, tags and static files findable."""

    name = "folkmoot.web.look"
    label = "look"
