from django.apps import AppConfig


class PanelConfig(AppConfig):
    name = "folkmoot.web.panel"
    label = "panel"
