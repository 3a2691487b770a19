"""Those who sat confirm the record, or object; then it is final (Mg)."""

from datetime import timedelta

import pytest

from folkmoot.casefile.models import Paper, Reading
from folkmoot.casefile.record import label
from folkmoot.kernel.errors import BadInput, NotPermitted, StalePage
from folkmoot.outbox.models import Dispatch, Item, Task
from folkmoot.procedure.words import Outcome, Role, Stage
from folkmoot.steps.confirm_minute import confirm_minute
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.end_role import end_role
from folkmoot.steps.file_report import file_report
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.make_final import make_final, settles_by_silence
from folkmoot.steps.object_to_minute import object_to_minute
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.record_delivery import record_failure
from folkmoot.steps.record_minute import record_minute
from tests import cast
from tests.cast import refused


@pytest.fixture
def matter():
    return cast.minuted()


def final_letters(matter):
    return [letter for letter in matter.letters(cast.AUTHOR_ADDRESS) if letter.kind == "executive_decided"]


# Final by confirmation


def test_it_is_final_when_the_last_who_sat_confirms(matter):
    first, second, third, _ = matter.branch.panel
    assert confirm_minute(matter.pk, by=first, at=cast.day(8)) is False
    assert confirm_minute(matter.pk, by=second, at=cast.day(8)) is False
    assert matter.case.stage == Stage.MINUTED
    assert confirm_minute(matter.pk, by=third, at=cast.day(8)) is True
    case = matter.case
    assert (case.stage, case.standing, case.settles_at, case.due_at) == (Stage.FINAL, False, None, None)
    assert matter.duties() == []


def test_nobody_is_asked_any_more_to_confirm_what_is_final(matter):
    cast.confirm(matter, *matter.branch.panel[:3])
    letters = Dispatch.objects.filter(case=matter.pk, kind="minute_to_confirm")
    assert {letter.state for letter in letters} == {Dispatch.State.CANCELLED}
    assert cast.lay_open(matter.branch.org) == []


def test_the_author_gets_the_reasons_and_the_numbers_and_no_names(matter):
    cast.confirm(matter, *matter.branch.panel[:3])
    [letter] = final_letters(matter)
    body = letter.paper.words["body"]
    assert letter.subject == "The Executive's decision: overturned"
    assert "which may be called a waste" in body
    assert "3 members of the Executive sat." in body
    assert "This decision is final" in body
    assert not any(person.name in body for person in matter.branch.people.values())


def test_overturned_means_that_the_post_is_asked_back_and_both_sides_hear(matter):
    cast.confirm(matter, *matter.branch.panel[:3])
    assert [task.op for task in matter.tasks()] == [Task.Op.RESTORE]
    assert Item.objects.get(post=matter.branch.post).wanted == Item.Visibility.VISIBLE
    assert matter.letters(cast.REPORTER_ADDRESS)[-1].kind == "reporter_news"


def test_a_decision_that_stands_leaves_the_removal_wanted():
    matter = cast.finalised(overturned=False)
    assert matter.case.standing
    assert [task.op for task in matter.tasks()] == [Task.Op.REMOVE]
    assert final_letters(matter)[0].subject == "The Executive's decision: it stands"
    assert matter.letters(cast.REPORTER_ADDRESS)[-1].kind == "reporter_news"


def test_another_standing_decision_keeps_the_post_away():
    people = cast.branch()
    first = cast.finalised(people, overturned=False)
    second = cast.finalised(people, overturned=True)
    assert second.pk != first.pk
    assert Item.objects.get(post=people.post).wanted == Item.Visibility.GONE
    assert Task.Op.RESTORE not in {task.op for task in second.tasks()}


def test_who_confirmed_already_is_thanked_and_nothing_happens(matter):
    confirm_minute(matter.pk, by=matter.branch.panel[0], at=cast.day(8))
    with refused(NotPermitted, "You have confirmed this minute already"):
        confirm_minute(matter.pk, by=matter.branch.panel[0], at=cast.day(8))


def test_only_who_sat_confirms(matter):
    people = matter.branch
    for other in (people.panel[3], people.secretary, people.operator):
        with refused(NotPermitted, "Only those who are recorded as having sat"):
            confirm_minute(matter.pk, by=other, at=cast.day(8))


def test_a_member_whose_term_ended_since_confirms_the_vote_they_gave(matter):
    end_role(matter.branch.panel[0], Role.EXECUTIVE, by=cast.SYSTEM, at=cast.day(8))
    confirm_minute(matter.pk, by=matter.branch.panel[0], at=cast.day(8, hour=11))
    assert len(matter.papers(Paper.Kind.CONFIRMATION)) == 1


def test_nothing_is_confirmed_before_there_is_a_minute():
    matter = cast.before_executive()
    with refused(NotPermitted, "Only those who are recorded"):
        confirm_minute(matter.pk, by=matter.branch.panel[0], at=cast.day(5))


# Final by 48 hours


def test_without_an_objection_it_is_final_after_48_hours_and_not_before(matter):
    settles = cast.day(7) + timedelta(hours=48)
    cast.told(matter)
    assert matter.case.settles_at == settles == settles_by_silence(matter.case)
    before = cast.everything()
    assert make_final(matter.pk, at=settles - timedelta(microseconds=1)) is False
    assert cast.everything() == before
    assert make_final(matter.pk, at=settles) is True
    assert matter.case.stage == Stage.FINAL
    assert len(final_letters(matter)) == 1


def opened(matter, person, *, at):
    Reading.objects.create(org=matter.branch.org, case=matter.case, by=label(person), what="confirmation", at=at)


def test_nobody_agrees_by_silence_to_what_they_were_not_told(matter):
    first, second, third, _ = matter.branch.panel
    cast.told(matter, first, second)
    [letter] = [letter for letter in matter.letters(third.email) if letter.kind == "minute_to_confirm"]
    record_failure(letter.pk, error="no such mailbox", lasting=True, at=cast.day(7))
    before = cast.everything()
    assert settles_by_silence(matter.case) is None
    assert make_final(matter.pk, at=cast.day(300)) is False
    assert cast.everything() == before
    cast.confirm(matter, third, at=cast.day(301))
    assert make_final(matter.pk, at=cast.day(301)) is True


def test_the_48_hours_run_from_when_the_last_was_told(matter):
    first, second, third, _ = matter.branch.panel
    cast.told(matter, first, second)
    cast.told(matter, third, at=cast.day(20))
    assert settles_by_silence(matter.case) == cast.day(22)
    opened(matter, third, at=cast.day(12))  # earlier than the letter left
    assert settles_by_silence(matter.case) == cast.day(14)
    assert make_final(matter.pk, at=cast.day(14) - timedelta(microseconds=1)) is False
    assert make_final(matter.pk, at=cast.day(14)) is True
    assert cast.lay_open(matter.branch.org) == []


def test_what_was_told_of_an_earlier_minute_does_not_count_for_the_next(matter):
    cast.told(matter)
    for person in matter.branch.panel[:3]:
        opened(matter, person, at=cast.day(7, 11))
    object_to_minute(matter.pk, words="I abstained.", by=matter.branch.panel[0], at=cast.day(8))
    record_minute(matter.pk, cast.a_minute(matter), by=matter.branch.secretary, at=cast.day(8))
    assert settles_by_silence(matter.case) is None
    assert make_final(matter.pk, at=cast.day(300)) is False


def test_it_becomes_final_once_whoever_sweeps(matter):
    cast.told(matter)
    make_final(matter.pk, at=cast.day(9))
    before = cast.everything()
    assert make_final(matter.pk, at=cast.day(9)) is False
    assert cast.everything() == before


def test_a_confirmation_after_the_end_is_thanked(matter):
    cast.told(matter)
    make_final(matter.pk, at=cast.day(9))
    with refused(NotPermitted, "This case is final already. Thank you"):
        confirm_minute(matter.pk, by=matter.branch.panel[0], at=cast.day(10))


# Objections


def test_an_objection_takes_the_effect_away_and_the_recorder_hears(matter):
    member, secretary = matter.branch.panel[2], matter.branch.secretary
    paper = object_to_minute(matter.pk, words="I abstained.", by=member, at=cast.day(8))
    assert paper.words == {"words": "I abstained."}
    case = matter.case
    assert (case.stage, case.settles_at, case.standing) == (Stage.BEFORE_EXECUTIVE, None, True)
    assert matter.duties()[0][:2] == ("executive", "submission")
    assert matter.letters(secretary.email)[-1].kind == "minute_objected"
    assert make_final(matter.pk, at=cast.day(30)) is False
    assert final_letters(matter) == []


def test_the_meeting_is_recorded_again_and_confirmations_start_anew(matter):
    first, second, third, _ = matter.branch.panel
    confirm_minute(matter.pk, by=first, at=cast.day(8))
    object_to_minute(matter.pk, words="I voted the other way.", by=third, at=cast.day(8))
    with refused(NotPermitted, "(confirm minute) cannot be done while the case is before executive"):
        confirm_minute(matter.pk, by=second, at=cast.day(8))
    record_minute(matter.pk, cast.a_minute(matter), by=matter.branch.secretary, at=cast.day(8))
    cast.confirm(matter, second, third)
    assert matter.case.stage == Stage.MINUTED
    cast.confirm(matter, first)
    assert matter.case.stage == Stage.FINAL


def test_nobody_answers_for_a_minute_that_they_have_not_read(matter):
    first, second, third, _ = matter.branch.panel
    read = matter.papers(Paper.Kind.MINUTE)[-1].number
    object_to_minute(matter.pk, words="I voted the other way.", by=third, at=cast.day(8), read=read)
    record_minute(matter.pk, cast.a_minute(matter), by=matter.branch.secretary, at=cast.day(8))
    with refused(StalePage, "recorded anew"):
        confirm_minute(matter.pk, by=first, at=cast.day(8), read=read)
    with refused(StalePage, "recorded anew"):
        object_to_minute(matter.pk, words="Wrong.", by=second, at=cast.day(8), read=read)
    confirm_minute(matter.pk, by=first, at=cast.day(8), read=matter.papers(Paper.Kind.MINUTE)[-1].number)


def test_who_confirmed_may_still_object(matter):
    confirm_minute(matter.pk, by=matter.branch.panel[0], at=cast.day(8))
    object_to_minute(matter.pk, words="On second reading it is wrong.", by=matter.branch.panel[0], at=cast.day(8))
    assert matter.case.stage == Stage.BEFORE_EXECUTIVE


def test_an_objection_says_what_is_wrong(matter):
    with refused(BadInput, "what is wrong in the record", field="words"):
        object_to_minute(matter.pk, words="", by=matter.branch.panel[0], at=cast.day(8))


def test_only_who_sat_objects(matter):
    people = matter.branch
    for other in (people.panel[3], people.secretary):
        with refused(NotPermitted, "Only those who are recorded as having sat"):
            object_to_minute(matter.pk, words="Wrong.", by=other, at=cast.day(8))


def test_after_the_end_nobody_objects(matter):
    cast.told(matter)
    make_final(matter.pk, at=cast.day(9))
    with refused(NotPermitted, "while the case is final"):
        object_to_minute(matter.pk, words="Too late.", by=matter.branch.panel[0], at=cast.day(10))


# Final because nobody went on


@pytest.mark.parametrize("stage", ["decided", "reconsidered"])
def test_a_decision_that_nobody_contests_in_time_becomes_final(stage):
    matter = cast.served(getattr(cast, stage)())
    ends = matter.case.settles_at
    assert make_final(matter.pk, at=ends - timedelta(seconds=1)) is False
    assert make_final(matter.pk, at=ends) is True
    assert matter.case.stage == Stage.FINAL
    assert matter.case.standing
    assert final_letters(matter) == []


@pytest.mark.parametrize("stage", ["reported", "appealed", "before_executive"])
def test_what_waits_for_an_answer_never_becomes_final_by_itself(stage):
    matter = getattr(cast, stage)()
    assert make_final(matter.pk, at=cast.day(2000)) is False


# The end


def test_nothing_moves_after_the_end():
    matter = cast.finalised()
    people, author = matter.branch, matter.grant
    steps = [
        lambda: cast.decide(matter.pk, cast.a_decision(), by=people.operator, at=cast.day(9)),
        lambda: lodge_appeal(matter.pk, words="Again.", by=author, at=cast.day(9)),
        lambda: record_minute(matter.pk, cast.a_minute(matter), by=people.secretary, at=cast.day(9)),
        lambda: declare_interest(matter.pk, interested=True, by=people.operator, at=cast.day(9)),
        lambda: object_to_minute(matter.pk, words="No.", by=people.panel[0], at=cast.day(9)),
    ]
    for step in steps:
        with refused(NotPermitted, "final"):
            step()
    stands = cast.finalised(cast.branch(name="Another branch"), overturned=False)
    with refused(NotPermitted, "final"):
        put_to_executive(stands.pk, words="Again.", by=stands.grant, at=cast.day(9))


def test_a_new_report_of_the_same_post_leaves_the_final_case_as_it_is():
    matter = cast.finalised()
    head = matter.case.head
    again = file_report(matter.branch.org, cast.a_report(matter.branch), at=cast.day(30))
    assert again.case.pk != matter.pk
    assert matter.case.head == head


def test_a_warning_that_is_overturned_at_the_end_asks_for_nothing_at_the_place():
    people = cast.branch()
    matter = cast.decided(people, outcome=Outcome.WARN)
    lodge_appeal(matter.pk, words="I disagree.", by=matter.grant, at=cast.day(2))
    cast.free(matter, people.moderator, at=cast.day(3))
    cast.reconsider(matter.pk, answer=cast.Answer.STANDS, reasons=cast.REASONS, by=people.moderator, at=cast.day(3))
    put_to_executive(matter.pk, words="Please.", by=matter.grant, at=cast.day(4))
    record_minute(matter.pk, cast.a_minute(matter), by=people.secretary, at=cast.day(7))
    cast.confirm(matter, *people.panel[:3])
    assert not matter.case.standing
    assert matter.tasks() == []
