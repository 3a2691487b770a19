"""Nobody is left for a fresh decision: members of the Executive decide, by recorded votes (Sh)."""

from dataclasses import replace

import pytest

from folkmoot.casefile.models import Duty, Paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.procedure.words import Ballot, Outcome, Role, Stage, Vote
from folkmoot.steps.decide_as_panel import decide_as_panel
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.sitting import bench
from folkmoot.steps.standing import able_to_sit
from tests import cast
from tests.cast import day, refused
from tests.steps.reviews import motion, sent_back


@pytest.fixture
def alone():
    """Return a case of a lone moderator that was sent back, in a branch with six on its Executive."""
    return sent_back(cast.branch(moderators=1, panel=6))


def panel(matter, *, decision=None, vote=None, by=None, at=None):
    return decide_as_panel(
        matter.pk,
        decision or cast.a_decision(),
        motion=vote or motion(matter),
        by=by or matter.branch.panel[0],
        at=at or day(6),
    )


def test_the_executive_is_told_and_has_its_time(alone):
    assert [(holder, owed) for holder, owed, _ in alone.duties()] == [("executive", "report")]
    told = [one for one in alone.letters() if one.kind == "sent_back"]
    assert {one.to for one in told} == {person.email for person in alone.branch.panel}
    assert "members of the Executive decide, by a vote" in told[0].paper.words["body"]


def test_neither_the_lone_moderator_nor_a_member_alone_decides(alone):
    people = alone.branch
    cast.free(alone, people.operator, people.panel[0], at=day(4))
    with refused(NotPermitted, "You had a part in what was decided before"):
        cast.decide(alone.pk, cast.a_decision(), by=people.operator, at=day(4), necessity="Nobody else is there.")
    with refused(NotPermitted, "members of the Executive decide, as a panel"):
        cast.decide(alone.pk, cast.a_decision(), by=people.panel[0], at=day(4))


def test_the_panel_decides_by_recorded_votes_and_the_author_is_told_where_an_appeal_goes(alone):
    paper = panel(alone)
    assert paper.kind == Paper.Kind.DECISION
    assert sorted(paper.facts["votes"].values()) == ["against", "for", "for"]
    assert (alone.case.stage, alone.case.outcome, alone.duties()) == (Stage.DECIDED, Outcome.REMOVE, [])
    [letter] = alone.letters(cast.AUTHOR_ADDRESS)
    assert "Members of the Executive who have not decided before look at it." in letter.paper.words["body"]


def test_an_appeal_goes_straight_to_members_who_did_not_sit(alone):
    panel(alone)
    people = alone.branch
    with refused(NotPermitted, "Your appeal goes to members who did not sit"):
        lodge_appeal(alone.pk, words=cast.APPEAL, by=alone.grant, at=day(7))
    put_to_executive(alone.pk, words=cast.SUBMISSION, by=alone.grant, at=day(7))
    assert alone.case.stage == Stage.BEFORE_EXECUTIVE
    assert able_to_sit(alone.case, at=day(7)) == sorted(people.panel[3:], key=lambda person: person.name)
    minute = cast.a_minute(alone, votes={p.pk: Vote.OVERTURNED for p in people.panel[:3]}, met_on=day(8).date())
    with refused(BadInput, "cannot vote on this case", field="votes"):
        cast.record_minute(alone.pk, minute, by=people.panel[3], at=day(8))
    minute = replace(minute, votes={p.pk: Vote.OVERTURNED for p in people.panel[3:]})
    cast.record_minute(alone.pk, minute, by=people.panel[3], at=day(8))
    cast.confirm(alone, *people.panel[4:], at=day(9))
    assert (alone.case.stage, alone.case.standing) == (Stage.FINAL, False)


def test_where_everybody_sat_all_of_them_hear_the_appeal_by_necessity():
    matter = sent_back(cast.branch(moderators=1, panel=3))
    people = matter.branch
    panel(matter)
    put_to_executive(matter.pk, words=cast.SUBMISSION, by=matter.grant, at=day(7))
    assert bench(matter.case, at=day(7)).by_necessity
    minute = cast.a_minute(matter, met_on=day(8).date())
    with refused(BadInput, "Please write why it went ahead", field="necessity"):
        cast.record_minute(matter.pk, minute, by=people.panel[0], at=day(8))
    cast.record_minute(matter.pk, replace(minute, necessity="We are three."), by=people.panel[0], at=day(8))
    cast.confirm(matter, *people.panel[1:], at=day(9))
    assert matter.case.stage == Stage.FINAL


def test_another_decision_goes_to_the_moderator_first():
    matter = cast.decided()
    with refused(NotPermitted, "Please ask us first to look again"):
        put_to_executive(matter.pk, words=cast.SUBMISSION, by=matter.grant, at=day(2))


def test_a_decision_needs_more_than_half_of_the_votes(alone):
    with refused(BadInput, "more than half of the votes cast", field="votes"):
        panel(alone, vote=motion(alone, carried=False))
    with refused(BadInput, "2 sat, and the quorum is 3", field="votes"):
        panel(alone, vote=motion(alone, sat=2))
    with refused(BadInput, "in a sentence or two", field="reasons"):
        panel(alone, decision=cast.a_decision(reasons="No."))


def test_too_few_decide_by_necessity_and_the_author_is_told_that_and_not_why():
    matter = sent_back(cast.branch(moderators=1, panel=2))
    votes = {person.pk: Ballot.FOR for person in matter.branch.panel}
    panel(matter, vote=replace(motion(matter, sat=2), votes=votes, necessity="Two are ill."))
    [decision] = [paper for paper in matter.papers(Paper.Kind.DECISION) if "votes" in paper.facts]
    assert decision.facts["necessity"] is True
    assert "Two are ill." not in matter.letters(cast.AUTHOR_ADDRESS)[0].paper.words["body"]


def test_a_panel_decides_only_what_a_review_sent_back():
    matter = cast.reported()
    with refused(NotPermitted, "only what a review has sent back"):
        panel(matter, at=day(1))
    matter = sent_back(cast.branch("Second branch"))
    with refused(NotPermitted, "A moderator is free who had no part"):
        panel(matter)


def test_when_the_other_moderator_stands_aside_it_is_for_the_panel():
    matter = sent_back()
    declare_interest(matter.pk, interested=True, by=matter.branch.moderator, at=day(4))
    assert panel(matter).facts["votes"]


def test_without_any_executive_the_lone_moderator_decides_by_necessity():
    matter = sent_back(cast.branch(moderators=1, panel=0))
    with refused(NotPermitted, "You had a part in what was decided before"):
        cast.decide(matter.pk, cast.a_decision(), by=matter.branch.operator, at=day(4))
    cast.decide(matter.pk, cast.a_decision(), by=matter.branch.operator, at=day(4), necessity="Nobody else is left.")
    assert matter.case.stage == Stage.DECIDED


def test_nobody_else_writes_it_down(alone):
    with refused(NotPermitted, "writes the minute"):
        panel(alone, by=alone.branch.operator)
    stranger = cast.outsider()
    with refused(NotPermitted, "another organisation"):
        panel(alone, by=stranger)
    with refused(NotPermitted, "You decided in this case before"):
        panel(alone, by=alone.branch.secretary)


def test_the_clock_of_the_fresh_decision_ends_with_it(alone):
    panel(alone)
    assert not Duty.objects.filter(case=alone.pk, met_at=None).exists()
    assert Role.EXECUTIVE in {Role(duty.holder) for duty in Duty.objects.filter(case=alone.pk)}
