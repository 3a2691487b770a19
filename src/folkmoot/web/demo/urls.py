"""Addresses of the demo, under /demo/; they exist in the demo's settings only."""

from django.urls import path

from folkmoot.web.demo import mailbox, roles, start

app_name = "demo"

urlpatterns = [
    path("", start.start, name="start"),
    path("cases/<int:case>/", start.case, name="case"),
    path("roles/", roles.roles, name="roles"),
    path("roles/<int:person>/", roles.step_in, name="step_in"),
    path("parties/<int:grant>/", roles.step_in_as_party, name="step_in_as_party"),
    path("out/", roles.step_out, name="step_out"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<int:dispatch>/", mailbox.letter, name="letter"),
]
