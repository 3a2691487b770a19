from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "folkmoot.web.demo"
    label = "demo"
