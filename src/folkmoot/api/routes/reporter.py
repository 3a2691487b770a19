"""A reporter’s own report: what came of it, and what they say besides. The code of their receipt opens it."""

from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext
from ninja import Form
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.files import Pictures, sent_pictures
from folkmoot.api.parties import Received, received
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Sent, Shown, Words, example
from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.tokens import new_nonce
from folkmoot.procedure.words import Answer, Outcome, ReportKind, Role, Step
from folkmoot.steps.add_to_report import add_to_report
from folkmoot.steps.ask_for_review import ask_for_review
from folkmoot.steps.choose_news import choose_news
from folkmoot.steps.offer_support import Hears
from folkmoot.steps.withdraw_report import withdraw_report
from folkmoot.web.public.hearing import hearing_of, takes_pictures
from folkmoot.web.public.side import duties_to, side_of

router = Routes("A reporter’s own report")


class Found(StrEnum):
    """What was found, as somebody learns it whom it is not about (D8)."""

    NO_BREACH = "no_breach"
    ROBUST_CRITICISM = "robust_criticism"
    CORRECTED = "corrected"
    REFERRED = "referred"
    BREACH = "breach"


class ReviewShown(Shown):
    """A review that the reporter asked for, and its answer once there is one."""

    model_config = example(
        {"at": "2026-11-06T10:00:00Z", "words": "Read the second half.", "answer": "", "due_at": None}
    )

    at: datetime
    words: str
    answer: str
    due_at: datetime | None


class OwnReport(Shown):
    """What a reporter may know of their report: whom it is about learns more than who came across it."""

    model_config = example(
        {
            "kind": "attack",
            "at": "2026-11-02T10:00:00Z",
            "words": "Calling somebody a crook is not how we talk to each other.",
            "due_at": "2026-11-07T23:59:59Z",
            "withdrawn_at": None,
            "decided": False,
            "found": None,
            "outcome": None,
            "reasons": "",
            "stands": None,
            "answer": "",
            "reviews": [],
            "may_add": True,
            "may_withdraw": True,
            "may_ask_for_review": False,
            "hears": "everything",
        }
    )

    kind: ReportKind
    at: datetime
    words: str
    due_at: datetime | None = Field(description="Until when you have an answer")
    withdrawn_at: datetime | None
    decided: bool
    found: Found | None = Field(description="What was found, in general")
    outcome: Outcome | None = Field(description="What was decided, for whom it is about")
    reasons: str = Field(description="Why, for whom it is about")
    stands: Answer | None = Field(description="What was said of the decision when it was looked at again")
    answer: str = Field(description="What you alone were answered")
    reviews: list[ReviewShown]
    may_add: bool
    may_withdraw: bool
    may_ask_for_review: bool
    hears: Hears


class AdditionSent(Sent):
    """Something that a reporter adds."""

    model_config = example({"words": "It is still there this morning."})

    words: Words = ""


class ReviewSent(Sent):
    """What should be looked at again."""

    model_config = example({"words": "You did not read the second half: it names her.", "about": []})

    words: Words = Field(description="They go on as they are")
    about: list[Role] = Field([], max_length=2, description="`moderator` or `secretary`: then they do not answer it")


class NewsSent(Sent):
    """How much a reporter wants to hear."""

    model_config = example({"hears": "what_matters"})

    hears: Hears


@router.reads("/report", party=Role.REPORTER, returns=OwnReport)
def own_report(request: Caller) -> OwnReport:
    """What has come of a report, for whoever made it."""
    grant = request.grant
    side = side_of(grant.case)
    heard = hearing_of(grant, side, now=request.now)
    report = heard.report
    duties = [duty for duty in duties_to(report) if duty.met_at is None]
    decision = side.decision if heard.decided and heard.affected else None
    return OwnReport(
        kind=ReportKind(report.facts["kind"]),
        at=report.at,
        words=report.words.get("words", ""),
        due_at=duties[-1].due_at if duties else None,
        withdrawn_at=heard.withdrawn.at if heard.withdrawn else None,
        decided=heard.decided,
        found=_found(side.outcome) if heard.decided else None,
        outcome=Outcome(decision.facts["outcome"]) if decision else None,
        reasons=decision.words.get("reasons", "") if decision else "",
        stands=side.answer if heard.decided else None,
        answer=heard.answer.words.get("words", "") if heard.answer else "",
        reviews=[
            ReviewShown(
                at=one.request.at,
                words=one.request.words.get("words", ""),
                answer=one.answer.words.get("reasons", "") if one.answer else "",
                due_at=next((duty.due_at for duty in duties_to(one.request) if duty.met_at is None), None),
            )
            for one in heard.reviews
        ],
        may_add=heard.may_add,
        may_withdraw=heard.may_withdraw,
        may_ask_for_review=heard.may_ask,
        hears=Hears(heard.hears),
    )


@router.writes(
    "/report/additions", scope=None, party=Role.REPORTER, returns=Received, steps=(Step.ADD_TO_REPORT,), status=201
)
def additions(request: Caller, said: Form[AdditionSent], pictures: Pictures = []) -> Received:  # noqa: B006
    """Add something to a report."""
    grant = request.grant
    if pictures and not takes_pictures(grant.case, grant.paper):  # DP20
        raise BadInput(gettext("Please do not send pictures in this matter. Words are enough."), field="pictures")
    files = sent_pictures(pictures)
    paper = add_to_report(grant.case_id, words=said.words, files=files, by=grant, at=request.now, form_key=new_nonce())
    return received(paper)


@router.writes(
    "/report/withdrawal", scope=None, party=Role.REPORTER, returns=Received, steps=(Step.WITHDRAW_REPORT,), status=201
)
def withdrawal(request: Caller) -> Received:
    """Withdraw a report. What others reported goes on."""
    return received(withdraw_report(request.grant.case_id, by=request.grant, at=request.now))


@router.writes(
    "/report/review", scope=None, party=Role.REPORTER, returns=Received, steps=(Step.ASK_FOR_REVIEW,), status=201
)
def review(request: Caller, said: ReviewSent) -> Received:
    """Say that you are not satisfied, or that nobody has answered: your words go on as they are."""
    if set(said.about) - {Role.MODERATOR, Role.SECRETARY}:
        raise BadInput(gettext("It can be about the moderators, the Secretary, both or neither."), field="about")
    paper = ask_for_review(
        request.grant.case_id,
        words=said.words,
        about=said.about,
        by=request.grant,
        at=request.now,
        form_key=new_nonce(),
    )
    return received(paper)


@router.writes("/report/news", scope=None, party=Role.REPORTER, returns=Received, steps=(Step.CHOOSE_NEWS,), status=201)
def news(request: Caller, said: NewsSent) -> Received:
    """Choose how much you want to hear; what happened always stands in your report."""
    return received(choose_news(request.grant.case_id, hears=said.hears, by=request.grant, at=request.now))


def _found(outcome: Outcome | None) -> Found | None:
    if outcome is None:
        return None
    return Found(outcome.value) if outcome.value in set(Found) else Found.BREACH
