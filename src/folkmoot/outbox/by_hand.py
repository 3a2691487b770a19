"""What is asked of people besides taking a post down or putting it back."""

from datetime import datetime

from folkmoot.casefile.models import Case, Measure, Paper
from folkmoot.outbox.models import Task
from folkmoot.outbox.promise import tell_of_task


def ask_beside(case: Case, op: Task.Op, *, paper: Paper, at: datetime, measure: Measure | None = None) -> Task:
    """Ask for something at the place that changes nothing about how a post is seen: to correct it, to answer
    below it, to apply a measure or to end it. The words to copy, if any, are those of `paper`.
    """
    task = Task.objects.create(
        org_id=case.org_id,
        case=case,
        op=op,
        platform_id=case.platform_id,
        post_id=case.post_id,
        link=case.post.url if case.post and case.post.url else case.link,
        paper=paper,
        measure=measure,
        made_at=at,
    )
    tell_of_task(case, task)
    return task
