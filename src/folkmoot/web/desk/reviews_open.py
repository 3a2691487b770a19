"""What waits for the Secretary and the Executive because a reporter was not satisfied (Sh)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from folkmoot.casefile.models import Case, Duty, Paper
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Role, Stage
from folkmoot.steps.decide_as_panel import no_panel
from folkmoot.steps.reviews import accuses
from folkmoot.web.access import OfficerRequest
from folkmoot.web.desk.stakes import stakes

SITS = (Role.SECRETARY, Role.EXECUTIVE)


@dataclass(frozen=True)
class Waiting:
    """One request that waits: in which case, since when, and by when whoever has it answers."""

    case: Case
    number: int  # of the reporter's paper in the case
    since: datetime
    due_at: datetime
    mine: bool  # the reader holds the role whose turn it is


def reviews_waiting(request: OfficerRequest) -> list[Waiting]:
    """Return the requests that this reader may read, what is due first on top: each once, whoever else was added."""
    if not request.offices & set(SITS):
        return []
    owed = Duty.objects.within(request.org).filter(owed=Owed.REVIEW, met_at=None)
    owed = owed.select_related("case__platform", "case__post", "paper").order_by("-since", "-pk")
    newest: dict[int, Duty] = {}
    for duty in owed:
        newest.setdefault(duty.paper_id, duty)
    barred = stakes([duty.case for duty in newest.values()], request.person)
    rows = [
        Waiting(duty.case, duty.paper.number, duty.since, duty.due_at, duty.holder in request.offices)
        for duty in newest.values()
        if not barred[duty.case_id].barred and not accuses(duty.paper, request.person)
    ]
    return sorted(rows, key=lambda row: (not row.mine, row.due_at))


def to_decide_afresh(request: OfficerRequest) -> list[Case]:
    """Return the cases that wait for a panel's decision, what is due first on top."""
    if not request.offices & set(SITS):
        return []
    cases = Case.objects.within(request.org).filter(stage=Stage.RECEIVED, papers__kind=Paper.Kind.REVIEW)
    cases = cases.select_related("org", "platform", "post", "procedure_edition").distinct()
    found = list(cases.order_by(F("due_at").asc(nulls_last=True)))
    barred = stakes(found, request.person)
    return [case for case in found if not barred[case.pk].barred and not no_panel(case, at=request.now)]


def review_of(case: Case, request: OfficerRequest) -> list[Paper]:
    """Return the requests for a review in the case that this reader may open, the newest first."""
    if not request.offices & set(SITS):
        return []
    return list(case.papers.filter(kind=Paper.Kind.REVIEW_REQUEST).order_by("-number"))
