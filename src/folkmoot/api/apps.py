"""The API as an app: its page has a template."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Holds no models."""

    name = "folkmoot.api"
    label = "api"
