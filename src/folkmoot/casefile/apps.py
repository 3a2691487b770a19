from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string

from folkmoot.casefile.guards import install_guards


class CasefileConfig(AppConfig):
    name = "folkmoot.casefile"
    label = "casefile"

    def ready(self) -> None:
        post_migrate.connect(_after_migrations, dispatch_uid="casefile.guards")


def _after_migrations(*, using: str, app_config: AppConfig, **_: Any) -> None:
    if app_config.label == "outbox":  # the last app of ours that has tables
        install_guards(connections[using])
        # by name: models cannot be loaded yet where this module is
        import_string("folkmoot.casefile.index_cases.bring_up_to_date")(using)
