from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "folkmoot.outbox"
    label = "outbox"
