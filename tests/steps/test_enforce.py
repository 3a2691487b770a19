"""What is wanted of a post is recomputed from everything that stands: reversing one case never undoes another."""

from datetime import timedelta

import pytest

from folkmoot.archive.models import Post
from folkmoot.kernel.errors import NotPermitted
from folkmoot.outbox.models import Item, Task
from folkmoot.procedure.words import Answer, Ballot, Outcome, Reopening, ReportKind
from folkmoot.steps.decide import decide
from folkmoot.steps.hide import hide
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.make_final import make_final
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.record_minute import record_minute
from folkmoot.steps.reopen import Why, reopen
from folkmoot.steps.tick_task import tick_task
from folkmoot.steps.undo import undo
from folkmoot.steps.unhide import unhide
from folkmoot.steps.vote import Motion
from tests import cast
from tests.cast import refused

SOON = timedelta(seconds=20)
REMOVE, RESTORE, HIDE, UNHIDE = Task.Op.REMOVE, Task.Op.RESTORE, Task.Op.HIDE, Task.Op.UNHIDE


@pytest.fixture
def first():
    """Return a removal that the Executive let stand on day 8."""
    return cast.finalised(overturned=False)


def decided_again(first, day, outcome=Outcome.REMOVE):
    """Return the case of a later report of the same post, decided on `day`."""
    people = first.branch
    again = cast.reported(people, at=cast.day(day))
    cast.free(again, people.moderator, people.operator, at=cast.day(day))
    decide(again.pk, cast.a_decision(outcome), by=people.moderator, at=cast.day(day))
    return again


def taken_back(matter, day):
    undo(matter.pk, by=matter.branch.moderator, at=cast.day(day) + SOON)


def overturned_on_appeal(matter, day):
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=cast.day(day))
    reconsider(
        matter.pk, answer=Answer.OVERTURNED, reasons=cast.REASONS, by=matter.branch.operator, at=cast.day(day, 11)
    )


def settled(matter, day):
    cast.served(matter)
    assert make_final(matter.pk, at=cast.day(day))


def overturned_by_executive(matter, day):
    """Let the Executive open a final case again, and overturn it."""
    people, at = matter.branch, cast.day(day)
    ballots = {person.pk: Ballot.FOR for person in people.panel[:3]}
    why = Why(Reopening.NEW_EVIDENCE, "Two members found the leaflet that the post quotes.")
    reopen(matter.pk, why, motion=Motion(ballots), met_on=at.date(), by=people.secretary, at=at)
    record_minute(matter.pk, cast.a_minute(matter, met_on=at.date()), by=people.secretary, at=cast.day(day, 11))
    cast.confirm(matter, *people.panel[:3], at=cast.day(day, 12))
    assert not matter.case.standing


def wanted(matter):
    return Item.objects.get(post=matter.branch.post).wanted


def asked():
    """Return what is open: each task's operation and case."""
    open_tasks = Task.objects.filter(state=Task.State.OPEN, op__in=Task.POST_OPS).order_by("pk")
    return [(Task.Op(task.op), task.case_id) for task in open_tasks]


# Two removals of one post


def test_the_later_one_is_taken_back_and_the_earlier_one_keeps_the_post_away(first):
    again = decided_again(first, 20)
    assert asked() == [(REMOVE, again.pk)]
    taken_back(again, 20)
    assert (wanted(first), asked()) == ("gone", [(REMOVE, first.pk)])


def test_what_somebody_has_removed_already_is_not_asked_for_again(first):
    [task] = first.tasks()
    tick_task(task.pk, done=True, by=first.branch.operator, at=cast.day(9))
    again = decided_again(first, 20)
    taken_back(again, 20)
    assert (wanted(first), asked()) == ("gone", [])
    assert Item.objects.get(post=first.branch.post).observed == "gone"


def test_the_later_one_is_overturned_and_then_the_earlier_one(first):
    again = decided_again(first, 20)
    overturned_on_appeal(again, 21)
    assert (wanted(first), asked()) == ("gone", [(REMOVE, first.pk)])
    settled(again, 300)
    overturned_by_executive(first, 301)
    assert (wanted(first), asked()) == ("visible", [(RESTORE, first.pk)])


def test_the_earlier_one_is_overturned_and_then_the_later_one(first):
    again = decided_again(first, 20)
    settled(again, 300)
    overturned_by_executive(first, 301)
    assert (wanted(first), asked()) == ("gone", [(REMOVE, again.pk)])
    overturned_by_executive(again, 310)
    assert (wanted(first), asked()) == ("visible", [(RESTORE, again.pk)])


def test_a_post_that_was_to_come_back_still_is_when_its_next_removal_is_taken_back():
    first = cast.finalised(overturned=True)
    assert asked() == [(RESTORE, first.pk)]
    again = decided_again(first, 20)
    taken_back(again, 20)
    assert (wanted(first), asked()) == ("visible", [(RESTORE, again.pk)])


def test_a_post_that_came_back_is_left_alone_when_its_next_removal_is_taken_back():
    first = cast.finalised(overturned=True)
    tick_task(first.tasks()[0].pk, done=True, by=first.branch.operator, at=cast.day(9))
    again = decided_again(first, 20)
    taken_back(again, 20)
    assert (wanted(first), asked()) == ("visible", [])


def test_a_later_finding_that_it_may_stay_does_not_bring_back_what_another_took_away(first):
    decided_again(first, 20, Outcome.NO_BREACH)
    assert (wanted(first), asked()) == ("gone", [(REMOVE, first.pk)])


# Late actions


def test_a_removal_ticked_after_its_case_was_overturned_is_refused_and_says_where_to_go():
    matter = cast.appealed()
    [removal] = matter.tasks()
    cast.free(matter, matter.branch.moderator, at=cast.day(3))
    reconsider(matter.pk, answer=Answer.OVERTURNED, reasons=cast.REASONS, by=matter.branch.moderator, at=cast.day(3))
    with refused(NotPermitted, "Please look at the newer one"):
        tick_task(removal.pk, done=True, by=matter.branch.operator, at=cast.day(4))
    assert Item.objects.get(post=matter.branch.post).observed == "visible"


def test_a_removal_ticked_after_it_was_taken_back_is_refused_and_says_what_to_do(first):
    again = decided_again(first, 20)
    [removal] = again.tasks()
    taken_back(again, 20)
    with refused(NotPermitted, "no longer wanted"):
        tick_task(removal.pk, done=True, by=first.branch.operator, at=cast.day(21))


# Hidden for now


@pytest.fixture
def complaint():
    matter = cast.reported(kind=ReportKind.LEGAL)
    cast.free(matter, *matter.branch.deciders, at=cast.day(0))
    hide(matter.pk, reasons=cast.REASONS, by=matter.branch.operator, at=cast.day(0))
    return matter


def test_a_hidden_post_is_hidden_only_once_somebody_has_said_so(complaint):
    assert (wanted(complaint), asked()) == ("hidden", [(HIDE, complaint.pk)])
    assert Item.objects.get(post=complaint.branch.post).observed == "visible"
    tick_task(complaint.tasks()[0].pk, done=True, by=complaint.branch.operator, at=cast.day(0, 11))
    assert Item.objects.get(post=complaint.branch.post).observed == "hidden"


def test_what_was_hidden_and_is_found_no_breach_is_shown_again(complaint):
    decide(complaint.pk, cast.a_decision(Outcome.NO_BREACH), by=complaint.branch.operator, at=cast.day(1))
    assert (wanted(complaint), asked()) == ("visible", [(UNHIDE, complaint.pk)])


def test_a_decision_taken_back_leaves_what_was_hidden_hidden(complaint):
    tick_task(complaint.tasks()[0].pk, done=True, by=complaint.branch.operator, at=cast.day(0, 11))
    decide(complaint.pk, cast.a_decision(Outcome.NO_BREACH), by=complaint.branch.operator, at=cast.day(1))
    undo(complaint.pk, by=complaint.branch.operator, at=cast.day(1) + SOON)
    assert complaint.case.hidden
    assert (wanted(complaint), asked()) == ("hidden", [])


def test_a_hiding_that_nobody_had_ticked_is_asked_for_again_when_the_decision_is_taken_back(complaint):
    decide(complaint.pk, cast.a_decision(), by=complaint.branch.operator, at=cast.day(1))
    assert (wanted(complaint), asked()) == ("gone", [(REMOVE, complaint.pk)])
    undo(complaint.pk, by=complaint.branch.operator, at=cast.day(1) + SOON)
    assert (wanted(complaint), asked()) == ("hidden", [(HIDE, complaint.pk)])


def test_a_hiding_that_is_lifted_shows_nothing_that_a_decision_keeps_away(first):
    people = first.branch
    again = cast.reported(people, at=cast.day(20), kind=ReportKind.LEGAL)
    cast.free(again, people.moderator, at=cast.day(20))
    hide(again.pk, reasons=cast.REASONS, by=people.moderator, at=cast.day(20))
    assert (wanted(first), asked()) == ("gone", [(REMOVE, first.pk)])
    unhide(again.pk, reasons=cast.REASONS, by=people.moderator, at=cast.day(21))
    assert (wanted(first), asked()) == ("gone", [(REMOVE, first.pk)])


# A post that waits for approval


def test_a_rejection_taken_back_lets_the_post_wait_as_before():
    people = cast.branch()
    Post.objects.update(state=Post.State.HELD)
    matter = cast.reported(people)
    cast.free(matter, people.operator, at=cast.day(1))
    decide(matter.pk, cast.a_decision(Outcome.REJECT), by=people.operator, at=cast.day(1))
    assert (wanted(matter), asked()) == ("gone", [(Task.Op.REJECT, matter.pk)])
    undo(matter.pk, by=people.operator, at=cast.day(1) + SOON)
    assert (wanted(matter), asked()) == ("held", [])


# A case without its post in the archive


def test_a_link_without_a_post_is_asked_for_and_asked_back_too():
    matter = cast.reported(post=None, link="https://example.org/somewhere", quoted="A crook.")
    people = matter.branch
    cast.free(matter, people.operator, people.moderator, at=cast.day(1))
    decide(matter.pk, cast.a_decision(passage=""), by=people.operator, at=cast.day(1))
    assert asked() == [(REMOVE, matter.pk)]
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=cast.day(2))
    reconsider(matter.pk, answer=Answer.OVERTURNED, reasons=cast.REASONS, by=people.moderator, at=cast.day(3))
    assert asked() == [(RESTORE, matter.pk)]


def test_a_link_that_somebody_has_removed_is_not_asked_for_again_when_what_overturned_it_is_taken_back():
    matter = cast.reported(post=None, link="https://example.org/somewhere", quoted="A crook.")
    people = matter.branch
    cast.free(matter, people.operator, people.moderator, at=cast.day(1))
    decide(matter.pk, cast.a_decision(passage=""), by=people.operator, at=cast.day(1))
    [removal] = [task for task in matter.tasks() if task.op == REMOVE]
    tick_task(removal.pk, done=True, by=people.operator, at=cast.day(1, 11))
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=cast.day(2))
    reconsider(matter.pk, answer=Answer.OVERTURNED, reasons=cast.REASONS, by=people.moderator, at=cast.day(3))
    assert asked() == [(RESTORE, matter.pk)]
    taken_back(matter, 3)
    assert asked() == []
