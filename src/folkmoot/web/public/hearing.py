"""What whoever reported may learn (D8): the affected outcome and reasons, a bystander the outcome in general."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from folkmoot.casefile.models import Case, Grant, Paper
from folkmoot.casefile.record import procedure_of
from folkmoot.procedure.words import ReportKind, Role, Stage, Step
from folkmoot.steps.ask_for_review import no_review
from folkmoot.steps.choose_news import hears_of
from folkmoot.steps.reporting import UNDECIDED, own_answer, reviews_by, withdrawal
from folkmoot.steps.reviews import taken_up_again
from folkmoot.web.public.side import Side, duties_to
from folkmoot.web.public.stages import who_answers


@dataclass(frozen=True)
class Asked:
    """A review that the reporter asked for: their words, the answer, or who answers by when."""

    request: Paper
    answer: Paper | None
    who: str
    afresh: bool  # it was sent back for a fresh decision


@dataclass(frozen=True)
class Hearing:
    """What stands on a reporter's page besides their own words."""

    report: Paper
    affected: bool
    withdrawn: Paper | None
    answer: Paper | None  # to them alone
    reviews: Sequence[Asked]
    afresh: bool  # it was decided, and is decided afresh now
    decided: bool  # there is a decision that counts
    later: Sequence[Paper]  # what was said of the decision when it was looked at again, with reasons
    may_ask: bool
    may_withdraw: bool
    may_add: bool
    hears: str  # how much they want to hear
    may_choose: bool


def hearing_of(grant: Grant, side: Side, *, now: datetime) -> Hearing:
    """Return what the reporter of `grant` may learn now."""
    case, report = side.case, grant.paper
    withdrawn, stage = withdrawal(report), Stage(case.stage)
    may = procedure_of(case).allows
    return Hearing(
        report=report,
        affected=bool(report.facts["affected"]),
        withdrawn=withdrawn,
        answer=own_answer(report),
        reviews=list(_reviews(report, now=now)),
        afresh=case.stage in UNDECIDED and taken_up_again(case) is not None,
        decided=side.decision is not None and not side.undecided,
        later=[paper for paper in (side.looked, side.reconsideration, side.minute) if paper],
        may_ask=may(stage, Step.ASK_FOR_REVIEW, Role.REPORTER) and not no_review(case, grant, at=now),
        may_withdraw=may(stage, Step.WITHDRAW_REPORT, Role.REPORTER) and not withdrawn,
        may_add=may(stage, Step.ADD_TO_REPORT, Role.REPORTER) and not withdrawn,
        hears=hears_of(report).value,
        may_choose=may(stage, Step.CHOOSE_NEWS, Role.REPORTER) and not withdrawn and bool(report.words.get("email")),
    )


def takes_pictures(case: Case, report: Paper) -> bool:
    """Say whether pictures may be added: never where a child may be in danger (DP20)."""
    return report.facts["kind"] != ReportKind.CHILD_SAFETY and not case.sealed


def _reviews(report: Paper, *, now: datetime) -> Iterator[Asked]:
    for request in reviews_by(report).prefetch_related("texts"):
        answer = request.answered_by.filter(kind=Paper.Kind.REVIEW).order_by("-number").first()
        yield Asked(
            request,
            answer,
            who="" if answer else who_answers(duties_to(request), now=now),
            afresh=bool(answer and answer.facts["afresh"]),
        )
