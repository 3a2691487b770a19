"""The Executive: when it hears a case, how it voted, whether the minute is right, and opening a final case again."""

from datetime import UTC, date, datetime

from django.utils.translation import gettext

from folkmoot.api.caller import Caller
from folkmoot.api.deciding import decision_of
from folkmoot.api.executive_shapes import (
    BenchShown,
    ConfirmationSent,
    HearingSent,
    Member,
    MinuteSent,
    MinuteShown,
    ObjectionSent,
    PanelDecisionSent,
    ReopeningSent,
    VoteShown,
)
from folkmoot.api.matters import Taken, seen_now, taken
from folkmoot.api.reading import open_case, opened
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Number
from folkmoot.api.votes import each_once
from folkmoot.casefile.models import Case
from folkmoot.casefile.record import procedure_of
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person, Scope
from folkmoot.procedure.words import Answer, Role, Stage, Step, Vote
from folkmoot.steps.confirm_minute import confirm_minute
from folkmoot.steps.convene import Meeting, convene
from folkmoot.steps.decide_as_panel import decide_as_panel
from folkmoot.steps.make_final import confirmed, minute_of
from folkmoot.steps.object_to_minute import object_to_minute
from folkmoot.steps.record_minute import Minute, record_minute
from folkmoot.steps.reopen import Why, reopen
from folkmoot.steps.sitting import bench
from folkmoot.web.desk.going import note_reading, the_case
from folkmoot.web.panel.bundle import executive_case
from folkmoot.web.panel.home import SITS

router = Routes("The Executive")


@router.reads("/cases/{int:case}/bench", offices=SITS, returns=BenchShown)
def seats(request: Caller, case: Number) -> BenchShown:
    """Who of the Executive may sit on a case. Why somebody may not is not said."""
    found = open_case(request, case)
    able = bench(found, at=request.now)
    members = Person.objects.holding(request.org, Role.EXECUTIVE, at=request.now).order_by("name")
    return BenchShown(
        members=[Member(person=one.pk, name=one.name, may_sit=one in able.members) for one in members],
        quorum=procedure_of(found).limits.quorum,
        by_necessity=able.by_necessity,
        seq=found.seq,
    )


@router.writes(
    "/cases/{int:case}/hearing", scope=Scope.PANEL, offices=SITS, returns=Taken, steps=(Step.CONVENE,), status=201
)
def hearing(request: Caller, case: Number, said: HearingSent) -> Taken:
    """Say when and where the Executive hears a case, and tell everybody who may sit. Said again, the newest counts."""
    found = opened(request, executive_case(request, case))
    meeting = Meeting(_in_utc(said.meets_at), said.where, ordinary=said.ordinary)
    return taken(convene(found.pk, meeting, by=request.person, at=request.now, seen=seen_now(found, said.seen)))


@router.reads("/cases/{int:case}/minute", offices=SITS, returns=MinuteShown)
def minute(request: Caller, case: Number) -> MinuteShown:
    """The minute of a case, as it was recorded last."""
    found = opened(request, executive_case(request, case))
    note_reading(request, "minute", found)
    return _recorded(found)


@router.writes(
    "/cases/{int:case}/minute", scope=Scope.PANEL, offices=SITS, returns=Taken, steps=(Step.RECORD_MINUTE,), status=201
)
def recording(request: Caller, case: Number, said: MinuteSent) -> Taken:
    """Record how the Executive voted and why. It is final when those who sat have confirmed it, or by silence."""
    found = opened(request, executive_case(request, case), necessity=said.necessity)
    recorded = Minute(
        met_on=said.met_on,
        votes=each_once([(one.person, one.vote) for one in said.votes]),
        aside=said.aside,
        reasons=said.reasons,
        necessity=said.necessity,
        instead=said.instead.wanted() if said.instead else None,
    )
    return taken(record_minute(found.pk, recorded, by=request.person, at=request.now, seen=seen_now(found, said.seen)))


@router.writes(
    "/cases/{int:case}/minute/confirmation",
    scope=Scope.PANEL,
    offices=(Role.EXECUTIVE,),
    returns=MinuteShown,
    steps=(Step.CONFIRM_MINUTE,),
    status=201,
)
def confirmation(request: Caller, case: Number, said: ConfirmationSent) -> MinuteShown:
    """Confirm your own vote as the minute has it; with the last one the decision is final."""
    found = opened(request, executive_case(request, case))
    confirm_minute(found.pk, by=request.person, at=request.now, read=said.minute)
    return _recorded(the_case(request, case))


@router.writes(
    "/cases/{int:case}/minute/objection",
    scope=Scope.PANEL,
    offices=(Role.EXECUTIVE,),
    returns=Taken,
    steps=(Step.OBJECT_TO_MINUTE,),
    status=201,
)
def objection(request: Caller, case: Number, said: ObjectionSent) -> Taken:
    """Say what is wrong in the minute: it has no effect any more, and the meeting is recorded again."""
    found = opened(request, executive_case(request, case))
    paper = object_to_minute(found.pk, words=said.words, by=request.person, at=request.now, read=said.minute)
    return taken(paper)


@router.writes(
    "/cases/{int:case}/reopening",
    scope=Scope.PANEL,
    offices=SITS,
    returns=Taken,
    steps=(Step.REOPEN, Step.KEEP_FINAL),
    status=201,
)
def reopening(request: Caller, case: Number, said: ReopeningSent) -> Taken:
    """Record a vote on opening a final case again; carried, it is before the Executive once more."""
    found = open_case(request, case, necessity=said.necessity)
    paper = reopen(
        found.pk,
        Why(said.ground, said.reasons, said.reference),
        motion=said.motion(),
        met_on=said.met_on,
        by=request.person,
        at=request.now,
        seen=seen_now(found, said.seen),
    )
    return taken(paper)


@router.writes(
    "/cases/{int:case}/panel-decision",
    scope=Scope.PANEL,
    offices=SITS,
    returns=Taken,
    steps=(Step.DECIDE_AS_PANEL,),
    status=201,
)
def panel_decision(request: Caller, case: Number, said: PanelDecisionSent) -> Taken:
    """Record the decision of members of the Executive, where a review sent it back and no moderator is left."""
    found = open_case(request, case, necessity=said.vote.necessity)
    paper = decide_as_panel(
        found.pk,
        decision_of(found, said),
        motion=said.vote.motion(),
        by=request.person,
        at=request.now,
        seen=seen_now(found, said.seen),
    )
    return taken(paper)


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise BadInput(gettext("Please give the time with its offset, such as 2026-11-09T19:30:00Z."), field="meets_at")
    try:
        return at.astimezone(UTC)
    except OverflowError:  # before the first year, or after the last
        raise BadInput(gettext("Please choose a time that somebody can live to see."), field="meets_at") from None


def _recorded(found: Case) -> MinuteShown:
    paper = minute_of(found)
    if paper is None:
        raise NotPermitted(gettext("No minute has been written of this case."))
    names = dict(Person.objects.within(found.org).values_list("pk", "name"))
    done = confirmed(paper)
    return MinuteShown(
        case=found.pk,
        minute=paper.number,
        met_on=date.fromisoformat(paper.facts["met_on"]),
        answer=Answer(paper.facts["answer"]),
        votes=[
            VoteShown(person=int(pk), name=names[int(pk)], vote=Vote(vote), confirmed=int(pk) in done)
            for pk, vote in paper.facts["votes"].items()
        ],
        aside=paper.facts["aside"],
        reasons=paper.words.get("reasons", ""),
        stage=Stage(found.stage),
        settles_at=found.settles_at,
    )
