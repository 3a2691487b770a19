"""What is asked of people besides taking a post down or putting it back."""

from datetime import datetime

from folkmoot.casefile.models import Case, Measure, Paper
from folkmoot.outbox.models import Task
from folkmoot.outbox.promise import new_task


def ask_beside(case: Case, op: Task.Op, *, paper: Paper, at: datetime, measure: Measure | None = None) -> Task:
    """Ask for something at the place that changes nothing about how a post is seen: to correct it, to answer
    below it, to apply a measure or to end it. The words to copy, if any, are those of `paper`.
    """
    return new_task(case, op, paper=paper, at=at, told_in=case, measure=measure)
