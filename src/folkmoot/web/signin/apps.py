from django.apps import AppConfig


class SigninConfig(AppConfig):
    name = "folkmoot.web.signin"
    label = "signin"
