"""Reporters who are not satisfied: their words as they are, and what is done with them."""

from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.deciding import REASONS_LIMIT
from folkmoot.api.matters import Taken, seen_now, taken
from folkmoot.api.reading import open_case
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Number, Seen, Sent, Shown, Words, example
from folkmoot.api.votes import MotionSent
from folkmoot.casefile.models import Case, Duty, Paper
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Scope
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.answer_review import answer_review
from folkmoot.steps.forward_review import forward_review
from folkmoot.steps.reviews import accuses, open_reviews
from folkmoot.steps.send_back import send_back
from folkmoot.web.desk.going import note_reading
from folkmoot.web.panel.home import SITS

router = Routes("Reviews")


class ReviewAsked(Shown):
    """What a reporter wrote who was not satisfied, and who answers until when."""

    model_config = example(
        {
            "case": 7,
            "review": 9,
            "at": "2026-11-05T10:00:00Z",
            "words": "You did not read the second half: it names her.",
            "about": [],
            "open": True,
            "holder": "secretary",
            "due_at": "2026-11-10T23:59:59Z",
            "answer": "",
            "afresh": None,
            "seq": 12,
        }
    )

    case: int
    review: int = Field(description="The number of their paper in the case")
    at: datetime
    words: str
    about: list[Role] = Field(description="Whom it is about: they neither answer nor read it before it is answered")
    open: bool
    holder: Role | None = Field(description="Whose turn it is")
    due_at: datetime | None
    answer: str
    afresh: bool | None = Field(description="Whether it is decided afresh; nothing before it is answered")
    seq: int


class ReviewsShown(Shown):
    """The reviews that were asked for in a case, the newest first."""

    model_config = example({"reviews": []})

    reviews: list[ReviewAsked]


class ForwardSent(Sent):
    """Which state of the case you read."""

    model_config = example({"seen": 12})

    seen: Seen


class FreshDecisionSent(Sent):
    """Why it has to be decided afresh, by the Secretary’s own word."""

    model_config = example({"reasons": "The second half of the post was not looked at, and it names her.", "seen": 12})

    reasons: Words = Field(max_length=REASONS_LIMIT, description="The reporter reads them; the author does not")
    seen: Seen


class ReviewVoteSent(MotionSent):
    """The Executive’s vote on having it decided afresh, with its reasons."""

    model_config = example(
        {
            "votes": [{"person": 5, "vote": "against"}, {"person": 6, "vote": "against"}, {"person": 7, "vote": "for"}],
            "reasons": "We read all of it, and come to the same.",
            "seen": 13,
        }
    )

    reasons: Words = Field(max_length=REASONS_LIMIT, description="The reporter reads these words as they are")
    seen: Seen


@router.reads("/cases/{int:case}/reviews", offices=SITS, returns=ReviewsShown)
def reviews(request: Caller, case: Number) -> ReviewsShown:
    """What reporters wrote who were not satisfied, but for what is about whoever asks."""
    found = open_case(request, case)
    asked = found.papers.filter(kind=Paper.Kind.REVIEW_REQUEST).order_by("-number")
    waiting = open_reviews(found)
    note_reading(request, "reviews", found)
    mine = [one for one in asked if not (one in waiting and accuses(one, request.person))]
    return ReviewsShown(reviews=[_asked(found, one, waiting) for one in mine])


@router.writes(
    "/cases/{int:case}/reviews/{int:review}/forwarding",
    scope=Scope.PANEL,
    offices=SITS,
    returns=Taken,
    steps=(Step.FORWARD_REVIEW,),
    status=201,
)
def forwarding(request: Caller, case: Number, review: Number, said: ForwardSent) -> Taken:
    """Pass a reporter’s words on to the Executive, as they are: the Secretary does."""
    found = _open_review(request, case, review)
    seen = seen_now(found, said.seen)
    return taken(forward_review(found.pk, review=review, by=request.person, at=request.now, seen=seen))


@router.writes(
    "/cases/{int:case}/reviews/{int:review}/fresh-decision",
    scope=Scope.PANEL,
    offices=SITS,
    returns=Taken,
    steps=(Step.SEND_BACK,),
    status=201,
)
def fresh_decision(request: Caller, case: Number, review: Number, said: FreshDecisionSent) -> Taken:
    """Have it decided afresh by the Secretary’s own word, before anything was passed on."""
    found = _open_review(request, case, review)
    seen = seen_now(found, said.seen)
    paper = send_back(found.pk, review=review, reasons=said.reasons, by=request.person, at=request.now, seen=seen)
    return taken(paper)


@router.writes(
    "/cases/{int:case}/reviews/{int:review}/vote",
    scope=Scope.PANEL,
    offices=SITS,
    returns=Taken,
    steps=(Step.ANSWER_REVIEW, Step.SEND_BACK),
    status=201,
)
def vote(request: Caller, case: Number, review: Number, said: ReviewVoteSent) -> Taken:
    """Record the Executive’s vote: carried, it is decided afresh; else the reporter is answered with the reasons."""
    found = _open_review(request, case, review)
    motion = said.motion()
    step = send_back if motion.carried else answer_review
    paper: Paper = step(
        found.pk,
        review=review,
        motion=motion,
        reasons=said.reasons,
        by=request.person,
        at=request.now,
        seen=seen_now(found, said.seen),
    )
    return taken(paper)


def _open_review(request: Caller, case: int, number: int) -> Case:
    found = open_case(request, case)
    asked = found.papers.filter(kind=Paper.Kind.REVIEW_REQUEST, number=number).first()
    if asked is None:
        raise Http404
    if accuses(asked, request.person) and asked in open_reviews(found):
        raise NotPermitted(
            gettext("A reporter says that this is about how you dealt with it, so somebody else answers it.")
        )
    return found


def _asked(case: Case, asked: Paper, waiting: list[Paper]) -> ReviewAsked:
    duty = Duty.objects.filter(paper=asked, met_at=None).order_by("-since").first()
    answer = asked.answered_by.filter(kind=Paper.Kind.REVIEW).order_by("-number").first()
    return ReviewAsked(
        case=case.pk,
        review=asked.number,
        at=asked.at,
        words=asked.words.get("words", ""),
        about=[Role(role) for role in asked.facts["about"]],
        open=asked in waiting,
        holder=Role(duty.holder) if duty else None,
        due_at=duty.due_at if duty else None,
        answer=answer.words.get("reasons", "") if answer else "",
        afresh=bool(answer.facts["afresh"]) if answer else None,
        seq=case.seq,
    )
