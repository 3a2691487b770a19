"""The checklist of a legal complaint: what it says, and what is still missing in it (Se)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.procedure.checklists import Complaint, questions
from folkmoot.procedure.words import Lane, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.standing import capacity


@transaction.atomic
def check_complaint(
    case_id: int,
    complaint: Complaint,
    answers: Mapping[str, str],
    *,
    by: Person,
    at: datetime,
    seen: int | None = None,
) -> Paper:
    """File what the complaint says to each question; an empty answer means that it does not say.

    Answers may name people: they are texts, which can be erased; the facts hold only which were given.
    """
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.CHECK_COMPLAINT, at=at)
    if case.lane != Lane.LEGAL:
        raise NotPermitted(
            gettext("The checklist is for legal complaints. Please move the case into the legal lane first.")
        )
    asked = questions(complaint)
    if set(answers) - set(asked):
        raise BadInput(gettext("An answer fits no question of this checklist."))
    given = {key: answers[key] for key in asked if answers.get(key)}
    if not given:
        raise BadInput(gettext("Please answer at least one question."), field=next(iter(asked)))
    paper = file_paper(
        case,
        Paper.Kind.CHECKLIST,
        by=by,
        at=at,
        facts={"complaint": complaint, "given": list(given), "missing": [key for key in asked if key not in given]},
        texts=given,
    )
    advance(case, Step.CHECK_COMPLAINT, by=by, role=role, at=at, papers=[paper])
    return paper
