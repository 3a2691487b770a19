"""The author is asked what they meant, before anything is decided (Sg). The clock runs on."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.notices.letters import clarification_asked, link_mark
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.words import Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.finding import place_said
from folkmoot.steps.link_post import may_be_copied
from folkmoot.steps.standing import capacity
from folkmoot.steps.tell import open_to_author, tell_author

MOST = 2  # questions in one case: to ask is no way to wait
AT_LEAST = 10  # characters
_HELPS_WITHIN = timedelta(days=2)


@transaction.atomic
def ask_clarification(case_id: int, *, question: str, by: Person, at: datetime, seen: int | None = None) -> Paper:
    """File the question and send it, by mail or by hand. Nobody has to wait for the answer."""
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.ASK_CLARIFICATION, at=at)
    if case.post is None:
        raise NotPermitted(gettext("Please say first which post this is about: its author is asked."))
    if not may_be_copied(case):
        # Whoever may be a danger to a child is not warned that somebody looks.
        raise NotPermitted(gettext("Where a child may be in danger the author is not asked."))
    if case.papers.filter(kind=Paper.Kind.QUESTION).count() >= MOST:
        raise NotPermitted(gettext("The author has been asked twice already. Please decide on what is there."))
    if len(question.strip()) < AT_LEAST:
        raise BadInput(gettext("Please write what you would like to know."), field="question")
    paper = file_paper(case, Paper.Kind.QUESTION, by=by, at=at, texts={"question": question})
    grant = open_to_author(case, paper, at=at)
    marker = new_marker()
    letter = clarification_asked(
        case.org,
        place=place_said(case),
        question=question,
        helpful_by=helpful_by(case, at=at),
        link=link_mark(marker, grant.pk),
        marker=marker,
    )
    notice = tell_author(case, letter, grant=grant, at=at, about=paper)
    advance(case, Step.ASK_CLARIFICATION, by=by, role=role, at=at, papers=[paper, notice], grants=[grant])
    return paper


def helpful_by(case: Case, *, at: datetime) -> datetime:
    """Return until when an answer helps most: soon, and before ours is due, where that is still ahead."""
    soon = at + _HELPS_WITHIN
    return min(soon, case.due_at) if case.due_at and case.due_at > at else soon
