"""What was just decided is taken back within a minute, and before anything has left."""

from datetime import timedelta

import pytest

from folkmoot.casefile.access import note_access
from folkmoot.casefile.models import Measure, Paper
from folkmoot.casefile.papers import decision_in_force
from folkmoot.casefile.record import bookmark
from folkmoot.kernel.errors import NotPermitted, StalePage
from folkmoot.outbox.models import Dispatch, Item, Task
from folkmoot.procedure.words import Answer, Clarity, MeasureKind, Outcome, ReportKind, Stage
from folkmoot.steps.claim import claim
from folkmoot.steps.confirm_proposal import confirm_proposal
from folkmoot.steps.decide import decide
from folkmoot.steps.decide_spam import decide_spam
from folkmoot.steps.end_role import end_role
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.measures import MeasureWanted, running
from folkmoot.steps.propose import propose
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.record_delivery import record_sent
from folkmoot.steps.tick_task import tick_task
from folkmoot.steps.undo import undo, undoable
from folkmoot.steps.vary import Instead
from tests import cast
from tests.cast import refused

SOON = timedelta(seconds=59)
BAN = MeasureWanted(MeasureKind.BAN, cast.day(30).date())


@pytest.fixture
def matter():
    """Return a reported case that the first moderator has claimed."""
    matter = cast.reported()
    cast.free(matter, *matter.branch.deciders, at=cast.day(1))
    claim(matter.pk, by=matter.branch.operator, at=cast.day(1))
    return matter


def decide_it(matter, **other):
    return decide(matter.pk, cast.a_decision(**other), by=matter.branch.operator, at=cast.day(1))


def take_back(matter, *, by=None, after=SOON, **other):
    last = matter.case.events.order_by("seq").last()
    return undo(matter.pk, by=by or matter.branch.operator, at=last.at + after, **other)


def as_before(matter):
    """Return the bookmark without what counts papers."""
    return {name: value for name, value in bookmark(matter.case).items() if name != "filed"}


# What it takes back


@pytest.mark.parametrize("outcome", [Outcome.REMOVE, Outcome.WARN, Outcome.NO_BREACH])
def test_the_case_stands_where_it_stood_and_the_clocks_run_on(matter, outcome):
    before, duties = as_before(matter), matter.duties()
    decision = decide_it(matter, outcome=outcome)
    paper = take_back(matter)
    assert (as_before(matter), matter.duties()) == (before, duties)
    assert (paper.kind, paper.answers, paper.facts) == (Paper.Kind.UNDO, decision, {"undone": decision.number})
    assert decision_in_force(matter.case) is None
    assert matter.tasks() == []


def test_no_letter_of_it_ever_leaves(matter):
    decide_it(matter)
    take_back(matter)
    about = [letter for letter in matter.letters() if letter.kind != "report_received"]
    assert {letter.state for letter in about} == {Dispatch.State.CANCELLED}
    assert {letter.to for letter in about} == {cast.AUTHOR_ADDRESS, cast.REPORTER_ADDRESS}


def test_a_removal_that_nobody_has_acted_on_leaves_the_post_alone(matter):
    decide_it(matter)
    take_back(matter)
    item = Item.objects.get(post=matter.branch.post)
    assert (item.wanted, item.observed) == ("visible", "visible")


def test_where_somebody_had_opened_the_task_somebody_looks_whether_the_post_is_there(matter):
    decide_it(matter)
    [task] = matter.tasks()
    note_access(matter.branch.org, f"task {task.pk}", by=matter.branch.moderator, at=cast.day(1), case=matter.case)
    take_back(matter)
    assert [task.op for task in matter.tasks()] == [Task.Op.LOOK]
    assert Item.objects.get(post=matter.branch.post).observed == "uncertain"


def test_where_somebody_had_opened_the_task_of_a_measure_it_is_lifted(matter):
    decide_it(matter, measures=[BAN])
    ban = matter.tasks()[1]
    note_access(matter.branch.org, f"task {ban.pk}", by=matter.branch.moderator, at=cast.day(1), case=matter.case)
    take_back(matter)
    assert [(task.op, task.measure) for task in matter.tasks()] == [(Task.Op.END_MEASURE, ban.measure)]


def test_spam_is_taken_back_like_anything_else():
    matter = cast.reported(kind=ReportKind.SPAM)
    decide_spam(matter.pk, code="H1", by=matter.branch.operator, at=cast.day(1))
    take_back(matter)
    assert (matter.case.stage, matter.case.outcome, matter.tasks()) == (Stage.RECEIVED, "", [])


def test_what_was_taken_back_can_be_decided_again(matter):
    decide_it(matter)
    take_back(matter)
    decide(matter.pk, cast.a_decision(Outcome.WARN), by=matter.branch.operator, at=cast.day(1, 11))
    assert (matter.case.stage, matter.case.outcome) == (Stage.DECIDED, Outcome.WARN)


def test_a_letter_that_nobody_can_mail_need_not_be_handed_over_any_more():
    people = cast.branch(contact=False)
    matter = cast.decided(people, outcome=Outcome.WARN)
    assert [task.op for task in matter.tasks()] == [Task.Op.HAND_OVER_NOTICE]
    take_back(matter)
    assert matter.tasks() == []


def test_a_letter_that_somebody_has_opened_to_hand_it_over_may_be_with_its_author():
    people = cast.branch(contact=False)
    matter = cast.decided(people, outcome=Outcome.WARN)
    [task] = matter.tasks()
    note_access(people.org, f"task {task.pk}", by=people.moderator, at=cast.day(1), case=matter.case)
    with refused(NotPermitted, "to hand it over"):
        take_back(matter)
    assert matter.tasks() == [task]


def test_the_author_s_link_is_good_for_nothing(matter):
    decide_it(matter)
    grant = matter.grant
    take_back(matter)
    decide_it(matter)
    with refused(NotPermitted, "was taken back"):
        lodge_appeal(matter.pk, words=cast.APPEAL, by=grant, at=cast.day(2))


def test_measures_are_ended_and_nobody_is_asked_to_lift_what_nobody_put_in_place(matter):
    decide_it(matter, measures=[BAN])
    paper = take_back(matter)
    [measure] = Measure.objects.all()
    assert (measure.ended_by, measure.ended_at) == (paper, paper.at)
    assert matter.tasks() == []


def test_an_overturned_decision_stands_again_with_its_measures():
    matter = cast.reported()
    people = matter.branch
    cast.free(matter, *people.deciders, at=cast.day(1))
    decide(matter.pk, cast.a_decision(measures=[BAN]), by=people.operator, at=cast.day(1))
    removal, ban = matter.tasks()
    tick_task(removal.pk, done=True, by=people.operator, at=cast.day(1))
    tick_task(ban.pk, done=True, by=people.operator, at=cast.day(1))
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=cast.day(2))
    before, duties = as_before(matter), matter.duties()
    reconsider(matter.pk, answer=Answer.OVERTURNED, reasons=cast.REASONS, by=people.moderator, at=cast.day(3))
    assert [task.op for task in matter.tasks()] == [Task.Op.RESTORE, Task.Op.END_MEASURE]
    take_back(matter, by=people.moderator)
    assert (as_before(matter), matter.duties(), matter.tasks()) == (before, duties, [])
    assert Measure.objects.get().ended_at is None
    assert Item.objects.get(post=people.post).wanted == "gone"


def test_an_ended_measure_runs_again_where_another_beside_it_was_not_touched():
    matter = cast.reported()
    people = matter.branch
    cast.free(matter, *people.deciders, at=cast.day(1))
    closed = MeasureWanted(MeasureKind.CLOSE_THREAD, BAN.until)
    decide(matter.pk, cast.a_decision(measures=[BAN, closed]), by=people.operator, at=cast.day(1))
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=cast.day(2))
    less = Instead(Outcome.MEASURE, [BAN])
    reconsider(matter.pk, answer=Answer.VARIED, reasons=cast.REASONS, instead=less, by=people.moderator, at=cast.day(3))
    assert [one.kind for one in running(matter.case)] == [MeasureKind.BAN]
    take_back(matter, by=people.moderator)
    assert {one.kind for one in running(matter.case)} == {MeasureKind.BAN, MeasureKind.CLOSE_THREAD}


def test_a_proposal_is_taken_back(matter):
    before = as_before(matter)
    propose(matter.pk, cast.a_decision(clarity=Clarity.UNCLEAR), by=matter.branch.operator, at=cast.day(1))
    take_back(matter)
    assert as_before(matter) == before
    asked = [letter for letter in matter.letters() if letter.kind == "second_look_asked"]
    assert {letter.state for letter in asked} == {Dispatch.State.CANCELLED}


def test_a_confirmed_proposal_that_is_taken_back_goes_back_to_the_queue(matter):
    propose(matter.pk, cast.a_decision(clarity=Clarity.UNCLEAR), by=matter.branch.operator, at=cast.day(1))
    confirm_proposal(matter.pk, by=matter.branch.moderator, at=cast.day(1, 11))
    take_back(matter, by=matter.branch.moderator)
    assert (matter.case.stage, matter.case.outcome, matter.tasks()) == (Stage.RECEIVED, "", [])
    assert [owed for _, owed, _ in matter.duties()] == ["report"]


def test_a_lone_moderator_s_unclear_decision_taken_back_is_looked_at_by_nobody():
    matter = cast.reported(cast.branch(moderators=1))
    cast.free(matter, matter.branch.operator, at=cast.day(1))
    decide_it(matter, clarity=Clarity.UNCLEAR)
    assert [owed for _, owed, _ in matter.duties()] == ["look_after"]
    take_back(matter)
    assert [owed for _, owed, _ in matter.duties()] == ["report"]


# What is refused


def test_a_minute_later_it_is_too_late(matter):
    decide_it(matter)
    with refused(NotPermitted, "60 seconds only"):
        take_back(matter, after=timedelta(seconds=60))


def test_only_whoever_decided_takes_it_back(matter):
    decide_it(matter)
    stranger = cast.outsider()
    for by, says in ((matter.branch.moderator, "Only whoever has decided"), (stranger, "another organisation")):
        with refused(NotPermitted, says):
            take_back(matter, by=by)


def test_a_decision_of_somebody_who_came_later_is_not_taken_back_by_who_was_here_before():
    matter = cast.reported()
    people = matter.branch
    cast.free(matter, people.operator, people.moderator, at=cast.day(1))
    decide(matter.pk, cast.a_decision(), by=people.moderator, at=cast.day(1))
    with refused(NotPermitted, "Only whoever has decided"):
        undo(matter.pk, by=people.operator, at=cast.day(1))


def test_whoever_lost_their_role_since_takes_nothing_back(matter):
    decide_it(matter)
    people = matter.branch
    end_role(people.operator, "moderator", by=people.administrator, at=cast.day(1))
    with refused(NotPermitted, "no longer hold the role"):
        take_back(matter)


def test_it_is_taken_back_once(matter):
    decide_it(matter)
    take_back(matter, after=timedelta(seconds=5))
    with refused(NotPermitted, "taken it back already"):
        take_back(matter, after=timedelta(seconds=5))


def test_a_page_about_another_decision_takes_nothing_back(matter):
    decision = decide_it(matter)
    take_back(matter)
    decide(matter.pk, cast.a_decision(), by=matter.branch.operator, at=cast.day(1, 11))
    with refused(StalePage, "decided anew"):
        take_back(matter, read=decision.number)


def test_once_a_letter_has_left_nothing_is_taken_back(matter):
    decide_it(matter)
    [letter] = matter.letters(cast.AUTHOR_ADDRESS)
    record_sent(letter.pk, at=cast.day(1) + timedelta(seconds=3))
    with refused(NotPermitted, "A letter about it has left"):
        undo(matter.pk, by=matter.branch.operator, at=cast.day(1) + SOON)


def test_a_letter_of_before_that_leaves_in_that_minute_hinders_nobody(matter):
    decide_it(matter)
    [receipt] = [letter for letter in matter.letters() if letter.kind == "report_received"]
    record_sent(receipt.pk, at=cast.day(1) + timedelta(seconds=3))
    undo(matter.pk, by=matter.branch.operator, at=cast.day(1) + SOON)
    assert matter.case.stage == Stage.RECEIVED


def test_once_somebody_has_acted_nothing_is_taken_back(matter):
    decide_it(matter)
    tick_task(matter.tasks()[0].pk, done=True, by=matter.branch.moderator, at=cast.day(1) + timedelta(seconds=3))
    with refused(NotPermitted, "something else has happened"):
        undo(matter.pk, by=matter.branch.operator, at=cast.day(1) + SOON)


def test_what_nobody_decided_is_not_taken_back(matter):
    with refused(NotPermitted, "nothing to take back"):
        take_back(matter)


def test_in_an_emergency_letters_leave_at_once_so_nothing_is_taken_back():
    matter = cast.reported(kind=ReportKind.THREAT)
    cast.free(matter, matter.branch.operator, at=cast.day(1))
    decide_it(matter)
    [letter] = matter.letters(cast.AUTHOR_ADDRESS)
    assert letter.next_at == cast.day(1)
    with refused(NotPermitted, "In an emergency letters leave at once"):
        take_back(matter)


def test_until_when_it_can_be_taken_back_is_told_to_whoever_decided(matter):
    decision = decide_it(matter)
    found = undoable(matter.case, matter.branch.operator, at=cast.day(1) + SOON)
    assert (found.paper, found.until) == (decision, cast.day(1) + timedelta(seconds=60))
