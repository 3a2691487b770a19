"""Cases: which there are, what one says, taking it, putting it back, and saying whether one has a part in it."""

from typing import Annotated, Literal

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from ninja import Query
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.case_shapes import CaseInList, CaseInShort, CaseList, CaseShown
from folkmoot.api.case_shown import facts_of, in_short, whole
from folkmoot.api.cursors import Cursor, Limit, piece
from folkmoot.api.reading import open_case
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Number, Sent, Words, example
from folkmoot.casefile.models import Attachment, Case
from folkmoot.casefile.papers import is_sealed
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Scope
from folkmoot.procedure.words import Lane, Stage, Step
from folkmoot.steps import claim as claiming
from folkmoot.steps import declare_interest as declaring
from folkmoot.steps import release as releasing
from folkmoot.steps.many import written_by
from folkmoot.steps.standing import declared
from folkmoot.web.desk.going import READERS, note_reading, the_case
from folkmoot.web.desk.interest import NATURE_LIMIT
from folkmoot.web.desk.rows import Row, rows
from folkmoot.web.uploads import picture_response

router = Routes("Cases")

MOST_URGENT_FIRST = ("-urgent", "due_at?", "opened_at", "pk")
NEWEST_FIRST = ("-opened_at", "-pk")


class Wanted(Sent):
    """Which cases; all that is given has to hold."""

    stage: Stage | None = None
    lane: Lane | None = None
    place: Number | None = Field(default=None, description="The number of a place")
    held_by: Literal["", "me", "nobody"] = Field(default="", description="Who has taken it")
    overdue: bool = Field(default=False, description="Only those whose answer is late")
    order: Literal["urgency", "newest"] = Field(default="urgency", description="What comes first")
    cursor: Cursor = ""
    limit: Limit = 25


class Interest(Sent):
    """Whether somebody has a part in the matter."""

    model_config = example({"interested": False}, {"interested": True, "nature": "The author is my brother."})

    interested: bool
    nature: Annotated[Words, Field(max_length=NATURE_LIMIT)] = Field(
        default="", description="What it is, in their own words: it stays sealed"
    )


@router.reads("/cases", offices=READERS, returns=CaseList)
def cases(request: Caller, wanted: Query[Wanted]) -> CaseList:
    """The cases of the organisation.

    A list says how cases stand; the words of one are in it only for those who have said that they have no part in it,
    and cases about one's own posts are not in it at all.
    """
    found = Case.objects.within(request.org).exclude(pk__in=written_by(request.org, request.person))
    found = found.filter(_where(request, wanted)).select_related("platform", "post__account", "claimed_by")
    order = MOST_URGENT_FIRST if wanted.order == "urgency" else NEWEST_FIRST
    part = piece(found, order=order, cursor=wanted.cursor, limit=wanted.limit)
    return CaseList(cases=[_in_list(row) for row in rows(request, part.rows)], next=part.next)


@router.reads("/cases/{int:case}", offices=READERS, returns=CaseShown)
def case(request: Caller, case: Number) -> CaseShown:
    """One case, as far as its reader may see it.

    It opens once they have said that they have no part in it. That they read it is written down.
    """
    found = open_case(request, case)
    note_reading(request, "case", found)
    return whole(request, found)


@router.reads("/cases/{int:case}/files/{int:file}", offices=READERS, returns=None, media=("image/jpeg", "image/png"))
def file(request: Caller, case: Number, file: Number) -> HttpResponse:
    """A picture that came with a paper of the case. That it was opened is written down."""
    found = open_case(request, case)
    attachment = Attachment.objects.within(request.org).filter(pk=file, paper__case=found).first()
    if is_sealed(found) or attachment is None:  # DP20
        raise Http404
    note_reading(request, f"file {attachment.pk}", found)
    return picture_response(attachment)


@router.writes(
    "/cases/{int:case}/interest",
    scope=Scope.DESK,
    offices=READERS,
    returns=CaseInShort,
    steps=(Step.DECLARE_INTEREST,),
)
def interest(request: Caller, case: Number, said: Interest) -> CaseInShort:
    """Say whether one has a part in the matter, before it opens."""
    found = the_case(request, case)
    if found.stage == Stage.FINAL:
        raise NotPermitted(gettext("The case is final, so nobody is asked any more."))
    if said.interested and not said.nature.strip():
        raise BadInput(gettext("Please say what it is."), field="nature")
    if declared(found, request.person) != said.interested:  # the same again says nothing new
        declaring.declare_interest(
            found.pk,
            interested=said.interested,
            nature=said.nature if said.interested else "",
            by=request.person,
            at=request.now,
        )
    return in_short(the_case(request, case))


@router.writes("/cases/{int:case}/claim", scope=Scope.DESK, offices=READERS, returns=CaseInShort, steps=(Step.CLAIM,))
def claim(request: Caller, case: Number) -> CaseInShort:
    """Take the case from the queue; the time to answer runs on."""
    found = the_case(request, case)
    claiming.claim(found.pk, by=request.person, at=request.now)
    return in_short(the_case(request, case))


@router.writes(
    "/cases/{int:case}/release", scope=Scope.DESK, offices=READERS, returns=CaseInShort, steps=(Step.RELEASE,)
)
def release(request: Caller, case: Number) -> CaseInShort:
    """Put the case back in the queue."""
    found = the_case(request, case)
    releasing.release(found.pk, by=request.person, at=request.now)
    return in_short(the_case(request, case))


def _where(request: Caller, wanted: Wanted) -> Q:
    where = Q()
    if wanted.stage:
        where &= Q(stage=wanted.stage)
    if wanted.lane:
        where &= Q(lane=wanted.lane)
    if wanted.place:
        where &= Q(platform=wanted.place)
    if wanted.held_by:
        where &= Q(claimed_by=request.person if wanted.held_by == "me" else None)
    if wanted.overdue:
        where &= Q(due_at__lt=request.now) & ~Q(stage=Stage.FINAL)
    return where


def _in_list(row: Row) -> CaseInList:
    stake = row.stake
    interest = "party" if stake.party else {None: "not_asked", True: "declared", False: "none"}[stake.declared]
    return CaseInList(
        **facts_of(row.case),
        about=row.title,
        author=row.author,
        words=row.text if stake.reads else "",
        interest=interest,
    )
