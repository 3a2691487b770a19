"""Whose turn it is: who may give an answer that is owed."""

import pytest

from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Clarity, Role, Step
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.propose import propose
from folkmoot.steps.service import appeal_runs_from
from folkmoot.steps.standing import free_for
from folkmoot.steps.turns import who_can_answer
from folkmoot.steps.waiting import Waiting, waiting_for
from tests import cast
from tests.cast import day
from tests.steps.reviews import sent_back

pytestmark = pytest.mark.django_db


def test_a_lone_moderator_answers_the_appeal_against_their_own_decision():
    matter = cast.appealed(cast.branch(moderators=1))
    assert who_can_answer(matter.case, Owed.APPEAL, Role.MODERATOR, at=day(3)) == [matter.branch.operator]


def test_what_one_proposed_waits_for_the_others_and_not_for_oneself():
    matter = cast.reported()
    people = matter.branch
    cast.free(matter, people.operator, people.moderator, at=day(1))
    propose(matter.pk, cast.a_decision(clarity=Clarity.UNCLEAR), by=people.operator, at=day(1))
    assert waiting_for(people.operator, at=day(1)).answers == 0
    assert waiting_for(people.moderator, at=day(1)) == Waiting(answers=1)


def test_an_old_letter_that_is_served_late_does_not_put_off_what_becomes_final_otherwise():
    matter = cast.minuted()
    case, [first, *_] = matter.case, matter.papers(cast.Paper.Kind.NOTICE)
    settles = case.settles_at
    assert settles is not None
    appeal_runs_from(case, first, since=day(40))
    assert case.settles_at == settles


def test_those_may_act_whose_turn_it_is_and_who_have_no_part_in_it():
    matter = cast.reported()
    people = matter.branch
    cast.own(people, people.moderator)
    assert free_for(matter.case, Step.DECIDE, at=day(1)) == [people.operator]
    assert free_for(matter.case, Step.RECONSIDER, at=day(1)) == []


def test_where_no_moderator_is_left_to_decide_afresh_it_is_the_turn_of_the_executive():
    matter = sent_back(cast.branch(moderators=1))
    [(_, owed, _)] = matter.duties()
    assert who_can_answer(matter.case, Owed(owed), Role.EXECUTIVE, at=day(4)) == matter.branch.panel


def test_an_appeal_waits_for_whoever_decided_only_where_nobody_else_is_free():
    matter = cast.appealed()
    people = matter.branch
    assert waiting_for(people.operator, at=day(3)).answers == 0
    declare_interest(matter.pk, interested=True, by=people.moderator, at=day(3))
    assert waiting_for(people.operator, at=day(3)).answers == 1
