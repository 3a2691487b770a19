"""Somebody says that a letter came back: it counts as not arrived, and another way is looked for."""

from datetime import timedelta

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.steps.record_delivery import record_sent
from folkmoot.steps.record_return import record_bounce, record_return
from tests import cast
from tests.cast import refused

NOTE = "Our mailbox says that there is no such address."


@pytest.fixture
def matter():
    found = cast.decided()
    for letter in found.letters():
        record_sent(letter.pk, at=cast.day(1, minute=2))
    return found


def author_letter(matter):
    return matter.letters(cast.AUTHOR_ADDRESS)[0]


def say(matter, *, by=None, note=NOTE, letter=None):
    letter = letter or author_letter(matter)
    return record_return(letter.pk, note=note, by=by or matter.branch.operator, at=cast.day(2))


def test_what_a_person_says_is_on_the_record_with_how_they_know(matter):
    paper = say(matter)
    assert (paper.facts["outcome"], paper.words["note"]) == ("returned", NOTE)
    assert paper.by == f"person:{matter.branch.operator.pk}"
    assert author_letter(matter).state == Dispatch.State.RETURNED
    assert [task.op for task in matter.tasks()] == [Task.Op.REMOVE, Task.Op.HAND_OVER_NOTICE]
    assert matter.case.events.latest("seq").by == paper.by


def test_long_after_a_person_may_still_say_so(matter):
    paper = record_return(author_letter(matter).pk, note=NOTE, by=matter.branch.secretary, at=cast.day(100))
    assert paper.facts["outcome"] == "returned"


@pytest.mark.parametrize(("late", "believed"), [(timedelta(), True), (timedelta(seconds=1), False)])
def test_a_delivery_report_is_believed_for_two_weeks(matter, late, believed):
    letter = author_letter(matter)
    assert record_bounce(letter.message_id, status="5.1.1", at=letter.sent_at + timedelta(days=14) + late) is believed


def test_after_the_end_another_way_is_looked_for_too():
    matter = cast.finalised()
    letter = matter.letters(cast.AUTHOR_ADDRESS)[-1]
    record_sent(letter.pk, at=cast.day(8, minute=2))
    say(matter, letter=letter)
    assert Task.Op.HAND_OVER_NOTICE in {task.op for task in matter.tasks()}


def test_it_comes_back_once_whoever_says_so(matter):
    say(matter)
    with refused(NotPermitted, "written down already"):
        say(matter, by=matter.branch.secretary)
    assert record_bounce(author_letter(matter).message_id, status="5.1.1", at=cast.day(2)) is False
    outcomes = [paper.facts["outcome"] for paper in matter.papers(Paper.Kind.DELIVERY)]
    assert outcomes.count("returned") == 1


def test_what_has_not_left_cannot_have_come_back():
    matter = cast.decided()
    with refused(NotPermitted, "has not left"):
        say(matter)


def test_how_one_knows_is_asked_for(matter):
    with refused(BadInput, "how you know", field="note"):
        say(matter, note="")


def test_whoever_is_part_of_the_matter_may_not_say_so(matter):
    cast.own(matter.branch, matter.branch.operator)
    with refused(NotPermitted, "from an account of yours"):
        say(matter)


def test_neither_strangers_nor_members_without_a_role_may(matter):
    with refused(NotPermitted, "Only people with a role"):
        say(matter, by=matter.branch.target)
    outsider = cast.outsider()
    with refused(NotPermitted, "belongs to another organisation"):
        say(matter, by=outsider)


def test_a_message_id_that_nobody_knows_changes_nothing(matter):
    before = cast.everything()
    assert record_bounce("<nobody@example.org>", status="5.1.1", at=cast.day(2)) is False
    assert cast.everything() == before
