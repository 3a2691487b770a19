"""A moderator looks again (Mf): it stands, or it is overturned; an appeal never makes things worse."""

from datetime import UTC, datetime, timedelta

import pytest

from folkmoot.casefile.models import Duty
from folkmoot.kernel.errors import BadInput, NotPermitted, StalePage
from folkmoot.outbox.models import Item, Task
from folkmoot.procedure.words import Answer, Outcome, Role, Stage
from folkmoot.steps.add_to_report import add_to_report
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.end_role import end_role
from folkmoot.steps.hand_over import hand_over
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.tick_task import tick_task
from tests import cast
from tests.cast import refused


@pytest.fixture
def people():
    return cast.branch()


@pytest.fixture
def matter(people):
    """Return an appeal; everybody who might answer it has said that they have no interest."""
    matter = cast.appealed(people)
    cast.free(matter, *people.deciders, people.secretary, at=cast.day(3))
    return matter


def answer_it(matter, *, by=None, answer=Answer.STANDS, reasons=cast.REASONS, at=None, seen=None):
    by = by or matter.branch.moderator
    return reconsider(matter.pk, answer=answer, reasons=reasons, by=by, at=at or cast.day(3), seen=seen)


def test_a_decision_that_stands_can_be_put_to_the_executive(matter):
    paper = answer_it(matter)
    case = matter.case
    assert (case.stage, case.standing, case.outcome) == (Stage.RECONSIDERED, True, Outcome.REMOVE)
    assert case.settles_at == datetime(2027, 5, 5, 22, 59, 59, tzinfo=UTC)
    assert matter.duties() == []
    assert paper.facts == {"answer": "stands", "same_moderator": False}
    body = matter.letters(cast.AUTHOR_ADDRESS)[-1].paper.words["body"]
    assert cast.REASONS in body
    assert "You may put your case, in writing, to the Executive" in body
    assert "until Wednesday 5 May 2027" in body
    assert "Only one moderator" not in body


def test_an_overturned_decision_asks_for_the_post_back_and_tells_both_sides(matter):
    answer_it(matter, answer=Answer.OVERTURNED)
    assert not matter.case.standing
    assert [task.op for task in matter.tasks()] == [Task.Op.RESTORE]
    assert [task.op for task in matter.tasks(state=Task.State.SUPERSEDED)] == [Task.Op.REMOVE]
    assert Item.objects.get(post=matter.branch.post).wanted == Item.Visibility.VISIBLE
    letter = matter.letters(cast.AUTHOR_ADDRESS)[-1]
    assert letter.subject == "Your appeal: the decision is overturned"
    assert "You may put your case" not in letter.paper.words["body"]
    assert matter.letters(cast.REPORTER_ADDRESS)[-1].kind == "reporter_news"


def test_a_post_that_was_taken_down_already_is_asked_back_too(matter):
    [task] = matter.tasks()
    tick_task(task.pk, done=True, by=matter.branch.operator, at=cast.day(2))
    assert Item.objects.get(post=matter.branch.post).observed == Item.Visibility.GONE
    answer_it(matter, answer=Answer.OVERTURNED)
    assert [task.op for task in matter.tasks()] == [Task.Op.RESTORE]


def test_an_overturned_warning_asks_for_nothing_at_the_place():
    matter = cast.decided(outcome=Outcome.WARN)
    lodge_appeal(matter.pk, words="I disagree.", by=matter.grant, at=cast.day(2))
    cast.free(matter, matter.branch.moderator, at=cast.day(3))
    answer_it(matter, answer=Answer.OVERTURNED)
    assert matter.tasks() == []
    assert not matter.case.standing


def test_what_was_overturned_needs_no_executive(matter):
    answer_it(matter, answer=Answer.OVERTURNED)
    with refused(NotPermitted, "nothing left to put to the Executive"):
        put_to_executive(matter.pk, words="Still.", by=matter.grant, at=cast.day(4))


def test_reasons_are_owed(matter):
    with refused(BadInput, "Please write your reasons", field="reasons"):
        answer_it(matter, reasons="No.")


def test_a_page_that_is_out_of_date_answers_nothing(matter):
    seen = matter.case.seq
    add_to_report(matter.pk, words="And this.", by=matter.receipt.grant, at=cast.day(3))
    with refused(StalePage, "what is new"):
        answer_it(matter, seen=seen)


# Who looks again


def test_who_decided_does_not_look_again_while_another_is_free(matter):
    with refused(NotPermitted, "Another moderator is free"):
        answer_it(matter, by=matter.branch.operator)


@pytest.mark.parametrize("why", ["has an interest", "wrote it", "reported it", "left"])
def test_who_decided_looks_again_when_the_other_cannot_and_the_letter_says_so(people, why):
    if why == "wrote it":
        cast.own(people, people.moderator)
    if why == "reported it":
        matter = cast.reported(people, email=people.moderator.email)
    matter = cast.appealed(people)
    cast.free(matter, people.operator, at=cast.day(3))
    if why == "has an interest":
        declare_interest(matter.pk, interested=True, by=people.moderator, at=cast.day(3))
    if why == "left":
        end_role(people.moderator, Role.MODERATOR, by=cast.SYSTEM, at=cast.day(3))
    paper = answer_it(matter, by=people.operator, at=cast.day(3, hour=11))
    assert paper.facts["same_moderator"] is True
    body = matter.letters(cast.AUTHOR_ADDRESS)[-1].paper.words["body"]
    assert "the person who made the first decision also looked at your appeal" in body


def test_a_lone_moderator_looks_again_and_the_letter_says_so():
    matter = cast.reconsidered(cast.branch(moderators=1))
    body = matter.letters(cast.AUTHOR_ADDRESS)[-1].paper.words["body"]
    assert "Only one moderator is free to look at this matter" in body
    assert matter.branch.operator.name not in body


@pytest.mark.parametrize("involved", ["own", "interest"])
def test_who_is_involved_never_looks_again(matter, people, involved):
    if involved == "own":
        cast.own(people, people.moderator)
    else:
        declare_interest(matter.pk, interested=True, by=people.moderator, at=cast.day(3))
    with refused(NotPermitted, "somebody else has to act"):
        answer_it(matter)


def test_the_secretary_answers_once_added(matter, people):
    with refused(NotPermitted, "Only the moderators"):
        answer_it(matter, by=people.secretary)
    late = matter.case.due_at + timedelta(seconds=1)
    hand_over(Duty.objects.get(case=matter.pk, met_at=None).pk, at=late)
    answer_it(matter, by=people.secretary, at=late)
    assert matter.case.stage == Stage.RECONSIDERED
    assert not Duty.objects.filter(case=matter.pk, met_at=None).exists()


def test_a_decided_case_without_an_appeal_is_not_looked_at_again():
    matter = cast.decided()
    cast.free(matter, matter.branch.moderator, at=cast.day(2))
    with refused(NotPermitted, "(reconsider) cannot be done while the case is decided"):
        answer_it(matter)
