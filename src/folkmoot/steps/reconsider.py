"""A moderator looks again at a decision (Mf): it stands, or it is overturned, with reasons."""

from datetime import datetime

from django.db import transaction

from folkmoot.casefile.models import Duty, Grant, Paper
from folkmoot.casefile.record import advance, file_paper, locked
from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.tokens import new_nonce
from folkmoot.members.models import Person
from folkmoot.notices.letters import appeal_answered, link_mark
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.words import Answer, Role, Step
from folkmoot.steps.enforce import lift
from folkmoot.steps.finding import REASONS_AT_LEAST, appeal_until
from folkmoot.steps.standing import capacity, decided_by
from folkmoot.steps.tell import tell_author, tell_reporters


@transaction.atomic
def reconsider(
    case_id: int, *, answer: Answer, reasons: str, by: Person, at: datetime, seen: int | None = None
) -> Paper:
    """Answer the appeal. An appeal never makes things worse: there is no third answer."""
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.RECONSIDER, at=at)
    if len(reasons.strip()) < REASONS_AT_LEAST:
        raise BadInput("Please write your reasons in a sentence or two: the author will read them.", field="reasons")
    same_moderator = decided_by(case, by)  # no other is free; the letter says so
    appeal = case.papers.filter(kind=Paper.Kind.APPEAL).order_by("-number").first()
    paper = file_paper(
        case,
        Paper.Kind.RECONSIDERATION,
        by=by,
        at=at,
        facts={"answer": answer, "same_moderator": same_moderator},
        texts={"reasons": reasons},
        answers=appeal,
    )
    grant = Grant.objects.create(org=case.org, case=case, party=Role.AUTHOR, paper=paper, nonce=new_nonce(), made_at=at)
    until = appeal_until(case, at=at)
    marker = new_marker()
    letter = appeal_answered(
        case.org,
        answer=answer,
        reasons=reasons,
        same_moderator=same_moderator,
        until=until,
        link=link_mark(marker, grant.pk),
        marker=marker,
    )
    papers = [paper, tell_author(case, letter, grant=grant, at=at, about=paper)]
    if answer is Answer.OVERTURNED:
        case.standing = False
        lift(case, because=paper, at=at)
        papers += tell_reporters(case, about=paper, at=at)
    case.settles_at, case.claimed_by = until, None
    owed = Duty.objects.filter(case=case, met_at=None).select_related("paper")
    advance(case, Step.RECONSIDER, by=by, role=role, at=at, papers=papers, grants=[grant], met=owed)
    return paper
