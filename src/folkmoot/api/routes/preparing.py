"""Getting a case ready: which post it is, whose, in which lane, hidden meanwhile, and what a complaint says."""

from datetime import date
from typing import Any

from django.http import Http404
from django.utils.translation import gettext
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.matters import NECESSITY, Taken, seen_now, taken
from folkmoot.api.reading import open_case
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Line, Number, Seen, Sent, Shown, Words, example
from folkmoot.archive.models import Platform
from folkmoot.casefile.models import Case
from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.times import noon_of
from folkmoot.members.models import Scope
from folkmoot.procedure.checklists import Complaint
from folkmoot.procedure.words import Lane, Stage, Step
from folkmoot.steps.check_complaint import check_complaint
from folkmoot.steps.enter_post import SeenPost, enter_post
from folkmoot.steps.hide import hide
from folkmoot.steps.link_post import link_post
from folkmoot.steps.name_author import name_author
from folkmoot.steps.seal import seal
from folkmoot.steps.set_lane import set_lane
from folkmoot.steps.unhide import unhide
from folkmoot.web.desk.going import READERS, the_case, the_post

router = Routes("Getting a case ready")


class PostCopied(Sent):
    """A post as somebody sees it at the place, where no import has brought it."""

    model_config = example(
        {"place": 1, "text": "The harbour plan is a waste.", "handle": "rowan.pike", "posted_on": "2026-11-01"}
    )

    place: Number = Field(description="The number of the place")
    text: Words = Field(description="Its words, exactly and all of them")
    handle: Line = Field("", max_length=200, description="Who wrote it, as it stands there")
    url: Line = Field("", description="Its link")
    posted_on: date | None = Field(None, description="The day it was posted, where that can be told")
    held: bool = Field(default=False, description="Whether it still waits for approval there")


class PostSent(Sent):
    """Which post a case is about: one of the archive, or one that is copied down."""

    model_config = example({"post": 31, "seen": 2})

    post: Number | None = Field(None, description="The number of a post in the archive")
    copied: PostCopied | None = None
    seen: Seen


class Bound(Shown):
    """What a case is about now."""

    model_config = example({"case": 7, "post": 31, "account": None, "stage": "received", "seq": 3})

    case: int
    post: int | None
    account: int | None
    stage: Stage
    seq: int


class AuthorSent(Sent):
    """What is known of a post’s author, and how."""

    model_config = example({"address": "rowan.pike@example.org", "source": "the membership list"})

    handle: Line = Field("", max_length=200, description="Their name at that place, as it stands beside the post")
    address: Line = Field("", max_length=254, description="Their e-mail address")
    source: Line = Field(max_length=300, description="How you know this: the record keeps it")


class LaneSent(Sent):
    """Another lane, and why."""

    model_config = example({"lane": "emergency", "reason": "It names where she lives.", "seen": 3})

    lane: Lane
    reason: Line = Field(max_length=300)
    seen: Seen


class HidingSent(Sent):
    """Why a post is hidden while somebody looks."""

    model_config = example(
        {"reasons": "Somebody may be harmed by it. Nobody has decided yet.", "codes": ["H1"], "seen": 3}
    )

    reasons: Words = Field(max_length=10_000, description="The author reads these words at once")
    codes: list[Line] = Field([], max_length=50, description="Rules that stand behind it, where there are any")
    seen: Seen
    necessity: Words = Field("", max_length=2_000, description=NECESSITY)


class UnhidingSent(Sent):
    """Why a post can be shown again."""

    model_config = example({"reasons": "It turns out to name nobody, so it can be seen.", "seen": 5})

    reasons: Words = Field(max_length=10_000, description="The author reads these words")
    seen: Seen


class ComplaintSent(Sent):
    """What a legal complaint says to each question of its checklist."""

    model_config = example({"complaint": "defamation", "answers": {"words": "That he takes bribes."}, "seen": 4})

    complaint: Complaint
    answers: dict[str, Words] = Field(
        max_length=10, description="By the question’s key; leave out what the complaint does not say"
    )
    seen: Seen


@router.writes(
    "/cases/{int:case}/post", scope=Scope.DESK, offices=READERS, returns=Bound, steps=(Step.LINK_POST,), status=201
)
def post(request: Caller, case: Number, said: PostSent) -> Bound:
    """Say which post a case is about, where its report could not tell."""
    found = open_case(request, case)
    if (said.post is None) == (said.copied is None):
        raise BadInput(gettext("Please name a post of the archive, or copy one down: one of both."), field="post")
    step: dict[str, Any] = {"by": request.person, "at": request.now, "seen": seen_now(found, said.seen)}
    if said.post is not None:
        return _bound(link_post(found.pk, post=the_post(request, said.post), **step))
    if said.copied is None:
        raise AssertionError("one of both is there")
    return _bound(enter_post(found.pk, _seen_post(request, said.copied), **step))


@router.writes(
    "/cases/{int:case}/author", scope=Scope.DESK, offices=READERS, returns=Taken, steps=(Step.NAME_AUTHOR,), status=201
)
def author(request: Caller, case: Number, said: AuthorSent) -> Taken:
    """Write down who wrote the post, or where they can be reached; letters that waited for that are promised now."""
    found = open_case(request, case)
    paper = name_author(
        found.pk,
        handle=said.handle,
        address=said.address.casefold(),
        source=said.source,
        by=request.person,
        at=request.now,
    )
    return taken(paper)


@router.writes(
    "/cases/{int:case}/lane", scope=Scope.DESK, offices=READERS, returns=Taken, steps=(Step.SET_LANE,), status=201
)
def lane(request: Caller, case: Number, said: LaneSent) -> Taken:
    """Move a case into another lane; no time limit that runs already is stopped by it."""
    found = open_case(request, case)
    seen = seen_now(found, said.seen)
    return taken(set_lane(found.pk, said.lane, reason=said.reason, by=request.person, at=request.now, seen=seen))


@router.writes(
    "/cases/{int:case}/hiding", scope=Scope.DESK, offices=READERS, returns=Taken, steps=(Step.HIDE,), status=201
)
def hiding(request: Caller, case: Number, said: HidingSent) -> Taken:
    """Hide the post while somebody looks, in an emergency or for a legal complaint; its author is told at once."""
    found = open_case(request, case, necessity=said.necessity)
    paper = hide(
        found.pk,
        reasons=said.reasons,
        codes=said.codes,
        by=request.person,
        at=request.now,
        seen=seen_now(found, said.seen),
        necessity=said.necessity,
    )
    return taken(paper)


@router.writes(
    "/cases/{int:case}/unhiding", scope=Scope.DESK, offices=READERS, returns=Taken, steps=(Step.UNHIDE,), status=201
)
def unhiding(request: Caller, case: Number, said: UnhidingSent) -> Taken:
    """Show the post again before anything is decided, and tell its author why."""
    found = open_case(request, case)
    seen = seen_now(found, said.seen)
    return taken(unhide(found.pk, reasons=said.reasons, by=request.person, at=request.now, seen=seen))


@router.writes(
    "/cases/{int:case}/complaint",
    scope=Scope.DESK,
    offices=READERS,
    returns=Taken,
    steps=(Step.CHECK_COMPLAINT,),
    status=201,
)
def complaint(request: Caller, case: Number, said: ComplaintSent) -> Taken:
    """Keep what a legal complaint says, question by question, and with that what is still missing in it."""
    found = open_case(request, case)
    seen = seen_now(found, said.seen)
    paper = check_complaint(found.pk, said.complaint, said.answers, by=request.person, at=request.now, seen=seen)
    return taken(paper)


@router.writes(
    "/cases/{int:case}/seal", scope=Scope.DESK, offices=READERS, returns=Taken, steps=(Step.SEAL,), status=201
)
def sealed(request: Caller, case: Number) -> Taken:
    """Seal what may show a child being abused, from everyone and for good.

    Open also to who has an interest in the matter: nothing is shown by it.
    """
    return taken(seal(the_case(request, case).pk, by=request.person, at=request.now))


def _bound(case: Case) -> Bound:
    return Bound(case=case.pk, post=case.post_id, account=case.account_id, stage=Stage(case.stage), seq=case.seq)


def _seen_post(request: Caller, copied: PostCopied) -> SeenPost:
    place = Platform.objects.within(request.org).filter(pk=copied.place).first()
    if place is None:
        raise Http404
    return SeenPost(
        platform=place,
        text=copied.text,
        handle=copied.handle,
        url=copied.url,
        posted_at=noon_of(copied.posted_on, zone=request.org.zone) if copied.posted_on else None,
        held=copied.held,
    )
