"""The Executive has met: who sat, who stood aside, how they voted, and why (Mg)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from folkmoot.kernel.errors import BadInput, NotPermitted, StalePage
from folkmoot.procedure.words import Role, Stage, Vote
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.end_role import end_role
from folkmoot.steps.give_role import give_role
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.record_minute import record_minute
from tests import cast
from tests.cast import refused


@pytest.fixture
def people():
    return cast.branch()


@pytest.fixture
def matter(people):
    return cast.before_executive(people)


def record(matter, *, by=None, at=None, seen=None, **minute):
    by = by or matter.branch.secretary
    return record_minute(matter.pk, cast.a_minute(matter, **minute), by=by, at=at or cast.day(7), seen=seen)


def votes(*pairs):
    return {person.pk: vote for person, vote in pairs}


def all_for(people, vote=Vote.STANDS):
    return {person.pk: vote for person in people}


# What a minute does


def test_the_minute_holds_the_votes_and_whatever_follows_from_them(matter, people):
    a, b, c, d = people.panel
    paper = record(matter, votes=votes((a, Vote.STANDS), (b, Vote.OVERTURNED), (c, Vote.OVERTURNED)), aside=[d.pk])
    assert paper.facts == {
        "met_on": "2026-11-09",
        "votes": {str(a.pk): "stands", str(b.pk): "overturned", str(c.pk): "overturned"},
        "aside": [d.pk],
        "answer": "overturned",
        "necessity": False,
        "quorum": 3,
        "confirmed": [],
    }
    assert "which may be called a waste" in paper.words["reasons"]
    assert paper.answers.kind == "submission"
    assert matter.case.stage == Stage.MINUTED
    assert matter.case.settles_at == cast.day(9)


def test_each_who_sat_is_mailed_their_own_vote(matter, people):
    record(matter)
    for person, said in zip(people.panel, ("is overturned", "is overturned", "stands"), strict=False):
        [letter] = [letter for letter in matter.letters(person.email) if letter.kind == "minute_to_confirm"]
        body = letter.paper.words["body"]
        assert f"Your vote is recorded as: the decision {said}." in body
        assert "That is not before 10:00 on Wednesday 11 November 2026." in body
        assert f"/panel/cases/{matter.pk}/confirmation/" in body
    assert matter.letters(people.panel[3].email) == []


def test_the_author_hears_nothing_until_it_is_final(matter):
    before = len(matter.letters(cast.AUTHOR_ADDRESS))
    record(matter)
    assert len(matter.letters(cast.AUTHOR_ADDRESS)) == before
    assert matter.case.standing


def test_who_writes_the_minute_and_sat_has_confirmed_by_writing_it(matter, people):
    paper = record(matter, by=people.panel[0])
    assert paper.facts["confirmed"] == [people.panel[0].pk]
    assert [letter.kind for letter in matter.letters(people.panel[0].email)] == []


def test_one_who_sat_alone_by_necessity_and_wrote_it_down_makes_it_final_at_once():
    people = cast.branch(panel=1)
    matter = cast.before_executive(people)
    record(matter, by=people.panel[0], votes=all_for(people.panel), necessity="The Executive has one member.")
    assert matter.case.stage == Stage.FINAL


# Quorum and necessity


def test_below_the_quorum_nothing_is_decided_while_others_may_sit(matter, people):
    with refused(BadInput, "2 sat, and the quorum is 3. 4 members may sit", field="votes"):
        record(matter, votes=all_for(people.panel[:2]), necessity="We were in a hurry.")


def test_the_remaining_sit_by_necessity_and_the_author_is_told_that_and_not_why():
    people = cast.branch(panel=3)
    matter = cast.before_executive(people)
    declare_interest(matter.pk, interested=True, nature="My cousin.", by=people.panel[2], at=cast.day(5))
    two = people.panel[:2]
    with refused(BadInput, "Please write why it went ahead", field="necessity"):
        record(matter, votes=all_for(two), aside=[people.panel[2].pk])
    with refused(BadInput, "all of them must", field="necessity"):
        record(matter, votes=all_for(two[:1]), aside=[people.panel[2].pk], necessity="Only two are free.")
    paper = record(matter, votes=all_for(two), aside=[people.panel[2].pk], necessity="Only two are free.")
    assert paper.facts["necessity"] is True
    assert paper.words["necessity"] == "Only two are free."
    cast.confirm(matter, *two)
    body = matter.letters(cast.AUTHOR_ADDRESS)[-1].paper.words["body"]
    assert "2 members of the Executive sat. 1 stood aside. That is fewer than our rules ask for" in body
    assert "cousin" not in body
    assert people.panel[2].name not in body


def test_a_reason_that_nobody_needed_is_no_necessity(matter):
    paper = record(matter, necessity="Just in case.")
    assert paper.facts["necessity"] is False


def test_where_all_four_sit_that_is_not_fewer_than_the_rules_ask_for(matter, people):
    paper = record(matter, votes=all_for(people.panel), necessity="Just in case.")
    assert (len(paper.facts["votes"]), paper.facts["quorum"], paper.facts["necessity"]) == (4, 3, False)
    assert "necessity" not in paper.words


def test_where_nobody_may_sit_the_executive_is_told_what_to_do():
    people = cast.branch(panel=1)
    matter = cast.before_executive(people)
    declare_interest(matter.pk, interested=True, by=people.panel[0], at=cast.day(5))
    with refused(BadInput, "Please let the Executive bring in members who are free", field="necessity"):
        record(matter, votes={}, aside=[people.panel[0].pk])


def test_members_who_are_brought_in_may_sit():
    people = cast.branch(panel=2)
    matter = cast.before_executive(people)
    give_role(people.target, Role.EXECUTIVE, by=cast.SYSTEM, at=cast.day(6))
    record(matter, votes=all_for([*people.panel, people.target]))
    assert matter.case.stage == Stage.MINUTED


# Who sits


@pytest.mark.parametrize("involved", ["author", "address", "reporter", "interest"])
def test_who_is_involved_has_no_vote(people, involved):
    member = people.panel[0]
    if involved == "author":
        cast.own(people, member)
    if involved == "reporter":
        cast.reported(people, email=member.email)
    matter = cast.before_executive(people)
    if involved == "address":
        cast.known_at(people, member.email)
    if involved == "interest":
        declare_interest(matter.pk, interested=True, by=member, at=cast.day(5))
    with refused(BadInput, "Petra Oaks cannot vote on this case", field="votes"):
        record(matter)
    record(matter, votes=all_for(people.panel[1:]), aside=[member.pk])


@pytest.mark.parametrize("which", ["operator", "moderator"])
def test_who_decided_or_reconsidered_has_no_vote(people, which):
    decider = getattr(people, which)
    give_role(decider, Role.EXECUTIVE, by=cast.SYSTEM, at=cast.FOUNDED + timedelta(days=1))
    matter = cast.before_executive(people)
    with refused(BadInput, f"{decider.name} cannot vote on this case", field="votes"):
        record(matter, votes=all_for([*people.panel[:2], decider]))
    record(matter, votes=all_for(people.panel[:3]), aside=[decider.pk])


def test_a_refusal_does_not_say_which_interest_it_is(matter, people):
    declare_interest(matter.pk, interested=True, nature="My cousin.", by=people.panel[0], at=cast.day(5))
    with pytest.raises(BadInput) as refusal:
        record(matter)
    assert "cousin" not in str(refusal.value)
    assert "interest" not in str(refusal.value)


def test_only_members_of_the_executive_are_counted(matter, people):
    for other in (people.moderator, people.secretary, people.author):
        with refused(BadInput, "is not on the Executive", field="votes"):
            record(matter, votes=all_for([*people.panel[:2], other]))
    with refused(BadInput, "is not on the Executive", field="aside"):
        record(matter, aside=[people.author.pk])
    with refused(BadInput, "is not on the Executive", field="votes"):
        record(matter, votes={**all_for(people.panel[:3]), 999_999: Vote.STANDS})


def test_a_member_whose_term_has_ended_has_no_vote(matter, people):
    end_role(people.panel[0], Role.EXECUTIVE, by=cast.SYSTEM, at=cast.day(6))
    with refused(BadInput, "is not on the Executive", field="votes"):
        record(matter)


def test_nobody_sits_and_stands_aside_at_once(matter, people):
    with refused(BadInput, "cannot both sit and stand aside", field="votes"):
        record(matter, aside=[people.panel[0].pk])


# When, why, and by whom


@pytest.mark.parametrize("met_on", [date(2026, 11, 5), date(2026, 11, 10)], ids=["before it was put", "tomorrow"])
def test_the_meeting_was_between_the_submission_and_now(matter, met_on):
    with refused(
        BadInput, "The meeting cannot be before the case was put to the Executive (6 November 2026)", field="met_on"
    ):
        record(matter, met_on=met_on)


def test_the_day_of_the_meeting_is_a_london_day(people):
    matter = cast.reconsidered(people)
    summer = datetime(2027, 4, 30, 20, 0, tzinfo=UTC)
    put_to_executive(matter.pk, words="Now.", by=matter.grant, at=summer)
    after_midnight = datetime(2027, 4, 30, 23, 30, tzinfo=UTC)  # 1 May in London
    record(matter, met_on=date(2027, 5, 1), at=after_midnight)


def test_reasons_are_owed_to_the_author(matter):
    with refused(BadInput, "Please write the reasons", field="reasons"):
        record(matter, reasons="Agreed.")


@pytest.mark.parametrize("who", ["moderator", "administrator", "target"])
def test_who_is_neither_secretary_nor_of_the_executive_writes_no_minute(matter, people, who):
    with refused(NotPermitted, "The Secretary or a member of the Executive"):
        record(matter, by=getattr(people, who))


def test_a_secretary_who_is_involved_writes_no_minute(matter, people):
    declare_interest(matter.pk, interested=True, by=people.secretary, at=cast.day(5))
    with refused(NotPermitted, "You have said that you have an interest"):
        record(matter)
    record(matter, by=people.panel[0])


@pytest.mark.parametrize("step", ["decided", "reconsidered"])
def test_whoever_decided_before_writes_no_minute_and_is_not_asked_to(people, step):
    decider = people.operator if step == "decided" else people.moderator
    give_role(decider, Role.SECRETARY, by=cast.SYSTEM, at=cast.FOUNDED)
    matter = cast.before_executive(people)
    with refused(NotPermitted, "You decided in this case before"):
        record(matter, by=decider)
    assert [letter.to for letter in matter.letters() if letter.kind == "put_to_executive"] == [people.secretary.email]
    record(matter, by=people.panel[0])


def test_where_the_only_secretary_decided_the_executive_is_asked_to_convene(people):
    end_role(people.secretary, Role.SECRETARY, by=cast.SYSTEM, at=cast.FOUNDED)
    give_role(people.operator, Role.SECRETARY, by=cast.SYSTEM, at=cast.FOUNDED)
    matter = cast.before_executive(people)
    asked = [letter.to for letter in matter.letters() if letter.kind == "put_to_executive"]
    assert asked == [person.email for person in people.panel]


def test_nobody_of_another_organisation_writes_a_minute(matter):
    stranger = cast.outsider()
    with refused(NotPermitted, "another organisation"):
        record(matter, by=stranger)


def test_a_page_that_is_out_of_date_records_nothing(matter, people):
    seen = matter.case.seq
    declare_interest(matter.pk, interested=False, by=people.panel[3], at=cast.day(7))
    with refused(StalePage, "what is new"):
        record(matter, seen=seen)


def test_a_case_is_minuted_once(matter):
    record(matter)
    with refused(NotPermitted, "while the case is minuted"):
        record(matter)


def test_a_case_that_nobody_put_to_the_executive_is_not_its_business():
    matter = cast.reconsidered()
    with refused(NotPermitted, "while the case is reconsidered"):
        record(matter)
