from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "folkmoot.web.public"
    label = "public"
