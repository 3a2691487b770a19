"""The one address of the administration that stands outside every organisation: the first page of all."""

from django.urls import path

from folkmoot.web.admin import set_up

urlpatterns = [path("setup/<str:link>/", set_up.begin, name="set_up")]
