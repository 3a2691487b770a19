from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string


class ArchiveConfig(AppConfig):
    name = "folkmoot.archive"
    label = "archive"

    def ready(self) -> None:
        post_migrate.connect(_after_migrations, dispatch_uid="archive.indexes")


def _after_migrations(*, using: str, app_config: AppConfig, **_: Any) -> None:
    if app_config.label == "outbox":  # the last app of ours that has tables
        # by name: models cannot be loaded yet where this module is
        import_string("folkmoot.archive.index_posts.bring_up_to_date")(using)
        import_string("folkmoot.archive.index_prints.bring_up_to_date")(using)
