from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "folkmoot.archive"
    label = "archive"
