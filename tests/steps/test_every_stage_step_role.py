"""Every step tried in every stage by everybody: allowed as the table says, or refused with nothing left behind.

What the table allows has to succeed here at least once, with all that the step itself asks for arranged; where
it cannot, `REFUSED_ALL_THE_SAME` says why.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet

from folkmoot.archive.models import Account, Post
from folkmoot.casefile.models import Case, Duty, Event, Grant, Measure, Paper
from folkmoot.kernel.errors import FolkmootError, NotPermitted
from folkmoot.members.models import Person
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.procedure.checklists import Complaint
from folkmoot.procedure.table import STANDARD
from folkmoot.procedure.words import (
    Answer,
    Ballot,
    Clarity,
    Lane,
    MeasureKind,
    Outcome,
    Reopening,
    ReportKind,
    Role,
    Stage,
    Step,
    Vote,
)
from folkmoot.steps.add_to_report import add_to_report
from folkmoot.steps.answer_in_comments import answer_in_comments
from folkmoot.steps.answer_report import answer_report
from folkmoot.steps.answer_review import answer_review
from folkmoot.steps.ask_clarification import ask_clarification
from folkmoot.steps.ask_for_review import ask_for_review
from folkmoot.steps.check_complaint import check_complaint
from folkmoot.steps.choose_news import choose_news
from folkmoot.steps.claim import claim
from folkmoot.steps.clarify import Did, clarify
from folkmoot.steps.confirm_minute import confirm_minute
from folkmoot.steps.confirm_proposal import confirm_proposal
from folkmoot.steps.convene import Meeting, convene
from folkmoot.steps.decide import decide
from folkmoot.steps.decide_as_panel import decide_as_panel
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.decline_proposal import decline_proposal
from folkmoot.steps.destroy import Adviser, destroy
from folkmoot.steps.end_measure import end_measure
from folkmoot.steps.extend import extend
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.forward_review import forward_review
from folkmoot.steps.hide import hide
from folkmoot.steps.link_post import link_post
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.look_afterwards import look_afterwards
from folkmoot.steps.look_again import look_again
from folkmoot.steps.name_author import name_author
from folkmoot.steps.object_to_minute import object_to_minute
from folkmoot.steps.offer_support import Hears, Offered, offer_support
from folkmoot.steps.propose import propose
from folkmoot.steps.put_beside import put_beside
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.record_minute import record_minute
from folkmoot.steps.record_return import record_return
from folkmoot.steps.release import release
from folkmoot.steps.reopen import Why, reopen
from folkmoot.steps.seal import seal
from folkmoot.steps.send_back import send_back
from folkmoot.steps.set_lane import set_lane
from folkmoot.steps.take_along import take_along
from folkmoot.steps.tick_task import tick_task
from folkmoot.steps.undo import undo
from folkmoot.steps.unhide import unhide
from folkmoot.steps.vote import Motion
from folkmoot.steps.withdraw_report import withdraw_report
from folkmoot.steps.write_note import write_note
from folkmoot.worker.sweep import sweep
from tests import cast
from tests.cast import Branch, Matter

WORDS = "Because of this and that, as anybody can read who looks at it twice."
OFFICERS = (Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE, Role.ADMINISTRATOR)
BY_ITSELF = {
    Step.HAND_OVER,
    Step.WARN_DUE,
    Step.RAISE_LANE,
    Step.MAKE_FINAL,
    Step.BRING_BACK,
}  # nobody can ask for these


@dataclass
class Scene:
    """A case in one stage, with everybody who could act on it; `review` is the number of an open request."""

    matter: Matter
    now: datetime
    review: int = 0

    @property
    def people(self) -> Branch:
        """Return the branch."""
        return self.matter.branch

    @property
    def moderator(self) -> Person:
        """Return the moderator who has had no part in the case."""
        assert self.people.moderator
        return self.people.moderator

    def person(self, role: Role) -> Person:
        """Return somebody who holds `role`, and only that, and has had no part in the case."""
        assert self.people.secretary
        of = {Role.MODERATOR: self.moderator, Role.SECRETARY: self.people.secretary}
        return {**of, Role.EXECUTIVE: self.people.panel[0], Role.ADMINISTRATOR: self.people.administrator}[role]

    def grant(self, role: Role) -> Grant | None:
        """Return the newest grant of a party, `None` where there is none yet."""
        grants = Grant.objects.select_related("case", "paper", "org").filter(case=self.matter.pk)
        return grants.filter(party=role).order_by("-pk").first()

    def motion(self, ballot: Ballot = Ballot.FOR) -> Motion:
        """Return a vote of three of the Executive, all of one mind."""
        return Motion(votes={person.pk: ballot for person in self.people.panel[:3]})


def received() -> Scene:
    """Day 13: nobody has answered, so the Secretary and the Executive are there as well."""
    matter = cast.reported()
    for day in (6, 12):
        sweep(at=cast.day(day))
    return everybody_free(Scene(matter, cast.day(13)))


def second_look() -> Scene:
    """An unclear removal is proposed by the first moderator."""
    scene = received()
    decision = cast.a_decision(clarity=Clarity.UNCLEAR)
    propose(scene.matter.pk, decision, by=scene.people.operator, at=scene.now)
    return scene


def decided() -> Scene:
    """Day 3: decided, and the reporter is not satisfied; the request lies before the Executive too."""
    return everybody_free(not_satisfied(cast.decided(outcome=Outcome.WARN), at=cast.day(3)))


def appealed() -> Scene:
    """Day 20: the appeal, too, has waited too long."""
    scene = not_satisfied(cast.appealed(), at=cast.day(3))
    for day in (8, 14):
        sweep(at=cast.day(day))
    return everybody_free(Scene(scene.matter, cast.day(20), scene.review))


def reconsidered() -> Scene:
    """Day 4: the second moderator has let it stand."""
    return everybody_free(not_satisfied(cast.reconsidered(), at=cast.day(4)))


def before_executive() -> Scene:
    """Day 5: the author has gone to the Executive."""
    return everybody_free(not_satisfied(cast.before_executive(), at=cast.day(5)))


def minuted() -> Scene:
    """Day 7: the Executive has met."""
    return Scene(cast.minuted(), cast.day(7, 12))


def final() -> Scene:
    """Day 9: all have confirmed that the decision stands."""
    return Scene(cast.finalised(overturned=False), cast.day(9))


SCENES = {
    Stage.RECEIVED: received,
    Stage.SECOND_LOOK: second_look,
    Stage.DECIDED: decided,
    Stage.APPEALED: appealed,
    Stage.RECONSIDERED: reconsidered,
    Stage.BEFORE_EXECUTIVE: before_executive,
    Stage.MINUTED: minuted,
    Stage.FINAL: final,
}


def not_satisfied(matter: Matter, *, at: datetime) -> Scene:
    """Let the reporter ask for a review: the Secretary has to answer it, or pass it on."""
    assert matter.branch.secretary
    cast.free(matter, matter.branch.secretary, at=at)
    request = ask_for_review(matter.pk, words=WORDS, by=matter.receipt.grant, at=at)
    return Scene(matter, at, request.number)


def everybody_free(scene: Scene) -> Scene:
    """Let everybody with an office say that they have no interest."""
    everybody = [*scene.people.deciders, *scene.people.panel, scene.people.administrator]
    cast.free(scene.matter, *everybody, *([scene.people.secretary] if scene.people.secretary else []), at=scene.now)
    return scene


Take = Callable[[Scene, Any], object]


def _lane(scene: Scene, lane: Lane) -> None:
    set_lane(scene.matter.pk, lane, reason="As it looks now.", by=scene.people.operator, at=scene.now)


def _hidden(scene: Scene) -> None:
    _lane(scene, Lane.EMERGENCY)
    hide(scene.matter.pk, reasons=WORDS, by=scene.people.operator, at=scene.now)


def _asked(scene: Scene) -> None:
    ask_clarification(scene.matter.pk, question="What was meant by it?", by=scene.people.operator, at=scene.now)


def _another_report(scene: Scene) -> None:
    file_report(scene.people.org, Report(kind=ReportKind.HATE, post=scene.people.post), at=scene.now)


def _sealed(scene: Scene) -> None:
    seal(scene.matter.pk, by=scene.people.operator, at=scene.now)


def _measured(scene: Scene) -> None:
    decisions = scene.matter.papers(Paper.Kind.DECISION)
    if not decisions:
        return
    paper = decisions[-1]
    Measure.objects.create(
        org=scene.people.org,
        case=scene.matter.case,
        paper=paper,
        kind=MeasureKind.SUSPEND,
        platform=scene.people.place,
        account=scene.people.account,
        since=scene.now,
        until=scene.now + timedelta(days=30),
    )


def _official(scene: Scene) -> None:
    ours = Account.objects.create(
        org=scene.people.org, platform=scene.people.place, handle="us", official=True, first_seen_at=cast.FOUNDED
    )
    cast.post(scene.people.org, scene.people.place, native_id="us-1", text="Our own words.", account=ours)


def _copied(scene: Scene) -> None:
    people = scene.people
    cast.post(
        people.org, people.place, native_id="copy-1", text=cast.WORDS, posted_at=cast.FOUNDED + timedelta(hours=1)
    )


def _without_post(scene: Scene) -> None:
    """Another case, about something with no post, takes the place of the scene's own."""
    receipt = file_report(scene.people.org, Report(kind=ReportKind.OTHER, words=WORDS), at=scene.now)
    scene.matter = Matter(scene.people, receipt)


def _sent(scene: Scene) -> None:
    letters = scene.matter.letters()
    Dispatch.objects.filter(pk__in=[one.pk for one in letters[:1]]).update(state=Dispatch.State.SENT, sent_at=scene.now)


# What has to be there first; it is arranged before the step is tried, where that can be done in the stage.
FIRST: dict[Step, Callable[[Scene], None]] = {
    Step.UNHIDE: _hidden,
    Step.HIDE: lambda scene: _lane(scene, Lane.EMERGENCY),
    Step.CHECK_COMPLAINT: lambda scene: _lane(scene, Lane.LEGAL),
    Step.CLARIFY: _asked,
    Step.ANSWER_REPORT: _another_report,
    Step.LOOK_AGAIN: _another_report,
    Step.DESTROY: _sealed,
    Step.END_MEASURE: _measured,
    Step.PUT_BESIDE: _official,
    Step.TAKE_ALONG: _copied,
    Step.RECORD_DELIVERY: _sent,
}


def _decision(**other: Any) -> Any:
    return cast.a_decision(**other)


def _votes(scene: Scene) -> Any:
    votes = {person.pk: Vote.STANDS for person in scene.people.panel[:3]}
    return cast.a_minute(scene.matter, votes=votes, met_on=scene.now.date())


def _why() -> Why:
    return Why(ground=Reopening.NEW_EVIDENCE, reasons=WORDS)


def _newest_report(scene: Scene) -> int:
    return scene.matter.papers(Paper.Kind.REPORT)[-1].number


TAKE: dict[Step, Take] = {
    Step.FILE_REPORT: lambda s, by: file_report(s.people.org, cast.a_report(s.people), by=by, at=s.now),
    Step.ANSWER_REPORT: lambda s, by: answer_report(
        s.matter.pk, reports=[_newest_report(s)], words=WORDS, by=by, at=s.now
    ),
    Step.FORWARD_REVIEW: lambda s, by: forward_review(s.matter.pk, review=s.review, by=by, at=s.now),
    Step.ANSWER_REVIEW: lambda s, by: answer_review(
        s.matter.pk, review=s.review, motion=s.motion(Ballot.AGAINST), reasons=WORDS, by=by, at=s.now
    ),
    Step.SEND_BACK: lambda s, by: send_back(
        s.matter.pk, review=s.review, reasons=WORDS, motion=s.motion(), by=by, at=s.now
    ),
    Step.LOOK_AGAIN: lambda s, by: look_again(s.matter.pk, reasons=WORDS, by=by, at=s.now),
    Step.DECLARE_INTEREST: lambda s, by: declare_interest(s.matter.pk, interested=True, by=by, at=s.now),
    Step.CLAIM: lambda s, by: claim(s.matter.pk, by=by, at=s.now),
    Step.RELEASE: lambda s, by: _claimed_then_released(s, by),  # noqa: PLW0108
    Step.LINK_POST: lambda s, by: link_post(s.matter.pk, post=_unreported(s), by=by, at=s.now),
    Step.NAME_AUTHOR: lambda s, by: name_author(
        s.matter.pk, address="another@example.org", source="They told us.", by=by, at=s.now
    ),
    Step.SET_LANE: lambda s, by: set_lane(s.matter.pk, Lane.LEGAL, reason="A letter came.", by=by, at=s.now),
    Step.CHECK_COMPLAINT: lambda s, by: check_complaint(s.matter.pk, Complaint.OTHER, {"law": "One."}, by=by, at=s.now),
    Step.PUT_BESIDE: lambda s, by: put_beside(s.matter.pk, _ours(s), by=by, at=s.now),
    Step.WRITE_NOTE: lambda s, by: write_note(s.matter.pk, words="Seen before.", by=by, at=s.now),
    Step.ASK_CLARIFICATION: lambda s, by: ask_clarification(
        s.matter.pk, question="What was meant by it?", by=by, at=s.now
    ),
    Step.ANSWER_IN_COMMENTS: lambda s, by: answer_in_comments(s.matter.pk, words=WORDS, by=by, at=s.now),
    Step.OFFER_SUPPORT: lambda s, by: offer_support(
        s.matter.pk, offered=[Offered.TALK], hears=Hears.NOT_ASKED, by=by, at=s.now
    ),
    Step.EXTEND: lambda s, by: extend(s.matter.pk, reason="Two of us are away.", by=by, at=s.now),
    Step.HIDE: lambda s, by: hide(s.matter.pk, reasons=WORDS, by=by, at=s.now),
    Step.UNHIDE: lambda s, by: unhide(s.matter.pk, reasons=WORDS, by=by, at=s.now),
    Step.SEAL: lambda s, by: seal(s.matter.pk, by=by, at=s.now),
    Step.DESTROY: lambda s, by: destroy(s.matter.pk, adviser=Adviser.IWF, reference="R 1", by=by, at=s.now),
    Step.DECIDE: lambda s, by: decide(s.matter.pk, _decision(), by=by, at=s.now),
    Step.PROPOSE: lambda s, by: propose(s.matter.pk, _decision(clarity=Clarity.UNCLEAR), by=by, at=s.now),
    Step.CONFIRM_PROPOSAL: lambda s, by: confirm_proposal(s.matter.pk, by=by, at=s.now),
    Step.DECLINE_PROPOSAL: lambda s, by: decline_proposal(s.matter.pk, reasons=WORDS, by=by, at=s.now),
    Step.DECIDE_AS_PANEL: lambda s, by: decide_as_panel(s.matter.pk, _decision(), motion=s.motion(), by=by, at=s.now),
    Step.LOOK_AFTERWARDS: lambda s, by: look_afterwards(
        s.matter.pk, answer=Answer.OVERTURNED, reasons=WORDS, by=by, at=s.now
    ),
    Step.TAKE_ALONG: lambda s, by: take_along(
        s.matter.pk, left=[Post.objects.get(native_id="copy-1").pk], no_part=True, by=by, at=s.now
    ),
    Step.UNDO: lambda s, by: undo(s.matter.pk, by=by, at=s.now),
    Step.END_MEASURE: lambda s, by: end_measure(_measure(s), reasons=WORDS, by=by, at=s.now),
    Step.RECONSIDER: lambda s, by: reconsider(s.matter.pk, answer=Answer.STANDS, reasons=WORDS, by=by, at=s.now),
    Step.CONVENE: lambda s, by: convene(
        s.matter.pk, Meeting(meets_at=s.now + timedelta(days=7), where="The back room"), by=by, at=s.now
    ),
    Step.RECORD_MINUTE: lambda s, by: record_minute(s.matter.pk, _votes(s), by=by, at=s.now),
    Step.CONFIRM_MINUTE: lambda s, by: confirm_minute(s.matter.pk, by=by, at=s.now),
    Step.OBJECT_TO_MINUTE: lambda s, by: object_to_minute(s.matter.pk, words=WORDS, by=by, at=s.now),
    Step.REOPEN: lambda s, by: reopen(s.matter.pk, _why(), motion=s.motion(), met_on=s.now.date(), by=by, at=s.now),
    Step.KEEP_FINAL: lambda s, by: reopen(
        s.matter.pk,
        _why(),
        motion=s.motion(Ballot.AGAINST),
        met_on=s.now.date(),
        by=by,
        at=s.now,
    ),
    Step.TICK_TASK: lambda s, by: tick_task(_task(s), done=True, by=by, at=s.now),
    Step.RECORD_DELIVERY: lambda s, by: record_return(_letter(s), note="It lay in my own mailbox.", by=by, at=s.now),
}
BY_PARTIES: dict[Step, Take] = {
    Step.ADD_TO_REPORT: lambda s, by: add_to_report(s.matter.pk, words=WORDS, by=by, at=s.now),
    Step.CHOOSE_NEWS: lambda s, by: choose_news(s.matter.pk, hears=Hears.NOTHING, by=by, at=s.now),
    Step.WITHDRAW_REPORT: lambda s, by: withdraw_report(s.matter.pk, by=by, at=s.now),
    Step.ASK_FOR_REVIEW: lambda s, by: ask_for_review(s.matter.pk, words=WORDS, by=by, at=s.now),
    Step.CLARIFY: lambda s, by: clarify(s.matter.pk, did=next(iter(Did)), words=WORDS, by=by, at=s.now),
    Step.LODGE_APPEAL: lambda s, by: lodge_appeal(s.matter.pk, words=WORDS, by=by, at=s.now),
    Step.PUT_TO_EXECUTIVE: lambda s, by: put_to_executive(s.matter.pk, words=WORDS, by=by, at=s.now),
}

_ONCE = "what this takes back is there only for whoever did it just now (test_undo.py)"
_PANEL = "only where a review sent it back and no moderator is left (test_decide_as_panel.py)"
_ONE_REVIEW = "the reporter's request lies there already (test_reviews.py)"
_NOT_ADDED = "nothing waits for an answer any more, so nobody was added to the moderators (test_hand_over.py)"
_LATE = "whose time has passed cannot take longer any more (test_extend.py)"
_LEAVING = "only together with passing somebody's cases on (test_pass_cases.py)"
REFUSED_ALL_THE_SAME: dict[tuple[Stage | None, Step, Role | None], str] = {
    **{
        (stage, step, role): _NOT_ADDED
        for stage in (Stage.MINUTED, Stage.FINAL)
        for step in (Step.WRITE_NOTE, Step.ANSWER_IN_COMMENTS, Step.OFFER_SUPPORT, Step.END_MEASURE)
        for role in (Role.SECRETARY, Role.EXECUTIVE)
    },
    **{(stage, Step.ASK_FOR_REVIEW, None): _ONE_REVIEW for stage in Stage},
    **{(None, Step.EXTEND, role): _LATE for role in (Role.MODERATOR, Role.SECRETARY)},
    (None, Step.RELEASE, Role.ADMINISTRATOR): _LEAVING,
    (Stage.RECEIVED, Step.LINK_POST, Role.SECRETARY): _NOT_ADDED,
    (Stage.RECEIVED, Step.LINK_POST, Role.EXECUTIVE): _NOT_ADDED,
    (Stage.APPEALED, Step.FORWARD_REVIEW, Role.SECRETARY): "time has passed it on already (test_reviews.py)",
    (
        Stage.RECONSIDERED,
        Step.SEND_BACK,
        None,
    ): "the post is away already (test_reviews.py)",
    **{
        (stage, Step.TAKE_ALONG, role): _NOT_ADDED
        for stage in (Stage.DECIDED, Stage.FINAL)
        for role in (Role.SECRETARY, Role.EXECUTIVE)
    },
    (Stage.DECIDED, Step.TAKE_ALONG, Role.MODERATOR): "here the post was not taken down (test_take_along.py)",
    (Stage.FINAL, Step.END_MEASURE, Role.MODERATOR): "the Executive let it stand (test_measures.py)",
    (Stage.BEFORE_EXECUTIVE, Step.CONVENE, Role.EXECUTIVE): "the Secretary is free to (test_convene.py)",
    (None, Step.UNDO, None): _ONCE,
    (None, Step.DECIDE_AS_PANEL, None): _PANEL,
    (None, Step.LOOK_AFTERWARDS, None): "two moderators: nobody decided alone (test_second_look.py)",
    (Stage.DECIDED, Step.PUT_TO_EXECUTIVE, None): _PANEL,
    (Stage.BEFORE_EXECUTIVE, Step.PUT_TO_EXECUTIVE, None): "once more only where it was reopened (test_reopen.py)",
}


def _claimed_then_released(scene: Scene, by: Person) -> object:
    claim(scene.matter.pk, by=scene.people.operator, at=scene.now)
    return release(scene.matter.pk, by=by, at=scene.now)


def _unreported(scene: Scene) -> Any:
    return cast.post(scene.people.org, scene.people.place, native_id="300", text="Nobody has reported this.")


def _ours(scene: Scene) -> Any:
    return type(scene.people.post).objects.get(native_id="us-1")


NONE = "There is nothing here that this could be done to."


def _measure(scene: Scene) -> int:
    return _first(Measure.objects.filter(case=scene.matter.pk))


def _task(scene: Scene) -> int:
    return _first(Task.objects.filter(case=scene.matter.pk, state=Task.State.OPEN))


def _letter(scene: Scene) -> int:
    return _first(Dispatch.objects.filter(case=scene.matter.pk, state=Dispatch.State.SENT))


def _first(rows: QuerySet[Any]) -> int:
    found = rows.order_by("pk").first()
    if found is None:
        raise NotPermitted(NONE)
    return int(found.pk)


def rows() -> tuple[int, ...]:
    """Return how many rows there are of everything that a step writes."""
    written = (Case, Event, Paper, Duty, Grant, Dispatch, Task, Measure)
    return tuple(model.objects.count() for model in written)


def tried(scene: Scene, take: Take, by: object) -> str:
    """Try the step and take it back; return why it was refused, empty where it was not."""
    before, stood = rows(), scene.matter.case
    try:
        with transaction.atomic():
            take(scene, by)
            transaction.set_rollback(True)
    except FolkmootError as refusal:
        assert rows() == before
        assert vars(scene.matter.case)["seq"] == stood.seq
        return str(refusal) or "refused"
    return ""


def why_all_the_same(stage: Stage, step: Step, role: Role) -> str:
    """Return why a step that the table allows is refused here."""
    keys = ((stage, step, role), (stage, step, None), (None, step, role), (None, step, None))
    return next((REFUSED_ALL_THE_SAME[key] for key in keys if key in REFUSED_ALL_THE_SAME), "")


def test_every_step_is_tried() -> None:
    assert {*TAKE, *BY_PARTIES, *BY_ITSELF} == set(Step)


@pytest.mark.slow
@pytest.mark.pages  # asks nothing of the database that others do not: on PostgreSQL in the long tier only
@pytest.mark.parametrize("stage", Stage)
def test_every_step_by_every_role_is_allowed_as_the_table_says_or_leaves_nothing(db: None, stage: Stage) -> None:
    scene = SCENES[stage]()
    assert scene.matter.case.stage == stage
    wrong = []
    for step in Step:
        if step in BY_ITSELF:
            continue
        parties = step in BY_PARTIES
        for role in (Role.AUTHOR, Role.REPORTER) if parties else OFFICERS:
            with transaction.atomic():
                tell = _one(scene, stage, step, role, parties=parties)
                transaction.set_rollback(True)
            if tell:
                wrong.append(tell)
    assert not wrong, "\n".join(wrong)


def _before_executive(scene: Scene) -> bool:
    return Duty.objects.filter(case=scene.matter.pk, paper__number=scene.review, holder=Role.EXECUTIVE).exists()


def _one(scene: Scene, stage: Stage, step: Step, role: Role, *, parties: bool) -> str:
    held = scene.matter
    try:
        if step in FIRST:
            try:
                with transaction.atomic():
                    FIRST[step](scene)
            except FolkmootError:
                pass  # it cannot be arranged in this stage: then the step is refused as well
        if step is Step.LINK_POST and stage is Stage.RECEIVED and role is not Role.ADMINISTRATOR:
            _without_post(scene)
        if role is Role.EXECUTIVE and scene.review and not _before_executive(scene):
            forward_review(held.pk, review=scene.review, by=scene.person(Role.SECRETARY), at=scene.now)
        by = scene.grant(role) if parties else scene.person(role)
        if by is None:
            return ""  # the author has had no letter yet, so there is no link by which they could come
        refusal = tried(scene, (BY_PARTIES if parties else TAKE)[step], by)
        allowed = STANDARD.allows(stage, step, role)
        if allowed and refusal not in ("", NONE) and not why_all_the_same(stage, step, role):
            return f"{step} by {role} is allowed by the table, and was refused: {refusal}"
        if not allowed and not refusal and step is not Step.FILE_REPORT:  # of what is final: that opens another case
            return f"{step} by {role} is not allowed by the table, and was taken"
        return ""
    finally:
        scene.matter = held
