"""Addresses of the desk, under /o/<org>/desk/."""

from django.urls import path

from folkmoot.web.desk import (
    author,
    case,
    decision,
    home,
    interest,
    lanes,
    letters,
    link,
    necessity,
    posts,
    queue,
    reconsideration,
    returned,
    sealing,
    tasks,
)

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("queue/", queue.queue, name="queue"),
    path("cases/<int:case>/", case.case, name="case"),
    path("cases/<int:case>/interest/", interest.interest, name="interest"),
    path("cases/<int:case>/not-mine/", interest.not_mine, name="not_mine"),
    path("cases/<int:case>/necessity/", necessity.necessity, name="necessity"),
    path("cases/<int:case>/claim/", case.claim, name="claim"),
    path("cases/<int:case>/release/", case.release, name="release"),
    path("cases/<int:case>/author/", author.author, name="author"),
    path("cases/<int:case>/post/", link.link, name="link"),
    path("cases/<int:case>/files/<int:attachment>/", case.attached, name="attached"),
    path("cases/<int:case>/decision/", decision.decision, name="decision"),
    path("cases/<int:case>/decision/letter/", decision.letter, name="decision_letter"),
    path("cases/<int:case>/lane/", lanes.lane, name="lane"),
    path("cases/<int:case>/hiding/", lanes.hiding, name="hiding"),
    path("cases/<int:case>/complaint/", lanes.complaint, name="complaint"),
    path("cases/<int:case>/seal/", sealing.seal, name="seal"),
    path("cases/<int:case>/reconsideration/", reconsideration.reconsideration, name="reconsideration"),
    path("posts/", posts.posts, name="posts"),
    path("posts/<int:post>/report/", posts.report, name="post_report"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<int:task>/", tasks.task, name="task"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<int:dispatch>/return/", returned.returned, name="returned"),
]
