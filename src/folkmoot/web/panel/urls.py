"""Addresses of the Executive's room, under /o/<org>/panel/."""

from django.urls import path

from folkmoot.web.panel import afresh, bundle, confirmation, hearing, home, minute, reopening, review

app_name = "panel"
urlpatterns = [
    path("", home.home, name="home"),
    path("cases/<int:case>/", bundle.bundle, name="case"),
    path("cases/<int:case>/files/<int:attachment>/", bundle.attached, name="attached"),
    path("cases/<int:case>/hearing/", hearing.hearing, name="hearing"),
    path("cases/<int:case>/hearing/calendar/", hearing.calendar, name="calendar"),
    path("cases/<int:case>/reopening/", reopening.reopening, name="reopening"),
    path("cases/<int:case>/reviews/<int:review>/", review.review, name="review"),
    path("cases/<int:case>/decision/", afresh.decision, name="decision"),
    path("cases/<int:case>/minute/", minute.minute, name="minute"),
    path("cases/<int:case>/confirmation/", confirmation.confirmation, name="confirmation"),
]
