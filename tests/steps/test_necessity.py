"""Where nobody is left who may act, somebody acts by necessity: with a reason, told to the parties as such (D42)."""

import pytest

from folkmoot.casefile.models import Duty, Paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.procedure.words import Answer, Clarity, ReportKind, Role, Stage, Vote
from folkmoot.steps.confirm_proposal import confirm_proposal
from folkmoot.steps.convene import Meeting, convene
from folkmoot.steps.decide import decide
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.decline_proposal import decline_proposal
from folkmoot.steps.end_role import end_role
from folkmoot.steps.give_role import give_role
from folkmoot.steps.hand_over import hand_over
from folkmoot.steps.hide import hide
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.necessities import necessities
from folkmoot.steps.propose import propose
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.record_minute import record_minute
from folkmoot.steps.sitting import hears_by_necessity
from folkmoot.steps.standing import needed
from tests import cast
from tests.cast import refused

WHY = "We are all neighbours of his here, and the post cannot wait."
HARM = "Somebody's home address stands in it, and people are told to go there."
RULE = "who would have stood aside"


def alone():
    """Return a report in a branch of one moderator, no Secretary and no Executive; they know the author."""
    people = cast.branch(moderators=1, secretary=False, panel=0)
    matter = cast.reported(people)
    declare_interest(matter.pk, interested=True, nature="He is my brother.", by=people.operator, at=cast.day(1))
    return matter


def rule_in(matter):
    return matter.letters(cast.AUTHOR_ADDRESS)[-1].paper.words["body"]


def test_the_only_one_there_is_decides_by_necessity_and_the_author_is_told_that_and_not_why():
    matter = alone()
    by = matter.branch.operator
    assert needed(matter.case, by, at=cast.day(1))
    with refused(NotPermitted, "You have said that you have an interest"):
        decide(matter.pk, cast.a_decision(), by=by, at=cast.day(1))
    paper = decide(matter.pk, cast.a_decision(), by=by, at=cast.day(1), necessity=WHY)
    assert paper.facts["necessity"] is True
    assert paper.words["necessity"] == WHY
    body = rule_in(matter)
    assert RULE in body
    for secret in (WHY, "neighbours", "brother", "interest", by.name):
        assert secret not in body


def test_the_only_one_there_is_hides_by_necessity_and_nobody_who_is_free_is_said_to():
    people = cast.branch(moderators=1, secretary=False, panel=0)
    matter = cast.reported(people, kind=ReportKind.PRIVATE_INFORMATION)
    declare_interest(matter.pk, interested=True, nature="He is my brother.", by=people.operator, at=cast.day(0))
    paper = hide(matter.pk, reasons=HARM, by=people.operator, at=cast.day(0), necessity=WHY)
    assert paper.facts["necessity"] is True
    assert paper.words["necessity"] == WHY
    assert RULE in rule_in(matter)
    other = cast.reported(cast.branch("Elsewhere"), kind=ReportKind.PRIVATE_INFORMATION)
    cast.free(other, other.branch.operator, at=cast.day(0))
    hidden = hide(other.pk, reasons=HARM, by=other.branch.operator, at=cast.day(0))
    assert "necessity" not in {*hidden.facts, *hidden.words}
    assert RULE not in rule_in(other)


def test_somebody_who_could_be_added_in_time_is_somebody_else():
    people = cast.branch(moderators=1)
    matter = cast.reported(people)
    declare_interest(matter.pk, interested=True, by=people.operator, at=cast.day(1))
    assert not needed(matter.case, people.operator, at=cast.day(1))
    with refused(NotPermitted, "You have said that you have an interest"):
        decide(matter.pk, cast.a_decision(), by=people.operator, at=cast.day(1), necessity=WHY)
    late = matter.case.due_at.replace(microsecond=0) + (cast.day(1) - cast.day(0))
    hand_over(Duty.objects.get(case=matter.pk, met_at=None).pk, at=late)
    cast.free(matter, people.secretary, at=late)
    decide(matter.pk, cast.a_decision(), by=people.secretary, at=late)


def test_whoever_wrote_the_post_never_acts_on_it_not_even_by_necessity():
    people = cast.branch(moderators=1, secretary=False, panel=0)
    matter = cast.reported(people)
    cast.own(people, people.operator)
    assert not needed(matter.case, people.operator, at=cast.day(1))
    with refused(NotPermitted, "an account of yours"):
        decide(matter.pk, cast.a_decision(), by=people.operator, at=cast.day(1), necessity=WHY)


def test_who_reported_it_and_is_alone_decides_by_necessity():
    people = cast.branch(moderators=1, secretary=False, panel=0)
    matter = cast.reported(people, email=people.operator.email)
    decide(matter.pk, cast.a_decision(), by=people.operator, at=cast.day(1), necessity=WHY)
    assert matter.case.stage == Stage.DECIDED


def test_an_appeal_is_answered_by_necessity_with_the_reason_sealed():
    people = cast.branch(moderators=1, secretary=False, panel=0)
    matter = cast.decided(people)
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=cast.day(2))
    declare_interest(matter.pk, interested=True, by=people.operator, at=cast.day(3))
    paper = reconsider(
        matter.pk, answer=Answer.STANDS, reasons=cast.REASONS, by=people.operator, at=cast.day(3), necessity=WHY
    )
    assert paper.facts["necessity"] is True
    assert RULE in rule_in(matter)
    assert WHY not in rule_in(matter)


def test_an_executive_of_which_everybody_has_an_interest_sits_by_necessity():
    matter = cast.before_executive(cast.branch(panel=3))
    people = matter.branch
    for member in people.panel:
        declare_interest(matter.pk, interested=True, by=member, at=cast.day(5))
    votes = {person.pk: Vote.OVERTURNED for person in people.panel}
    with refused(BadInput, "Please write why it went ahead", field="necessity"):
        record_minute(matter.pk, cast.a_minute(matter, votes=votes), by=people.secretary, at=cast.day(7))
    minute = cast.a_minute(matter, votes=votes, necessity=WHY)
    paper = record_minute(matter.pk, minute, by=people.panel[0], at=cast.day(7))
    assert (paper.facts["necessity"], paper.facts["by_necessity"]) == (True, True)
    cast.confirm(matter, *people.panel[1:])
    body = rule_in(matter)
    assert "So some sat who would have stood aside if they could." in body
    assert "fewer than our rules ask for" not in body
    assert WHY not in body


def test_while_one_member_is_free_nobody_with_an_interest_sits():
    matter = cast.before_executive(cast.branch(panel=3))
    people = matter.branch
    for member in people.panel[:2]:
        declare_interest(matter.pk, interested=True, by=member, at=cast.day(5))
    votes = {person.pk: Vote.OVERTURNED for person in people.panel}
    with refused(BadInput, "Petra Oaks cannot vote on this case", field="votes"):
        record_minute(matter.pk, cast.a_minute(matter, votes=votes, necessity=WHY), by=people.secretary, at=cast.day(7))


def test_the_author_sits_on_no_panel_not_even_by_necessity():
    people = cast.branch(panel=2)
    matter = cast.before_executive(people)
    cast.own(people, people.panel[0])
    declare_interest(matter.pk, interested=True, by=people.panel[1], at=cast.day(5))
    votes = {person.pk: Vote.OVERTURNED for person in people.panel}
    with refused(BadInput, "Petra Oaks cannot vote on this case", field="votes"):
        record_minute(matter.pk, cast.a_minute(matter, votes=votes, necessity=WHY), by=people.secretary, at=cast.day(7))


def test_those_who_sit_by_necessity_are_called():
    matter = cast.before_executive(cast.branch(panel=2))
    people = matter.branch
    for member in people.panel:
        declare_interest(matter.pk, interested=True, by=member, at=cast.day(5))
    convene(matter.pk, Meeting(cast.day(7, hour=19), "Library"), by=people.secretary, at=cast.day(5))
    assert len([letter for letter in matter.letters() if letter.kind == "convened"]) == 2


def test_how_often_it_was_used_is_counted():
    matter = alone()
    org = matter.branch.org
    assert necessities(org) == {}
    decide(matter.pk, cast.a_decision(), by=matter.branch.operator, at=cast.day(1), necessity=WHY)
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=cast.day(2))
    assert necessities(org) == {Paper.Kind.DECISION: 1}
    assert necessities(cast.outsider().org) == {}


# A member who voted, and then says that they have an interest


@pytest.mark.parametrize("which", [0, 2])
def test_a_vote_with_an_interest_takes_the_minute_back_and_its_writer_is_told(which):
    matter = cast.minuted()
    people = matter.branch
    late = people.panel[which]
    declare_interest(matter.pk, interested=True, nature="He owes me money.", by=late, at=cast.day(8))
    case = matter.case
    assert (case.stage, case.settles_at) == (Stage.BEFORE_EXECUTIVE, None)
    letter = matter.letters()[-1]
    assert (letter.kind, letter.to) == ("minute_objected", people.secretary.email)
    assert "money" not in letter.paper.words["body"]
    with refused(BadInput, f"{late.name} cannot vote on this case", field="votes"):
        record_minute(matter.pk, cast.a_minute(matter), by=people.secretary, at=cast.day(8))


def test_an_interest_of_somebody_who_did_not_vote_leaves_the_minute_as_it_is():
    matter = cast.minuted()
    declare_interest(matter.pk, interested=True, by=matter.branch.panel[3], at=cast.day(8))
    assert matter.case.stage == Stage.MINUTED


def test_a_term_that_has_ended_changes_nothing_of_that():
    matter = cast.minuted()
    people = matter.branch
    end_role(people.panel[0], Role.EXECUTIVE, by=cast.SYSTEM, at=cast.day(7))
    with refused(NotPermitted, "Only people with a role"):
        declare_interest(matter.pk, interested=True, by=people.panel[0], at=cast.day(8))


# A proposal that nobody is left to look at


def test_a_proposal_that_nobody_may_look_at_any_more_is_sent_back_by_necessity_and_then_decided():
    people = cast.branch(secretary=False, panel=0)
    matter = cast.reported(people)
    cast.free(matter, *people.deciders, at=cast.day(1))
    propose(matter.pk, cast.a_decision(clarity=Clarity.UNCLEAR), by=people.operator, at=cast.day(1))
    for person in people.deciders:
        declare_interest(matter.pk, interested=True, by=person, at=cast.day(2))
    by = people.moderator
    assert needed(matter.case, by, at=cast.day(2))
    with refused(NotPermitted, "You have said that you have an interest"):
        confirm_proposal(matter.pk, by=by, at=cast.day(2))
    paper = decline_proposal(matter.pk, reasons="Both of us know her by now.", by=by, at=cast.day(2), necessity=WHY)
    assert (paper.facts["necessity"], paper.words["necessity"]) == (True, WHY)
    decide(matter.pk, cast.a_decision(), by=by, at=cast.day(2), necessity=WHY)
    assert necessities(people.org) == {Paper.Kind.DECISION: 1, Paper.Kind.SECOND_LOOK: 1}


def test_who_sat_by_necessity_says_nothing_new_by_saying_it_again():
    matter = cast.before_executive(cast.branch(panel=2))
    people = matter.branch
    for member in people.panel:
        declare_interest(matter.pk, interested=True, by=member, at=cast.day(5))
    votes = {person.pk: Vote.STANDS for person in people.panel}
    minute = cast.a_minute(matter, votes=votes, necessity=WHY)
    record_minute(matter.pk, minute, by=people.panel[0], at=cast.day(7))
    declare_interest(matter.pk, interested=True, by=people.panel[1], at=cast.day(7))
    assert matter.case.stage == Stage.MINUTED


def test_who_sits_by_necessity_hears_the_case_until_it_is_final():
    matter = cast.before_executive(cast.branch(panel=2))
    people = matter.branch
    first, second = people.panel
    for member in people.panel:
        declare_interest(matter.pk, interested=True, by=member, at=cast.day(5))
    votes = {person.pk: Vote.STANDS for person in people.panel}
    record_minute(matter.pk, cast.a_minute(matter, votes=votes, necessity=WHY), by=first, at=cast.day(7))
    assert hears_by_necessity(matter.case, second, at=cast.day(7))
    assert not hears_by_necessity(matter.case, people.secretary, at=cast.day(7))
    cast.confirm(matter, second)
    assert matter.case.stage == Stage.FINAL
    assert not hears_by_necessity(matter.case, second, at=cast.day(8))


def test_a_secretary_who_is_on_the_executive_writes_down_what_they_sat_on_by_necessity():
    people = cast.branch(panel=2)
    give_role(people.panel[0], Role.SECRETARY, by=cast.SYSTEM, at=cast.FOUNDED)
    matter = cast.before_executive(people)
    for member in people.panel:
        declare_interest(matter.pk, interested=True, by=member, at=cast.day(5))
    votes = {person.pk: Vote.OVERTURNED for person in people.panel}
    minute = cast.a_minute(matter, votes=votes, necessity=WHY)
    record_minute(matter.pk, minute, by=people.panel[0], at=cast.day(7))
    assert matter.case.stage == Stage.MINUTED
