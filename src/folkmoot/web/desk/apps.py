from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "folkmoot.web.desk"
    label = "desk"
