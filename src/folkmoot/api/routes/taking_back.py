"""Taking back what was just decided, spam by the dozen, and measures that end sooner."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import OperationalError, transaction
from django.http import Http404
from django.utils.translation import gettext
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.cursors import Cursor, Limit, piece
from folkmoot.api.matters import Taken, seen_now, taken
from folkmoot.api.problems import FAILED, NOT_FOUND, kind_of
from folkmoot.api.reading import open_case
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Line, Number, Seen, Sent, Shown, Words, example
from folkmoot.casefile.models import Case, Measure, Paper
from folkmoot.casefile.record import label
from folkmoot.kernel.errors import FolkmootError
from folkmoot.members.models import Scope
from folkmoot.procedure.words import OFFICES, MeasureKind, Step
from folkmoot.steps.decide_spam import decide_spam
from folkmoot.steps.end_measure import end_measure
from folkmoot.steps.undo import undo
from folkmoot.web.desk.going import READERS, the_case
from folkmoot.web.desk.spam import MOST

router = Routes("Many at once, and taking back")
log = logging.getLogger(__name__)


class UndoSent(Sent):
    """Which paper is taken back."""

    model_config = example({"paper": 12})

    paper: Number | None = Field(None, description="Its number, as you read it: another one is refused as stale")


class UndoManySent(Sent):
    """Of which cases what you decided last is taken back."""

    model_config = example({"cases": [7, 8]})

    cases: list[Number] = Field(min_length=1, max_length=MOST)


class SpamSent(Sent):
    """Which cases are spam."""

    model_config = example({"cases": [7, 8], "code": ""})

    cases: list[Number] = Field(min_length=1, max_length=MOST)
    code: Line = Field("", max_length=12, description="The ground, where the rules have no clause about spam")


class Done(Shown):
    """What became of one case: a paper, or why nothing happened."""

    model_config = example({"case": 7, "status": 201, "paper": 12, "refused": ""})

    case: int
    status: int = Field(description="201 where it was done; else the status that a call for this case alone would have")
    paper: int | None
    refused: str = Field(description="Why it stays as it is; empty where it does not")


class DoneMany(Shown):
    """What became of each case, in order."""

    model_config = example(
        {
            "cases": [
                {"case": 7, "status": 201, "paper": 12, "refused": ""},
                {"case": 8, "status": 404, "paper": None, "refused": "There is no such case."},
            ]
        }
    )

    cases: list[Done]


Each = tuple[list[int], Callable[[int], Done]]


class MeasureShown(Shown):
    """Something that is done to an account or a conversation for a time."""

    model_config = example(
        {
            "number": 3,
            "case": 7,
            "kind": "suspend",
            "account": 4,
            "thread": "",
            "place": 1,
            "until": "2026-12-01T23:59:59Z",
            "ended_at": None,
        }
    )

    number: int
    case: int
    kind: MeasureKind
    account: int | None
    thread: str
    place: int | None
    until: datetime
    ended_at: datetime | None


class Measures(Shown):
    """Some measures, what ends first on top."""

    model_config = example({"measures": [], "next": ""})

    measures: list[MeasureShown]
    next: str


class EndSent(Sent):
    """Why a measure ends before its time."""

    model_config = example({"reasons": "They have apologised, and asked how to do better.", "seen": 11})

    reasons: Words = Field(max_length=10_000, description="The author reads it as it is")
    seen: Seen


@router.writes(
    "/cases/{int:case}/undo", scope=Scope.DESK, offices=READERS, returns=Taken, steps=(Step.UNDO,), status=201
)
def taking_back(request: Caller, case: Number, said: UndoSent) -> Taken:
    """Take back what you decided last in a case, within its minute and before anything has left."""
    return taken(undo(the_case(request, case).pk, by=request.person, at=request.now, read=said.paper))


@router.does_each("/undo", scope=Scope.DESK, offices=READERS, returns=DoneMany, steps=(Step.UNDO,))
def taking_back_many(request: Caller, said: UndoManySent) -> Each:
    """Take back what you decided last in several cases; each goes by itself, and what stays says why."""

    def step(case: Case) -> Paper:
        gone = case.papers.filter(kind=Paper.Kind.UNDO, by=label(request.person), at=request.now).first()
        return gone or undo(case.pk, by=request.person, at=request.now)  # it may have gone with one before

    return _each(request, said.cases, step)


@router.does_each("/spam", scope=Scope.DESK, offices=READERS, returns=DoneMany, steps=(Step.DECIDE,))
def spam(request: Caller, said: SpamSent) -> Each:
    """Take down as spam, with a standard notice; by it you say that you have no interest in any of these cases.

    Each goes by itself, and what stays says why.
    """
    return _each(
        request, said.cases, lambda case: decide_spam(case.pk, code=said.code, by=request.person, at=request.now)
    )


@router.reads("/measures", offices=OFFICES, returns=Measures)
def measures(request: Caller, cursor: Cursor = "", limit: Limit = 50) -> Measures:
    """All measures that hold now, what ends first on top."""
    found = piece(
        Measure.objects.within(request.org).filter(ended_at=None), order=["until", "pk"], cursor=cursor, limit=limit
    )
    return Measures(measures=[_shown(one) for one in found.rows], next=found.next)


@router.writes(
    "/measures/{int:measure}/end",
    scope=Scope.DESK,
    offices=READERS,
    returns=Taken,
    steps=(Step.END_MEASURE,),
    status=201,
)
def ending(request: Caller, measure: Number, said: EndSent) -> Taken:
    """End a measure before its time, with a reason, and tell its author."""
    found = Measure.objects.within(request.org).filter(pk=measure).first()
    if found is None:
        raise Http404
    case = open_case(request, found.case_id)
    seen = seen_now(case, said.seen)
    return taken(end_measure(found.pk, reasons=said.reasons, by=request.person, at=request.now, seen=seen))


def _each(request: Caller, numbers: list[int], step: Callable[[Case], Paper]) -> Each:
    """Return the cases once each, and what takes the step in one: what goes wrong there stays there."""

    def one(number: int) -> Done:
        case = Case.objects.within(request.org).filter(pk=number).first()
        if case is None:
            return Done(case=number, status=NOT_FOUND.status, paper=None, refused=gettext("There is no such case."))
        try:
            with transaction.atomic():
                return Done(case=number, status=201, paper=step(case).number, refused="")
        except FolkmootError as error:
            return Done(case=number, status=kind_of(error).status, paper=None, refused=str(error))
        except OperationalError:  # the database is away, or busy for too long: the others would meet it too
            raise
        except Exception:  # a fault of ours in one case keeps nobody from the others
            log.exception("one of several cases failed")
            why = gettext("Something went wrong here, and nothing was done in this one.")
            return Done(case=number, status=FAILED.status, paper=None, refused=why)

    return list(dict.fromkeys(numbers)), one


def _shown(one: Measure) -> MeasureShown:
    return MeasureShown(
        number=one.pk,
        case=one.case_id,
        kind=MeasureKind(one.kind),
        account=one.account_id,
        thread=one.thread,
        place=one.platform_id,
        until=one.until,
        ended_at=one.ended_at,
    )
