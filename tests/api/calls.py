"""Calls of the API, one for each way to take a step of the procedure, in a matter that has come as far as that."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from folkmoot.archive.index_prints import keep_prints_of
from folkmoot.archive.models import Account
from folkmoot.casefile.models import Grant, Measure, Paper
from folkmoot.members.models import Person
from folkmoot.outbox.links import letter_link, receipt_code
from folkmoot.procedure.words import Clarity, MeasureKind, Outcome, ReportKind, Step
from folkmoot.steps.ask_clarification import ask_clarification
from folkmoot.steps.claim import claim as take
from folkmoot.steps.decide import decide
from folkmoot.steps.file_report import file_report
from folkmoot.steps.hide import hide
from folkmoot.steps.mark_official import mark_handle_official
from folkmoot.steps.measures import MeasureWanted
from folkmoot.steps.propose import propose
from folkmoot.steps.record_delivery import record_sent
from tests import cast
from tests.cast import Matter, day
from tests.steps import reviews

WHY = "Because of what stands in it, as anybody can read."
FOUND = {
    "outcome": "remove",
    "reasons": cast.REASONS,
    "codes": ["H1"],
    "passage": cast.PASSAGE,
    "aimed_at": "person",
    "clarity": "clear",
}


@dataclass(frozen=True)
class Call:
    """One write: by whom, or with whose letter or receipt; `reads` says that it goes stale when the case moves on."""

    matter: Matter
    path: str
    body: dict[str, Any]
    by: Person | None = None
    grant: Grant | None = None
    reads: bool = False
    is_form: bool = False  # it can come with pictures


@dataclass(frozen=True)
class Way:
    """How a step is taken: in a matter that `made` brings as far as that."""

    name: str
    step: Step
    at: datetime
    made: Callable[[], Call]


WAYS: list[Way] = []


def way(step: Step, *, at: datetime) -> Callable[[Callable[[], Call]], Callable[[], Call]]:
    """Enter a call that takes `step` at that time."""

    def enter(made: Callable[[], Call]) -> Callable[[], Call]:
        WAYS.append(Way(made.__name__, step, at, made))
        return made

    return enter


def at_case(matter: Matter, path: str, by: Person | None = None, **body: Any) -> Call:
    """Return a call about the matter's case, by the first moderator unless it is `by` another, as the case is now."""
    by = by or matter.branch.operator
    return Call(matter, f"/cases/{matter.pk}{path}", {**body, "seen": matter.case.seq}, by=by, reads=True)


def unread(call: Call) -> Call:
    """Return `call` without the state of the case: it takes none."""
    body = {name: value for name, value in call.body.items() if name != "seen"}
    return Call(call.matter, call.path, body, by=call.by, is_form=call.is_form)


def reported(**other: Any) -> Matter:
    """Day 0: the matter is reported, and both moderators have said that they have no part in it."""
    matter = cast.reported(**other)
    cast.free(matter, *matter.branch.deciders, at=day(0, 12))
    return matter


def emergency() -> Matter:
    return reported(kind=ReportKind.PRIVATE_INFORMATION)


def secretary(matter: Matter) -> Person:
    found = matter.branch.secretary
    assert found is not None
    return found


def with_secretary(matter: Matter, *, at: datetime) -> Matter:
    cast.free(matter, secretary(matter), at=at)
    return matter


def ballots(matter: Matter, *, carried: bool) -> dict[str, Any]:
    motion = reviews.motion(matter, carried=carried)
    return {"votes": [{"person": person, "vote": vote} for person, vote in motion.votes.items()]}


def of_author(matter: Matter, path: str, **body: Any) -> Call:
    return Call(matter, f"/cases/{matter.pk}{path}", body, grant=matter.grant, is_form=path != "/clarification")


def of_reporter(matter: Matter, path: str, **body: Any) -> Call:
    return Call(matter, f"/report{path}", body, grant=matter.receipt.grant, is_form=path == "/additions")


def opens(grant: Grant) -> dict[str, str]:
    """Return the header by which a party shows their secret."""
    if grant.code_hash:
        return {"Folkmoot-Receipt": receipt_code(grant.nonce)}
    return {"Folkmoot-Letter": letter_link(grant).rstrip("/").rpartition("/")[2]}


# getting it ready


@way(Step.DECLARE_INTEREST, at=day(1))
def interest() -> Call:
    return unread(at_case(cast.reported(), "/interest", interested=False))


@way(Step.CLAIM, at=day(1))
def claim() -> Call:
    return unread(at_case(reported(), "/claim"))


@way(Step.RELEASE, at=day(1))
def release() -> Call:
    matter = reported()
    take(matter.pk, by=matter.branch.operator, at=day(0, 13))
    return unread(at_case(matter, "/release"))


@way(Step.FILE_REPORT, at=day(1))
def noticing() -> Call:
    people = cast.branch()
    another = cast.post(people.org, people.place, native_id="300", account=people.account)
    matter = cast.reported(people)
    return Call(matter, f"/posts/{another.pk}/reports", {"kind": "attack", "words": WHY}, by=people.operator)


@way(Step.LINK_POST, at=day(1))
def linking() -> Call:
    people = cast.branch()
    return at_case(reported(people=people, post=None, link=""), "/post", post=people.post.pk)


@way(Step.LINK_POST, at=day(1))
def copying() -> Call:
    people = cast.branch()
    copied = {"place": people.place.pk, "text": cast.WORDS, "handle": "somebody", "posted_on": "2026-11-01"}
    return at_case(reported(people=people, post=None, link=""), "/post", copied=copied)


@way(Step.NAME_AUTHOR, at=day(1))
def naming() -> Call:
    said = {"address": "new.address@example.org", "source": "the membership list"}
    return unread(at_case(reported(), "/author", **said))


@way(Step.SET_LANE, at=day(1))
def lane() -> Call:
    return at_case(reported(), "/lane", lane="emergency", reason="It says where she lives.")


@way(Step.CHECK_COMPLAINT, at=day(1))
def complaint() -> Call:
    said = {"complaint": "defamation", "answers": {"words": "That she takes bribes."}}
    return at_case(reported(kind=ReportKind.LEGAL), "/complaint", **said)


@way(Step.HIDE, at=day(0, 13))
def hiding() -> Call:
    return at_case(emergency(), "/hiding", reasons=WHY, codes=["H1"])


@way(Step.UNHIDE, at=day(0, 14))
def unhiding() -> Call:
    matter = emergency()
    hide(matter.pk, reasons=WHY, by=matter.branch.operator, at=day(0, 13))
    return at_case(matter, "/unhiding", reasons=WHY)


@way(Step.SEAL, at=day(1))
def sealing() -> Call:
    return unread(at_case(reported(), "/seal"))


# working on it


@way(Step.WRITE_NOTE, at=day(1))
def note() -> Call:
    return unread(at_case(reported(), "/notes", words="Spoke with the chair."))


@way(Step.ASK_CLARIFICATION, at=day(1))
def question() -> Call:
    return at_case(reported(), "/questions", question="Did you mean the plan?")


@way(Step.ANSWER_IN_COMMENTS, at=day(1))
def comment() -> Call:
    return at_case(reported(), "/comment")


@way(Step.DECIDE, at=day(1))
def comment_that_goes() -> Call:
    return at_case(reported(), "/comment", code="H1")


@way(Step.OFFER_SUPPORT, at=day(1))
def support() -> Call:
    return unread(at_case(reported(), "/support", offered=["talk"], hears="what_matters"))


@way(Step.PUT_BESIDE, at=day(1))
def beside() -> Call:
    matter = reported()
    people = matter.branch
    mark_handle_official(people.place, "harbour", by=people.administrator, at=day(0))
    ours = Account.objects.get(handle="harbour")
    return at_case(matter, "/beside", post=cast.post(people.org, people.place, native_id="88", account=ours).pk)


@way(Step.PUT_BESIDE, at=day(1))
def copied_beside() -> Call:
    return at_case(reported(), "/beside", text="We have read the plan.", url="https://example.org/posts/88")


@way(Step.EXTEND, at=day(1))
def extension() -> Call:
    return at_case(reported(), "/extension", reason="We wait for the place to answer.")


@way(Step.ANSWER_REPORT, at=day(1))
def answer() -> Call:
    return at_case(reported(), "/answers", reports=[1], words=WHY)


@way(Step.LOOK_AGAIN, at=day(3))
def fresh_look() -> Call:
    matter = cast.decided(outcome=Outcome.NO_BREACH)
    file_report(matter.branch.org, cast.a_report(matter.branch, email="late@example.org"), at=day(2))
    return at_case(matter, "/fresh-look", reasons="The later report shows the rest of it.")


# deciding


@way(Step.DECIDE, at=day(1))
def decision() -> Call:
    return at_case(reported(), "/decision", **FOUND)


@way(Step.PROPOSE, at=day(1))
def proposal() -> Call:
    return at_case(reported(), "/proposal", **{**FOUND, "clarity": "unclear"})


def proposed() -> Matter:
    matter = reported()
    propose(matter.pk, cast.a_decision(clarity=Clarity.UNCLEAR), by=matter.branch.operator, at=day(1))
    return matter


@way(Step.CONFIRM_PROPOSAL, at=day(2))
def agreeing() -> Call:
    matter = proposed()
    return at_case(matter, "/second-look", matter.branch.moderator, agrees=True)


@way(Step.DECLINE_PROPOSAL, at=day(2))
def not_agreeing() -> Call:
    matter = proposed()
    return at_case(matter, "/second-look", matter.branch.moderator, agrees=False, reasons=WHY)


@way(Step.LOOK_AFTERWARDS, at=day(2))
def afterwards() -> Call:
    matter = reported(people=cast.branch(moderators=1))
    decide(matter.pk, cast.a_decision(clarity=Clarity.UNCLEAR), by=matter.branch.operator, at=day(1))
    with_secretary(matter, at=day(2))
    return at_case(matter, "/afterwards", secretary(matter), answer="stands", reasons=WHY)


@way(Step.DECIDE_AS_PANEL, at=day(4))
def panel_decision() -> Call:
    matter = reviews.sent_back(cast.branch(moderators=1))
    vote = ballots(matter, carried=True)
    found = {**FOUND, "outcome": "warn"}
    cast.free(matter, matter.branch.panel[0], at=day(4))
    return at_case(matter, "/panel-decision", matter.branch.panel[0], **found, vote=vote)


@way(Step.TAKE_ALONG, at=day(2))
def goes_with() -> Call:
    matter = cast.decided()
    people = matter.branch
    sal = Account.objects.create(org=people.org, platform=people.place, handle="sal", first_seen_at=cast.FOUNDED)
    later = cast.post(
        people.org, people.place, text=f"Seen? {cast.WORDS}", native_id="200", account=sal, posted_at=day(0, 12)
    )
    keep_prints_of([(people.org.pk, later.pk, later.text)])
    return at_case(matter, "/goes-with", going=[{"post": later.pk}], no_part=True)


@way(Step.UNDO, at=day(1))
def undo() -> Call:
    matter = cast.decided()
    (paper,) = matter.papers(Paper.Kind.DECISION)
    return unread(at_case(matter, "/undo", paper=paper.number))


@way(Step.UNDO, at=day(1))
def undo_many() -> Call:
    matter = cast.decided()
    return Call(matter, "/undo", {"cases": [matter.pk]}, by=matter.branch.operator)


@way(Step.DECIDE, at=day(1))
def spam() -> Call:
    matter = reported(kind=ReportKind.SPAM)
    return Call(matter, "/spam", {"cases": [matter.pk], "code": "H1"}, by=matter.branch.operator)


@way(Step.END_MEASURE, at=day(2))
def measure() -> Call:
    matter = reported()
    wanted = (MeasureWanted(MeasureKind.SUSPEND, day(20).date()),)
    decide(matter.pk, cast.a_decision(Outcome.MEASURE, measures=wanted), by=matter.branch.operator, at=day(1))
    number = Measure.objects.get(case=matter.pk).pk
    call = at_case(matter, "", reasons=WHY)
    return Call(matter, f"/measures/{number}/end", call.body, by=call.by, reads=True)


# looking again


@way(Step.RECONSIDER, at=day(3))
def reconsideration() -> Call:
    matter = cast.appealed()
    other = matter.branch.moderator
    assert other is not None
    cast.free(matter, other, at=day(3))
    return at_case(matter, "/reconsideration", other, answer="varied", reasons=WHY, instead={"outcome": "warn"})


@way(Step.CONVENE, at=day(5))
def hearing() -> Call:
    matter = with_secretary(cast.before_executive(), at=day(5))
    return at_case(matter, "/hearing", secretary(matter), meets_at="2026-11-09T19:30:00+00:00", where="The back room")


@way(Step.RECORD_MINUTE, at=day(7))
def minute() -> Call:
    matter = with_secretary(cast.before_executive(), at=day(5))
    said = cast.a_minute(matter)
    votes = [{"person": person, "vote": vote} for person, vote in said.votes.items()]
    met = said.met_on.isoformat()
    return at_case(matter, "/minute", secretary(matter), met_on=met, votes=votes, reasons=said.reasons)


def minuted() -> Matter:
    matter = cast.minuted()
    cast.free(matter, matter.branch.panel[0], at=day(7, 12))
    return matter


@way(Step.CONFIRM_MINUTE, at=day(8))
def confirmation() -> Call:
    matter = minuted()
    number = matter.papers(Paper.Kind.MINUTE)[-1].number
    return unread(at_case(matter, "/minute/confirmation", matter.branch.panel[0], minute=number))


@way(Step.OBJECT_TO_MINUTE, at=day(8))
def objection() -> Call:
    matter = minuted()
    number = matter.papers(Paper.Kind.MINUTE)[-1].number
    return unread(at_case(matter, "/minute/objection", matter.branch.panel[0], minute=number, words="I abstained."))


def a_reopening(*, carried: bool) -> Call:
    matter = cast.finalised(overturned=False)
    met = day(20).date().isoformat()
    said = {"ground": "new_evidence", "reasons": WHY, "met_on": met, **ballots(matter, carried=carried)}
    return at_case(matter, "/reopening", secretary(matter), **said)


@way(Step.REOPEN, at=day(20))
def reopening() -> Call:
    return a_reopening(carried=True)


@way(Step.KEEP_FINAL, at=day(20))
def reopening_not_carried() -> Call:
    return a_reopening(carried=False)


def review() -> tuple[Matter, str]:
    matter = with_secretary(reviews.asked(), at=day(3))
    return matter, f"/reviews/{reviews.number(matter)}"


@way(Step.FORWARD_REVIEW, at=day(3))
def forwarding() -> Call:
    matter, path = review()
    return at_case(matter, f"{path}/forwarding", secretary(matter))


@way(Step.SEND_BACK, at=day(3))
def fresh_decision() -> Call:
    matter, path = review()
    return at_case(matter, f"{path}/fresh-decision", secretary(matter), reasons=WHY)


@way(Step.SEND_BACK, at=day(4))
def vote_that_sends_back() -> Call:
    matter, path = review()
    return at_case(matter, f"{path}/vote", secretary(matter), reasons=WHY, **ballots(matter, carried=True))


@way(Step.ANSWER_REVIEW, at=day(4))
def vote_that_answers() -> Call:
    matter, path = review()
    return at_case(matter, f"{path}/vote", secretary(matter), reasons=WHY, **ballots(matter, carried=False))


# the parties


@way(Step.LODGE_APPEAL, at=day(2))
def appeal() -> Call:
    return of_author(cast.decided(), "/appeal", words=cast.APPEAL)


@way(Step.PUT_TO_EXECUTIVE, at=day(4))
def submission() -> Call:
    return of_author(cast.reconsidered(), "/submission", words=cast.SUBMISSION)


@way(Step.CLARIFY, at=day(2))
def clarification() -> Call:
    matter = reported()
    ask_clarification(matter.pk, question="Did you mean the plan?", by=matter.branch.operator, at=day(1))
    return of_author(matter, "/clarification", did="explained", words="The plan.")


@way(Step.ADD_TO_REPORT, at=day(1))
def addition() -> Call:
    return of_reporter(cast.reported(), "/additions", words="It is still there.")


@way(Step.WITHDRAW_REPORT, at=day(1))
def withdrawal() -> Call:
    return of_reporter(cast.reported(), "/withdrawal")


@way(Step.ASK_FOR_REVIEW, at=day(2))
def asking_for_review() -> Call:
    return of_reporter(cast.decided(outcome=Outcome.NO_BREACH), "/review", words=reviews.WORDS, about=["moderator"])


@way(Step.CHOOSE_NEWS, at=day(1))
def news() -> Call:
    return of_reporter(cast.reported(), "/news", hears="what_matters")


# by hand


@way(Step.TICK_TASK, at=day(2))
def tick() -> Call:
    matter = cast.decided()
    (task, *_more) = matter.tasks()
    return Call(matter, f"/tasks/{task.pk}/tick", {"done": "yes"}, by=matter.branch.operator, is_form=True)


@way(Step.RECORD_DELIVERY, at=day(2))
def letter_that_came_back() -> Call:
    matter = cast.decided()
    (letter, *_more) = matter.letters(cast.AUTHOR_ADDRESS)
    record_sent(letter.pk, at=day(1, 11))
    return Call(matter, f"/letters/{letter.pk}/return", {"note": "Our mailbox says so."}, by=matter.branch.operator)
