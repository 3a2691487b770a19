"""The Django app of the look."""

from django.apps import AppConfig
from django.utils.translation import gettext, ngettext

from folkmoot.kernel.said import translated_by


class LookConfig(AppConfig):
    """Makes templates, tags and static files findable."""

    name = "folkmoot.web.look"
    label = "look"

    def ready(self) -> None:
        """Let Django translate what rooms say that do not know it."""
        translated_by(gettext, ngettext)
