from django.apps import AppConfig


class AdminConfig(AppConfig):
    name = "folkmoot.web.admin"
    label = "administration"
