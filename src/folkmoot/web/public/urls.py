"""Public addresses under /o/<slug>/: nobody needs an account here."""

from django.urls import path, re_path

from folkmoot.web.desk.calendar import subscribed
from folkmoot.web.public import (
    appeal,
    changes,
    checking,
    choice,
    clarify,
    files,
    front,
    house_style,
    letter,
    notice,
    receipt,
    report,
    review,
    rules,
    track,
)

app_name = "public"

urlpatterns = [
    path("", front.home, name="home"),
    path("privacy/", front.privacy, name="privacy"),
    path("rules/", rules.current, name="rules"),
    path("rules/editions/", rules.editions, name="editions"),
    path("rules/editions/<int:edition>/", rules.edition, name="edition"),
    path("rules/editions/<int:edition>/changes/", changes.changes, name="changes"),
    path("rules/editions/<int:edition>/<str:code>/", rules.edition_clause, name="edition_clause"),
    path("rules/<str:code>/", rules.clause, name="clause"),
    path("draft-check/", checking.draft_check, name="draft_check"),
    path("house-style/", house_style.house_style, name="house_style"),
    path("report/", report.report, name="report"),
    path("report/received/", receipt.received, name="received"),
    path("track/", track.find, name="track"),
    path("track/progress/", track.newest, name="progress_newest"),
    path("track/progress/<int:grant>/", track.progress, name="progress"),
    path("track/progress/<int:grant>/files/<int:attachment>/", files.reporter_file, name="progress_file"),
    path("track/progress/<int:grant>/review/", review.review, name="review"),
    path("track/progress/<int:grant>/withdrawal/", review.withdrawal, name="withdrawal"),
    re_path(r"^letter/(?P<letter>[1-9][0-9]{0,17}\.[A-Za-z0-9_-]{32})/$", letter.letter, name="letter"),
    re_path(r"^calendar/(?P<calendar>[1-9][0-9]{0,17}\.[A-Za-z0-9_-]{32})/$", subscribed, name="calendar"),
    path("notice/<int:grant>/", notice.notice, name="notice"),
    path("track/progress/<int:grant>/news/", choice.news, name="news"),
    path("notice/<int:grant>/answer/", clarify.answer, name="answer"),
    path("notice/<int:grant>/appeal/", appeal.appeal, name="appeal"),
    path("notice/<int:grant>/executive/", appeal.executive, name="executive"),
    path("notice/<int:grant>/files/<int:attachment>/", files.author_file, name="notice_file"),
    path("forget/", front.forget, name="forget"),
]
