"""A moderator looks again at a decision (Mf): it stands, is varied or is overturned, with reasons."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Duty, Grant, Paper
from folkmoot.casefile.papers import papers_in_force
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Person
from folkmoot.notices.letters import Letter, appeal_answered, link_mark
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Answer, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.finding import REASONS_AT_LEAST, appeal_until
from folkmoot.steps.standing import capacity, decided_by
from folkmoot.steps.tell import open_to_author, tell_author, tell_reporters
from folkmoot.steps.vary import Instead, instead_facts, now_holds, overturn, put_in_place, require_milder


@transaction.atomic
def reconsider(
    case_id: int,
    *,
    answer: Answer,
    reasons: str,
    instead: Instead | None = None,
    by: Person,
    at: datetime,
    seen: int | None = None,
    necessity: str = "",
) -> Paper:
    """Answer the appeal. An appeal never makes things worse: `instead`, where it is varied, has to be milder.

    Raises `BadInput` (fields "reasons", "instead"), `NotPermitted`, or `StalePage`.
    """
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.RECONSIDER, at=at, necessity=necessity)
    instead = require_answer(case, answer, reasons, instead, at=at)
    same_moderator = decided_by(case, by)  # no other is free; the letter says so
    paper = file_paper(
        case,
        Paper.Kind.RECONSIDERATION,
        by=by,
        at=at,
        facts={
            "answer": answer,
            "same_moderator": same_moderator,
            **instead_facts(instead),
            **({"necessity": True} if necessity else {}),
        },
        texts={"reasons": reasons, **({"necessity": necessity} if necessity else {})},
        answers=papers_in_force(case, Paper.Kind.APPEAL).last(),
    )
    grant = open_to_author(case, paper, at=at)
    letter = answer_letter(
        case,
        answer,
        reasons,
        instead,
        same_moderator=same_moderator,
        necessity=bool(necessity),
        grant=grant,
        at=at,
    )
    papers = [paper, tell_author(case, letter, grant=grant, at=at, about=paper)]
    if answer is Answer.OVERTURNED:
        overturn(case, because=paper, at=at)
    if instead:
        put_in_place(case, instead, because=paper, at=at)
    if answer is not Answer.STANDS:
        papers += tell_reporters(case, about=paper, at=at)
    case.settles_at, case.claimed_by = appeal_until(case, at=at), None
    # a reporter's review is another matter: whoever answers that, it is not this moderator
    owed = Duty.objects.filter(case=case, met_at=None).exclude(owed=Owed.REVIEW).select_related("paper")
    advance(case, Step.RECONSIDER, by=by, role=role, at=at, papers=papers, grants=[grant], met=owed)
    return paper


def require_answer(
    case: Case, answer: Answer, reasons: str, instead: Instead | None, *, at: datetime
) -> Instead | None:
    """Return what takes the place of the decision, `None` unless it is varied; or raise `BadInput`."""
    if len(reasons.strip()) < REASONS_AT_LEAST:
        raise BadInput(
            gettext("Please write your reasons in a sentence or two: the author will read them."), field="reasons"
        )
    return require_milder(case, instead, at=at) if answer is Answer.VARIED else None


def answer_letter(
    case: Case,
    answer: Answer,
    reasons: str,
    instead: Instead | None,
    *,
    same_moderator: bool,
    necessity: bool,
    grant: Grant | None,
    at: datetime,
) -> Letter:
    """Return the answer as it would be sent at `at`, before anything has changed; without a grant, as a preview."""
    marker = new_marker()
    return appeal_answered(
        case.org,
        answer=answer,
        reasons=reasons,
        same_moderator=same_moderator,
        necessity=necessity,
        until=appeal_until(case, at=at),
        now=now_holds(case, instead) if instead else "",
        link=link_mark(marker, grant.pk) if grant else "(a link that only the author gets)",
        marker=marker,
    )
