"""What became of a letter stands in the case file."""

from datetime import timedelta

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.outbox.models import Attempt, Dispatch, Task
from folkmoot.outbox.promise import promise_mail
from folkmoot.steps.record_delivery import record_failure, record_no_mail, record_sent
from tests import cast


@pytest.fixture
def matter():
    return cast.decided()


def author_letter(matter):
    return matter.letters(cast.AUTHOR_ADDRESS)[0]


def deliveries(matter):
    return [paper.facts["outcome"] for paper in matter.papers(Paper.Kind.DELIVERY)]


def fail(letter, at, *, lasting=False):
    record_failure(letter.pk, error="refused: 451", lasting=lasting, at=at)
    letter.refresh_from_db()


def test_a_letter_that_left_is_on_the_record_once(matter):
    letter = author_letter(matter)
    record_sent(letter.pk, at=cast.day(1, minute=2))
    before = cast.everything()
    record_sent(letter.pk, at=cast.day(1, minute=3))
    assert cast.everything() == before
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, letter.tries) == (Dispatch.State.SENT, cast.day(1, minute=2), 1)
    assert deliveries(matter) == ["sent"]
    assert matter.papers(Paper.Kind.DELIVERY)[0].answers == letter.paper


def test_a_letter_that_failed_is_tried_again_with_growing_pauses(matter):
    letter, at, pauses = author_letter(matter), cast.day(1), []
    for _ in range(11):
        fail(letter, at)
        assert letter.state == Dispatch.State.WAITING
        pauses.append(int((letter.next_at - at).total_seconds() // 60))
        at = letter.next_at
    assert pauses == [1, 2, 5, 15, 30, 60, 120, 240, 480, 480, 480]
    assert deliveries(matter) == []
    assert Attempt.objects.filter(dispatch=letter, outcome="failed").count() == 11


def test_after_72_hours_it_is_given_up_and_somebody_has_to_find_another_way(matter):
    letter = author_letter(matter)
    fail(letter, letter.made_at + timedelta(hours=72))
    assert letter.state == Dispatch.State.WAITING
    fail(letter, letter.made_at + timedelta(hours=72, seconds=1))
    assert letter.state == Dispatch.State.GIVEN_UP
    assert deliveries(matter) == ["given_up"]
    [task] = [task for task in matter.tasks() if task.op == Task.Op.HAND_OVER_NOTICE]
    assert (task.paper, task.grant) == (letter.paper, matter.grant)


def test_a_lasting_refusal_is_given_up_at_once(matter):
    letter = author_letter(matter)
    fail(letter, cast.day(1), lasting=True)
    assert letter.state == Dispatch.State.GIVEN_UP
    assert letter.last_error == "refused: 451"


def test_a_reporter_s_letter_that_is_given_up_asks_nobody_for_anything(matter):
    letter = matter.letters(cast.REPORTER_ADDRESS)[0]
    fail(letter, cast.day(1), lasting=True)
    assert deliveries(matter) == ["given_up"]
    assert [task.op for task in matter.tasks()] == [Task.Op.REMOVE]


def test_a_failure_that_comes_after_another_worker_got_it_through_changes_nothing(matter):
    letter = author_letter(matter)
    record_sent(letter.pk, at=cast.day(1))
    before = cast.everything()
    fail(letter, cast.day(1))
    assert cast.everything() == before


def test_deliveries_are_noted_after_the_end_too():
    matter = cast.finalised()
    letter = matter.letters(cast.AUTHOR_ADDRESS)[-1]
    record_sent(letter.pk, at=cast.day(8, minute=5))
    assert deliveries(matter) == ["sent"]


def test_a_mail_that_belongs_to_no_case_is_no_paper(db):
    mail = promise_mail(
        org=None, kind="sign_in", to="a@example.org", subject="Code", body="...", marker="m", at=cast.day(0)
    )
    record_sent(mail.pk, at=cast.day(0))
    assert not Paper.objects.exists()


def test_nobody_is_asked_to_hand_over_what_has_left_or_belongs_to_no_case(matter):
    letter = author_letter(matter)
    record_sent(letter.pk, at=cast.day(1))
    mail = promise_mail(
        org=None, kind="sign_in", to="a@example.org", subject="Code", body="...", marker="m", at=cast.day(1)
    )
    before = cast.everything()
    assert [record_no_mail(one.pk, at=cast.day(1, 11)) for one in (letter, mail)] == [False, False]
    assert cast.everything() == before
