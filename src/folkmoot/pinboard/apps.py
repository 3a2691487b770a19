from django.apps import AppConfig


class PinboardConfig(AppConfig):
    name = "folkmoot.pinboard"
    label = "pinboard"
