"""When and where the Executive hears a case: said by the Secretary, told to those who may sit (Mg)."""

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.kernel.errors import BadInput, NotPermitted, StalePage
from folkmoot.procedure.words import Role, Stage
from folkmoot.steps.convene import Meeting, convene, meeting_of
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.end_role import end_role
from folkmoot.steps.give_role import give_role
from tests import cast
from tests.cast import refused

MEETING = Meeting(cast.day(7, hour=19, minute=30), "Library, upstairs")


@pytest.fixture
def people():
    return cast.branch()


@pytest.fixture
def matter(people):
    return cast.before_executive(people)


def call(matter, meeting=MEETING, *, by=None, at=None, seen=None):
    return convene(matter.pk, meeting, by=by or matter.branch.secretary, at=at or cast.day(5), seen=seen)


def called(matter):
    return [letter for letter in matter.letters() if letter.kind == "convened"]


def test_each_member_who_may_sit_is_told_when_where_and_by_which_link(matter, people):
    paper = call(matter)
    assert paper.facts == {"meets_at": "2026-11-09T19:30:00.000000+00:00", "ordinary": False}
    assert [letter.to for letter in called(matter)] == [person.email for person in people.panel]
    body = called(matter)[0].paper.words["body"]
    assert "19:30 on Monday 9 November 2026" in body
    assert "Library, upstairs" in body
    assert f"/panel/cases/{matter.pk}/" in body
    assert "say whether you have an interest" in body
    assert matter.case.stage == Stage.BEFORE_EXECUTIVE


def test_it_may_be_heard_at_the_ordinary_meeting(matter):
    call(matter, Meeting(MEETING.meets_at, MEETING.where, ordinary=True))
    assert "at its ordinary meeting" in called(matter)[0].paper.words["body"]


def test_the_letter_quotes_nobody_and_names_no_party(matter):
    call(matter)
    text = called(matter)[0].paper.words["body"]
    for secret in (cast.WORDS, "crook", "Rowan", cast.REPORTER_NAME, cast.SUBMISSION):
        assert secret not in text


def test_who_decided_or_has_an_interest_is_not_called(people):
    give_role(people.operator, Role.EXECUTIVE, by=cast.SYSTEM, at=cast.FOUNDED)
    matter = cast.before_executive(people)
    declare_interest(matter.pk, interested=True, by=people.panel[0], at=cast.day(5))
    call(matter)
    assert [letter.to for letter in called(matter)] == [person.email for person in people.panel[1:]]


def test_another_time_is_told_again_and_counts(matter, people):
    call(matter)
    later = Meeting(cast.day(9, hour=19), "The hall")
    second = call(matter, later, at=cast.day(6))
    assert meeting_of(matter.case) == second
    assert len(called(matter)) == 2 * len(people.panel)


def test_a_member_convenes_only_where_no_secretary_is_free(matter, people):
    with refused(NotPermitted, "The Secretary convenes"):
        call(matter, by=people.panel[0])
    declare_interest(matter.pk, interested=True, by=people.secretary, at=cast.day(5))
    with refused(NotPermitted, "You have said that you have an interest"):
        call(matter)
    call(matter, by=people.panel[0])


def test_without_a_secretary_a_member_convenes():
    matter = cast.before_executive(cast.branch(secretary=False))
    call(matter, by=matter.branch.panel[0])


def test_a_member_who_is_left_with_an_interest_convenes_by_necessity_and_that_is_on_the_record(matter):
    alone = cast.before_executive(cast.branch(secretary=False, panel=1))
    [member] = alone.branch.panel
    declare_interest(alone.pk, interested=True, nature="My cousin.", by=member, at=cast.day(4))
    assert call(alone, by=member).facts["by_necessity"] is True
    assert "by_necessity" not in call(matter).facts


def test_a_secretary_who_decided_leaves_it_to_a_member(people):
    end_role(people.secretary, Role.SECRETARY, by=cast.SYSTEM, at=cast.FOUNDED)
    give_role(people.operator, Role.SECRETARY, by=cast.SYSTEM, at=cast.FOUNDED)
    matter = cast.before_executive(people)
    with refused(NotPermitted, "You decided in this case before"):
        call(matter, by=people.operator)
    call(matter, by=people.panel[0])


@pytest.mark.parametrize("who", ["moderator", "administrator", "target"])
def test_nobody_else_convenes(matter, people, who):
    with refused(NotPermitted, "The Secretary or a member of the Executive"):
        call(matter, by=getattr(people, who))


def test_a_stranger_convenes_nothing(matter):
    stranger = cast.outsider()
    with refused(NotPermitted, "another organisation"):
        call(matter, by=stranger)


def test_a_meeting_is_still_to_come_and_somewhere(matter):
    with refused(BadInput, "still to come", field="meets_at"):
        call(matter, Meeting(cast.day(5), "Library"))
    with refused(BadInput, "where they meet", field="where"):
        call(matter, Meeting(MEETING.meets_at, ""))


def test_a_page_that_is_out_of_date_convenes_nobody(matter, people):
    seen = matter.case.seq
    declare_interest(matter.pk, interested=False, by=people.panel[3], at=cast.day(5))
    with refused(StalePage, "what is new"):
        call(matter, seen=seen)


def test_only_what_is_before_the_executive_is_heard():
    matter = cast.minuted()
    with refused(NotPermitted, "cannot be done while the case is minuted"):
        call(matter, Meeting(cast.day(9), "Library"), at=cast.day(8))
    assert matter.papers(Paper.Kind.CONVENING) == []
