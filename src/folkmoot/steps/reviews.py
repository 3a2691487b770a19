"""A reporter's review (Sh): what waits, whom it is about, and whether the matter was sent back for a fresh decision."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from folkmoot.archive.models import Operator
from folkmoot.casefile.models import Case, Duty, Event, Paper
from folkmoot.casefile.papers import decision_in_force, of_case, papers_in_force, with_texts
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.members.prepared import prepared
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import APPEALABLE, Answer, Role, Step

_DECIDED = (Step.DECIDE, Step.PROPOSE, Step.CONFIRM_PROPOSAL, Step.RECONSIDER)


def open_reviews(case: Case) -> list[Paper]:
    """Return the requests for a review that wait for an answer, the oldest first."""
    return with_texts(of_case(case, _open_reviews(case)))


def review_waits() -> Q:
    """Return what is true of cases in which a reporter waits for the answer to a review."""
    return Q(pk__in=Duty.objects.filter(owed=Owed.REVIEW, met_at=None).values("case"))


def open_review(case: Case, number: int) -> Paper:
    """Return the request with this number in the case, or raise `NotPermitted` when it waits for nothing."""
    for request in open_reviews(case):
        if request.number == number:
            return request
    raise NotPermitted(gettext("This has been answered already, or was never asked."))


def is_accused(case: Case, person: Person) -> bool:
    """Say whether an open review is about `person`: then somebody else answers in this case."""
    return any(accuses(request, person) for request in open_reviews(case))


def accuses(request: Paper, person: Person) -> bool:
    """Say whether this request is about `person`."""
    return person.pk in request.facts["accused"]


def meant_by(case: Case, about: Role, *, at: datetime) -> set[int]:
    """Return whom a reporter means who says that it is about the Secretary, or about the moderators, by number."""
    if about is Role.SECRETARY:
        return {person.pk for person in Person.objects.holding(case.org, Role.SECRETARY, at=at)}
    looking_after = Operator.objects.filter(platform=case.platform, until=None).values_list("person", flat=True)
    acted = Event.objects.filter(case=case, step__in=_DECIDED, by__startswith="person:").values_list("by", flat=True)
    meant = {*looking_after, *(int(by.removeprefix("person:")) for by in acted)}
    return meant | ({case.claimed_by_id} if case.claimed_by_id else set())


def sent_back(case: Case) -> Paper | None:
    """Return the review by which the matter waits for a fresh decision, or `None`."""
    reviews = _reviews(case)
    newest = next((paper for paper in reversed(reviews) if paper.facts["afresh"]), None)
    if newest is None:
        return None
    decision = decision_in_force(case)
    return newest if decision is None or decision.number < newest.number else None


def taken_up_again(case: Case) -> Paper | None:
    """Return the newest paper by which the matter is decided once more: a review, or a fresh look; or `None`."""
    papers = papers_in_force(case, Paper.Kind.REVIEW, Paper.Kind.FRESH_LOOK)
    return next((paper for paper in reversed(papers) if paper.facts.get("afresh", True)), None)


def is_held_against(case: Case) -> bool:
    """Say whether the author has been told of something that a decision which finds nothing would undo."""
    decision = decision_in_force(case)
    if case.hidden:
        return True
    if decision is None or decision.facts["outcome"] not in APPEALABLE:
        return False
    again = papers_in_force(case, Paper.Kind.RECONSIDERATION, Paper.Kind.LOOK_AFTER).filter(number__gt=decision.number)
    return not any(paper.facts["answer"] == Answer.OVERTURNED for paper in again)


def decided_as_panel(case: Case) -> bool:
    """Say whether the decision that counts is one of a panel: an appeal then goes to members who did not sit."""
    decision = decision_in_force(case)
    return decision is not None and "votes" in decision.facts


@prepared
def _open_reviews(case: Case) -> QuerySet[Paper]:
    owed = Duty.objects.filter(case=case, owed=Owed.REVIEW, met_at=None)
    asked = Paper.objects.filter(case=case, kind=Paper.Kind.REVIEW_REQUEST, pk__in=owed.values("paper"))
    return asked.order_by("number")


@prepared
def _reviews(case: Case) -> QuerySet[Paper]:
    reviews = Paper.objects.filter(case=case, kind=Paper.Kind.REVIEW).exclude(answered_by__kind=Paper.Kind.UNDO)
    return reviews.order_by("number")
