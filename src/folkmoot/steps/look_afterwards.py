"""The Secretary looks at what a lone moderator found unclear and decided all the same (Mc)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Duty, Grant, Paper
from folkmoot.casefile.papers import decision_in_force
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.notices.letters import lifted, link_mark
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Answer, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.finding import REASONS_AT_LEAST, place_said
from folkmoot.steps.standing import capacity
from folkmoot.steps.tell import open_to_author, tell_author, tell_reporters
from folkmoot.steps.vary import overturn


@transaction.atomic
def look_afterwards(
    case_id: int, *, answer: Answer, reasons: str, by: Person, at: datetime, seen: int | None = None
) -> Paper:
    """Say that the decision stands, or overturn it: then what was done is undone and both sides hear (D41).

    Once the author has appealed, the appeal asks the same question, and is answered instead.
    """
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.LOOK_AFTERWARDS, at=at)
    owed = list(Duty.objects.filter(case=case, owed=Owed.LOOK_AFTER, met_at=None).select_related("paper"))
    if not owed:
        raise NotPermitted(gettext("Nobody has to look at this decision afterwards."))
    if answer not in (Answer.STANDS, Answer.OVERTURNED):
        raise BadInput(gettext("Please say whether it stands or is overturned."), field="answer")
    if len(reasons.strip()) < REASONS_AT_LEAST:
        raise BadInput(gettext("Please write your reasons in a sentence or two."), field="reasons")
    paper = file_paper(
        case,
        Paper.Kind.LOOK_AFTER,
        by=by,
        at=at,
        facts={"answer": answer},
        texts={"reasons": reasons},
        answers=decision_in_force(case),
    )
    papers, grants = [paper], []
    if answer is Answer.OVERTURNED:
        overturn(case, because=paper, at=at)
        grant = open_to_author(case, paper, at=at)
        grants.append(grant)
        papers += _tell(case, paper, reasons, grant=grant, at=at)
    advance(case, Step.LOOK_AFTERWARDS, by=by, role=role, at=at, papers=papers, grants=grants, met=owed)
    return paper


def _tell(case: Case, paper: Paper, reasons: str, *, grant: Grant, at: datetime) -> Sequence[Paper]:
    marker = new_marker()
    letter = lifted(
        case.org,
        place=place_said(case),
        reasons=reasons,
        afterwards=True,
        link=link_mark(marker, grant.pk),
        marker=marker,
    )
    return [tell_author(case, letter, grant=grant, at=at, about=paper), *tell_reporters(case, about=paper, at=at)]
