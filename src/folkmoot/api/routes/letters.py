"""Letters that are mailed: what became of each, and saying that one came back."""

from datetime import datetime
from typing import Annotated

from django.http import Http404
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.cursors import Cursor, Limit, piece
from folkmoot.api.matters import Taken, taken
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Number, Sent, Shown, Words, example
from folkmoot.members.models import Scope
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import OFFICES, Role, Step
from folkmoot.steps.many import written_by
from folkmoot.steps.record_return import record_return
from folkmoot.web.desk.going import note_reading

router = Routes("Letters")


class LetterInList(Shown):
    """A letter that is mailed: how it stands, without its words."""

    model_config = example(
        {
            "number": 9,
            "case": 7,
            "kind": "statement_of_reasons",
            "audience": "author",
            "state": "sent",
            "made_at": "2026-11-03T10:00:00Z",
            "sent_at": "2026-11-03T10:01:00Z",
            "served_at": None,
            "returned_at": None,
            "tries": 1,
        }
    )

    number: int
    case: int | None
    kind: str
    audience: Role | None
    state: Dispatch.State
    made_at: datetime
    sent_at: datetime | None
    served_at: datetime | None
    returned_at: datetime | None
    tries: int


class Letters(Shown):
    """Some letters, the newest first."""

    model_config = example({"letters": [], "next": ""})

    letters: list[LetterInList]
    next: str


class ReturnSent(Sent):
    """How it is known that a letter came back."""

    model_config = example({"note": "Our mailbox has a message that there is no such address."})

    note: Words = Field(max_length=1_000)


class Returned(Shown):
    """A letter that came back, and the paper that says so where it belongs to a case."""

    model_config = example({"letter": 9, "paper": None})

    letter: int
    paper: Taken | None


@router.reads("/letters", offices=OFFICES, returns=Letters)
def letters(
    request: Caller,
    state: Annotated[Dispatch.State | None, Field(description="Only those that stand so")] = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Letters:
    """The letters that are mailed and what became of them, but for those about one’s own posts."""
    own = written_by(request.org, request.person)  # D9: a receipt tells that somebody reported, and when
    every = Dispatch.objects.within(request.org).exclude(case__in=own)
    found = piece(every.filter(state=state) if state else every, order=["-made_at", "-pk"], cursor=cursor, limit=limit)
    note_reading(request, "letters")
    return Letters(letters=[_letter(one) for one in found.rows], next=found.next)


@router.writes(
    "/letters/{int:letter}/return",
    scope=Scope.DESK,
    offices=OFFICES,
    returns=Returned,
    steps=(Step.RECORD_DELIVERY,),
    status=201,
)
def returning(request: Caller, letter: Number, said: ReturnSent) -> Returned:
    """Say that a letter came back, and how you know; for an author’s another way is looked for."""
    own = written_by(request.org, request.person)  # D9
    found = Dispatch.objects.within(request.org).exclude(case__in=own).filter(pk=letter).first()
    if found is None:
        raise Http404
    paper = record_return(found.pk, note=said.note, by=request.person, at=request.now)
    return Returned(letter=found.pk, paper=taken(paper) if paper else None)


def _letter(one: Dispatch) -> LetterInList:
    return LetterInList(
        number=one.pk,
        case=one.case_id,
        kind=one.kind,
        audience=Role(one.audience) if one.audience else None,
        state=Dispatch.State(one.state),
        made_at=one.made_at,
        sent_at=one.sent_at,
        served_at=one.served_at,
        returned_at=one.returned_at,
        tries=one.tries,
    )
