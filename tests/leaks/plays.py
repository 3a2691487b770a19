"""Whole matters, from the report to the end. Each yields whenever its author has something new to read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from folkmoot.archive.models import Account, Post
from folkmoot.casefile.models import Duty, Paper
from folkmoot.procedure.words import Answer, Ballot, Clarity, MeasureKind, Outcome, Reopening, ReportKind, Vote
from folkmoot.steps.ask_clarification import ask_clarification
from folkmoot.steps.ask_for_review import ask_for_review
from folkmoot.steps.clarify import Did, clarify
from folkmoot.steps.confirm_proposal import confirm_proposal
from folkmoot.steps.convene import Meeting, convene
from folkmoot.steps.decide import decide
from folkmoot.steps.decide_spam import decide_spam
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.enter_post import SeenPost, enter_post
from folkmoot.steps.hand_over import hand_over
from folkmoot.steps.hide import hide
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.look_afterwards import look_afterwards
from folkmoot.steps.measures import MeasureWanted
from folkmoot.steps.object_to_minute import object_to_minute
from folkmoot.steps.propose import propose
from folkmoot.steps.put_beside import put_beside
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.record_minute import record_minute
from folkmoot.steps.reopen import Why, reopen
from folkmoot.steps.send_back import send_back
from folkmoot.steps.tick_task import tick_task
from folkmoot.steps.unhide import unhide
from folkmoot.steps.vary import Instead
from folkmoot.steps.vote import Motion
from folkmoot.steps.write_note import write_note
from tests import cast
from tests.cast import FOUNDED, Branch, Matter, branch, day, free
from tests.leaks.reporters import Reporters

NOTE = "Between us: the chair plays bowls with her."
INTEREST = "She is my cousin."
OBJECTION = "I was out of the room."
NECESSITY = "All of us went to school with her."
VOTED = "Two of us found the leaflet in the harbour office."
AT = "Library, upstairs"


@dataclass(frozen=True)
class Play:
    """A matter: in which kind of report it begins, the people it needs, and what happens after the report."""

    kind: ReportKind
    people: dict[str, Any]
    act: Callable[[Matter], Iterator[datetime]]
    only_link: bool = False  # nobody knows the post: there is a link, as whoever reported copied it


def begin(play: Play, reporters: Reporters) -> tuple[Matter, Iterator[datetime]]:
    """Let the post be reported, and return the matter with what happens then."""
    people = branch(**play.people)
    matter = Matter(people, reporters(people, play.kind, only_link=play.only_link))
    return matter, play.act(matter)


def to_the_end(m: Matter) -> Iterator[datetime]:
    """Removed, appealed, before the Executive by way of a wrong minute, final; opened again, and overturned."""
    people = m.branch
    write_note(m.pk, words=NOTE, by=people.operator, at=day(1))
    _decided(m)
    tick_task(m.tasks()[0].pk, done=True, by=people.operator, at=day(1))
    yield day(1, 12)
    lodge_appeal(m.pk, words=cast.APPEAL, by=m.grant, at=day(2))
    yield day(2, 12)
    _answered(m, Answer.STANDS)
    yield day(3, 12)
    put_to_executive(m.pk, words=cast.SUBMISSION, by=m.grant, at=day(4))
    declare_interest(m.pk, interested=True, nature=INTEREST, by=people.panel[3], at=day(4))
    convene(m.pk, Meeting(day(7, 19), AT), by=_secretary(people), at=day(5))
    yield day(5, 12)
    aside = [people.panel[3].pk]
    record_minute(m.pk, cast.a_minute(m, aside=aside), by=_secretary(people), at=day(8))
    object_to_minute(m.pk, words=OBJECTION, by=people.panel[0], at=day(8))
    record_minute(m.pk, cast.a_minute(m, aside=aside, overturned=False), by=_secretary(people), at=day(9))
    yield day(9, 12)
    cast.confirm(m, *people.panel[:3], at=day(10))
    yield day(10, 12)
    vote = Motion(dict.fromkeys((person.pk for person in people.panel[:3]), Ballot.FOR), aside)
    why = Why(Reopening.NEW_EVIDENCE, VOTED)
    reopen(m.pk, why, motion=vote, met_on=day(20).date(), by=_secretary(people), at=day(20))
    yield day(20, 12)
    minute = cast.a_minute(m, aside=aside, met_on=day(21).date())
    record_minute(m.pk, minute, by=_secretary(people), at=day(21))
    cast.confirm(m, *people.panel[:3], at=day(22))
    yield day(22, 12)


def milder_and_milder(m: Matter) -> Iterator[datetime]:
    """Removed with a suspension, varied on appeal, varied again by the Executive."""
    until = day(30).date()
    _decided(m, measures=[MeasureWanted(MeasureKind.SUSPEND, until)])
    yield day(1, 12)
    lodge_appeal(m.pk, words=cast.APPEAL, by=m.grant, at=day(2))
    sooner = MeasureWanted(MeasureKind.SUSPEND, day(14).date())
    _answered(m, Answer.VARIED, instead=Instead(Outcome.MEASURE, [sooner]))
    yield day(3, 12)
    put_to_executive(m.pk, words=cast.SUBMISSION, by=m.grant, at=day(4))
    people = m.branch
    votes = dict(zip((person.pk for person in people.panel), [Vote.VARIED] * 3, strict=False))
    minute = cast.a_minute(m, votes=votes, instead=Instead(Outcome.WARN))
    record_minute(m.pk, minute, by=_secretary(people), at=day(7))
    cast.confirm(m, *people.panel[:3], at=day(8))
    yield day(8, 12)


def asked_then_looked_at_twice(m: Matter) -> Iterator[datetime]:
    """Unclear: the author is asked, our own post lies beside it, a second moderator agrees; it is overturned."""
    people = m.branch
    free(m, people.operator, people.moderator or people.operator, at=day(1))
    ask_clarification(m.pk, question="Do you mean the councillor, or the plan?", by=people.operator, at=day(1))
    yield day(1, 12)
    clarify(m.pk, did=Did.EXPLAINED, words="The plan, of course.", by=m.grant, at=day(2))
    ours = Account.objects.create(
        org=people.org, platform=people.place, handle="harbour", name="Harbour", first_seen_at=FOUNDED, official=True
    )
    post = cast.post(people.org, people.place, native_id="7", text="The plan saves the old harbour.", account=ours)
    put_beside(m.pk, post, by=people.operator, at=day(2))
    propose(m.pk, cast.a_decision(clarity=Clarity.UNCLEAR), by=people.operator, at=day(2))
    yield day(2, 12)
    confirm_proposal(m.pk, by=people.moderator or people.operator, at=day(3))
    yield day(3, 12)
    lodge_appeal(m.pk, words=cast.APPEAL, by=m.grant, at=day(4))
    late = _late(m)
    yield late
    secretary = _secretary(people)
    free(m, secretary, at=late)
    reconsider(m.pk, answer=Answer.OVERTURNED, reasons=cast.REASONS, by=secretary, at=late)
    yield late


def a_warning(m: Matter) -> Iterator[datetime]:
    """Warned, after the moderators were late and the Secretary was added."""
    secretary = _secretary(m.branch)
    hand_over(m.receipt.paper.duties.get().pk, at=day(8))
    free(m, secretary, at=day(9))
    decide(m.pk, cast.a_decision(Outcome.WARN), by=secretary, at=day(9))
    yield day(9, 12)


def a_warning_about_a_link(m: Matter) -> Iterator[datetime]:
    """Warned, though no copy is kept of the words; the letter has to be handed over."""
    free(m, m.branch.operator, at=day(1))
    decide(m.pk, cast.a_decision(Outcome.WARN, passage=""), by=m.branch.operator, at=day(1))
    yield day(1, 12)


def copied_down(m: Matter) -> Iterator[datetime]:
    """Nobody knows the post: a moderator copies it down, by the link that whoever reported gave, and it is removed."""
    seen = SeenPost(m.branch.place, cast.WORDS, handle="rowan.pike", url=m.case.link)
    enter_post(m.pk, seen, by=m.branch.operator, at=day(1))
    _decided(m)
    yield day(1, 12)


def never_let_through(m: Matter) -> Iterator[datetime]:
    """A held post is rejected."""
    Post.objects.filter(pk=m.branch.post.pk).update(state=Post.State.HELD)
    _decided(m, outcome=Outcome.REJECT)
    yield day(1, 12)


def hidden_meanwhile(m: Matter) -> Iterator[datetime]:
    """Hidden in a fast lane, shown again, hidden again, then warned."""
    by = m.branch.operator
    free(m, by, at=day(1))
    hide(m.pk, reasons=cast.REASONS, codes=["H1"], by=by, at=day(1))
    yield day(1, 12)
    unhide(m.pk, reasons="It can stay until somebody has decided.", by=by, at=day(2))
    yield day(2, 12)
    decide(m.pk, cast.a_decision(Outcome.WARN), by=by, at=day(3))
    yield day(3, 12)


def one_alone(m: Matter) -> Iterator[datetime]:
    """A lone moderator acts with caution; the Secretary looks afterwards, and it is lifted."""
    _decided(m, clarity=Clarity.UNCLEAR)
    yield day(1, 12)
    secretary = _secretary(m.branch)
    free(m, secretary, at=day(2))
    look_afterwards(m.pk, answer=Answer.OVERTURNED, reasons=cast.REASONS, by=secretary, at=day(2))
    yield day(2, 12)


def by_necessity(m: Matter) -> Iterator[datetime]:
    """The only one there is has an interest, and acts by necessity, twice."""
    by = m.branch.operator
    declare_interest(m.pk, interested=True, nature=INTEREST, by=by, at=day(1))
    decide(m.pk, cast.a_decision(), by=by, at=day(1), necessity=NECESSITY)
    yield day(1, 12)
    lodge_appeal(m.pk, words=cast.APPEAL, by=m.grant, at=day(2))
    reconsider(m.pk, answer=Answer.STANDS, reasons=cast.REASONS, by=by, at=day(3), necessity=NECESSITY)
    yield day(3, 12)


def left_first_then_removed(m: Matter) -> Iterator[datetime]:
    """No breach; whoever reported is not satisfied, and a moderator who had no part decides afresh."""
    people = m.branch
    _decided(m, outcome=Outcome.NO_BREACH, codes=[])
    ask_for_review(m.pk, words="You did not read the second half!!!", by=m.receipt.grant, at=day(2))
    secretary = _secretary(people)
    free(m, secretary, people.moderator or people.operator, at=day(3))
    review = m.papers(Paper.Kind.REVIEW_REQUEST)[-1].number
    send_back(m.pk, review=review, reasons="The second half was not looked at.", by=secretary, at=day(3))
    decide(m.pk, cast.a_decision(), by=people.moderator or people.operator, at=day(4))
    yield day(4, 12)


def spam(m: Matter) -> Iterator[datetime]:
    """Spam, with one tap."""
    decide_spam(m.pk, code="H1", by=m.branch.operator, at=day(1))
    yield day(1, 12)


PLAYS = {
    "to the end": Play(ReportKind.ATTACK, {}, to_the_end),
    "milder and milder": Play(ReportKind.ATTACK, {}, milder_and_milder),
    "asked, then looked at twice": Play(ReportKind.ATTACK, {}, asked_then_looked_at_twice),
    "a warning": Play(ReportKind.ATTACK, {}, a_warning),
    "by hand": Play(ReportKind.ATTACK, {"contact": False}, a_warning),
    "a link and no copy": Play(ReportKind.ATTACK, {}, a_warning_about_a_link, only_link=True),
    "copied down": Play(ReportKind.ATTACK, {}, copied_down, only_link=True),
    "never let through": Play(ReportKind.ATTACK, {}, never_let_through),
    "hidden in an emergency": Play(ReportKind.THREAT, {}, hidden_meanwhile),
    "hidden for a complaint": Play(ReportKind.LEGAL, {}, hidden_meanwhile),
    "one alone": Play(ReportKind.ATTACK, {"moderators": 1}, one_alone),
    "by necessity": Play(ReportKind.ATTACK, {"moderators": 1, "secretary": False, "panel": 0}, by_necessity),
    "left first, then removed": Play(ReportKind.ATTACK, {}, left_first_then_removed),
    "spam": Play(ReportKind.SPAM, {}, spam),
}
SEALED = (NOTE, INTEREST, OBJECTION, NECESSITY, VOTED, AT)


def _decided(m: Matter, outcome: Outcome = Outcome.REMOVE, **other: Any) -> None:
    free(m, m.branch.operator, at=day(1))
    decide(m.pk, cast.a_decision(outcome, **other), by=m.branch.operator, at=day(1))


def _answered(m: Matter, answer: Answer, *, instead: Instead | None = None) -> None:
    by = m.branch.moderator or m.branch.operator
    free(m, by, at=day(3))
    reconsider(m.pk, answer=answer, reasons=cast.REASONS, instead=instead, by=by, at=day(3))


def _late(m: Matter) -> datetime:
    """Let the time to answer the appeal pass; return when the Secretary has been added."""
    duty = Duty.objects.get(case=m.pk, owed="appeal", met_at=None)
    late = day(10, 9)
    assert duty.due_at < late
    hand_over(duty.pk, at=late)
    return late


def _secretary(people: Branch) -> Any:
    return people.secretary
