"""A letter is served when it has not come back for three days; the time to appeal runs from when it left."""

from datetime import datetime, timedelta

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.kernel.errors import NotPermitted
from folkmoot.kernel.times import months_after
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.outbox.promise import HANDED_OVER_WITHIN
from folkmoot.procedure.words import Outcome, Stage
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.make_final import make_final
from folkmoot.steps.record_delivery import record_failure, record_sent
from folkmoot.steps.record_return import record_bounce
from folkmoot.steps.record_served import record_not_served, record_served
from folkmoot.steps.service import service_pending
from folkmoot.steps.tick_task import tick_task
from folkmoot.worker import service
from folkmoot.worker.service import serve
from tests import cast
from tests.cast import refused

pytestmark = pytest.mark.django_db
THREE_DAYS = timedelta(hours=72)


def outcomes(matter):
    return [paper.facts["outcome"] for paper in matter.papers(Paper.Kind.DELIVERY)]


def author_letter(matter):
    return matter.letters(cast.AUTHOR_ADDRESS)[0]


def the_task(matter):
    [task] = [task for task in matter.tasks() if task.op == Task.Op.HAND_OVER_NOTICE]
    return task


def half_a_year_from(at: datetime) -> datetime:
    return months_after(at, months=6, zone="Europe/London")


def test_a_letter_is_served_after_three_days_exactly_once():
    matter = cast.decided()
    left = cast.day(1, minute=1)
    record_sent(author_letter(matter).pk, at=left)
    assert serve(at=left + THREE_DAYS - timedelta(seconds=1)) == 0
    assert serve(at=left + THREE_DAYS) == 1
    before = cast.everything()
    assert serve(at=left + THREE_DAYS) == 0
    assert record_served(author_letter(matter).pk, at=left + THREE_DAYS) is False
    assert cast.everything() == before
    assert author_letter(matter).served_at == left + THREE_DAYS
    assert outcomes(matter) == ["sent", "served"]
    assert cast.lay_open(matter.branch.org) == []


def test_letters_to_reporters_are_served_too_and_letters_to_officers_are_only_sent():
    matter = cast.before_executive()
    for letter in matter.letters():
        record_sent(letter.pk, at=cast.day(4, minute=2))
    serve(at=cast.day(9))
    told = {letter.audience for letter in matter.letters() if letter.served_at}
    assert told == {"author", "reporter"}
    assert {letter.audience for letter in matter.letters()} > told


def test_a_letter_that_left_on_time_can_be_appealed_until_the_day_that_it_says():
    matter = cast.decided()
    said = matter.case.settles_at
    cast.served(matter)
    assert matter.case.settles_at == said == half_a_year_from(cast.day(1))


def test_a_letter_that_left_late_can_be_appealed_for_six_months_from_when_it_left():
    matter = cast.decided()
    late = cast.day(1) + timedelta(hours=70)
    cast.served(matter, at=late)
    assert matter.case.settles_at == half_a_year_from(late)
    lodge_appeal(matter.pk, words="I disagree.", by=matter.grant, at=half_a_year_from(late))


def test_what_was_handed_over_late_can_be_appealed_for_six_months_from_then():
    matter = cast.decided(cast.branch(contact=False))
    tick_task(the_task(matter).pk, done=True, by=matter.branch.operator, at=cast.day(20))
    assert matter.case.settles_at == half_a_year_from(cast.day(20))
    assert cast.lay_open(matter.branch.org) == []


def test_what_cannot_be_served_can_be_appealed_for_six_months_from_when_that_was_known_and_becomes_final_then():
    matter = cast.decided(cast.branch(contact=False))
    tick_task(the_task(matter).pk, done=False, note="He left.", by=matter.branch.operator, at=cast.day(20))
    ends = half_a_year_from(cast.day(20))
    assert matter.case.settles_at == ends
    assert make_final(matter.pk, at=ends - timedelta(seconds=1)) is False
    assert make_final(matter.pk, at=ends) is True


def test_what_nobody_hands_over_is_recorded_as_not_served_after_four_weeks_once_and_the_task_stays():
    matter = cast.decided(cast.branch(contact=False))
    at = cast.day(1) + HANDED_OVER_WITHIN
    assert serve(at=at - timedelta(seconds=1)) == 0
    assert serve(at=at) == 1
    assert serve(at=at + timedelta(days=30)) == 0
    assert record_not_served(the_task(matter).pk, at=at) is False
    assert outcomes(matter) == ["not_served"]
    assert matter.case.settles_at == half_a_year_from(at)
    tick_task(the_task(matter).pk, done=True, by=matter.branch.operator, at=at + timedelta(days=60))
    assert matter.case.settles_at == half_a_year_from(at + timedelta(days=60))


def test_nothing_becomes_final_before_its_author_is_told_or_known_not_to_be():
    matter = cast.decided()
    years_later = cast.day(2000)  # the worker was away: nothing has left
    assert service_pending(matter.case)
    assert make_final(matter.pk, at=years_later) is False
    lodge_appeal(matter.pk, words="I only hear of it now.", by=matter.grant, at=years_later)
    assert matter.case.stage == Stage.APPEALED


def test_what_is_refused_by_mail_and_by_hand_is_not_served_and_still_ends():
    matter = cast.decided()
    record_failure(author_letter(matter).pk, error="refused: 550", lasting=True, at=cast.day(1, minute=1))
    assert make_final(matter.pk, at=matter.case.settles_at) is False
    serve(at=the_task(matter).lapses_at)
    assert make_final(matter.pk, at=matter.case.settles_at) is True


def test_a_bounce_in_the_three_days_keeps_a_letter_from_being_served():
    matter = cast.decided()
    letter = author_letter(matter)
    record_sent(letter.pk, at=cast.day(1, minute=1))
    assert record_bounce(letter.message_id, status="5.1.1", at=cast.day(3)) is True
    assert serve(at=cast.day(5)) == 0
    assert outcomes(matter) == ["sent", "returned"]
    assert service_pending(matter.case)


def test_the_answer_to_an_appeal_runs_from_its_own_letter_and_no_older_one_moves_it():
    matter = cast.reconsidered()
    said = matter.case.settles_at
    first, *_others, answer = [letter for letter in matter.letters() if letter.audience == "author"]
    record_sent(first.pk, at=cast.day(60))
    record_served(first.pk, at=cast.day(63))
    assert matter.case.settles_at == said
    record_sent(answer.pk, at=cast.day(60))
    record_served(answer.pk, at=cast.day(63))
    assert matter.case.settles_at == half_a_year_from(cast.day(60))


def test_where_nobody_is_told_anything_a_case_ends_by_itself_as_before():
    matter = cast.decided(outcome=Outcome.NO_BREACH)
    assert not service_pending(matter.case)
    assert make_final(matter.pk, at=matter.case.settles_at) is True


def test_after_its_time_an_appeal_is_refused_to_who_was_told():
    matter = cast.served(cast.decided())
    with refused(NotPermitted, "The time for this ended on"):
        lodge_appeal(matter.pk, words="Late.", by=matter.grant, at=matter.case.settles_at + timedelta(seconds=1))


def test_letters_of_installs_from_before_are_never_waited_for():
    matter = cast.decided()
    Dispatch.objects.update(state=Dispatch.State.SENT, sent_at=cast.day(1), audience="")
    assert not service_pending(matter.case)
    assert serve(at=cast.day(300)) == 0
    Dispatch.objects.update(state=Dispatch.State.WAITING, sent_at=None)  # as the record has it


def test_a_worker_killed_while_it_serves_records_each_once(monkeypatch):
    matter = cast.decided()
    for letter in matter.letters():
        record_sent(letter.pk, at=cast.day(1, minute=2))

    def killed_at_the_second(dispatch_id, *, at, done=[]):  # noqa: B006
        if done:
            raise KeyboardInterrupt
        done.append(dispatch_id)
        return record_served(dispatch_id, at=at)

    monkeypatch.setattr(service, "record_served", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        serve(at=cast.day(9))
    monkeypatch.undo()
    assert serve(at=cast.day(9)) == 2
    assert outcomes(matter).count("served") == 3
