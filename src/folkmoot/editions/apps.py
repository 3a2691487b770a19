from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "folkmoot.editions"
    label = "editions"
