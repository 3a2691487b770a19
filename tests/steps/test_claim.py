"""A moderator takes a case from the queue and puts it back; the clock runs on."""

import pytest

from folkmoot.kernel.errors import NotPermitted
from folkmoot.procedure.words import Role
from folkmoot.steps.claim import claim
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.end_role import end_role
from folkmoot.steps.release import release
from tests import cast
from tests.cast import refused


@pytest.fixture
def matter():
    return cast.reported()


def test_a_claim_is_no_answer(matter):
    before = matter.duties()
    claim(matter.pk, by=matter.branch.operator, at=cast.day(1))
    assert matter.case.claimed_by == matter.branch.operator
    assert matter.duties() == before


def test_a_claim_made_twice_leaves_one_event(matter):
    claim(matter.pk, by=matter.branch.operator, at=cast.day(1))
    before = cast.everything()
    claim(matter.pk, by=matter.branch.operator, at=cast.day(2))
    assert cast.everything() == before


def test_who_is_second_learns_who_has_it(matter):
    claim(matter.pk, by=matter.branch.operator, at=cast.day(1))
    with refused(NotPermitted, "Mo Abara has already taken this case"):
        claim(matter.pk, by=matter.branch.moderator, at=cast.day(1))


def test_another_moderator_may_put_a_case_back_for_people_fall_ill(matter):
    claim(matter.pk, by=matter.branch.operator, at=cast.day(1))
    release(matter.pk, by=matter.branch.moderator, at=cast.day(2))
    assert matter.case.claimed_by is None
    claim(matter.pk, by=matter.branch.moderator, at=cast.day(2))


def test_a_case_that_nobody_has_cannot_be_put_back(matter):
    with refused(NotPermitted, "Nobody has this case"):
        release(matter.pk, by=matter.branch.operator, at=cast.day(1))


def test_an_appeal_is_taken_like_a_report_and_a_decided_case_is_not():
    appeal = cast.appealed()
    claim(appeal.pk, by=appeal.branch.moderator, at=cast.day(2))
    decided = cast.decided(cast.branch(name="Another branch"))
    with refused(NotPermitted, "(claim) cannot be done while the case is decided"):
        claim(decided.pk, by=decided.branch.moderator, at=cast.day(2))


@pytest.mark.parametrize("who", ["administrator", "secretary", "author"])
def test_who_is_no_moderator_takes_nothing(matter, who):
    with refused(NotPermitted, "Only the moderators"):
        claim(matter.pk, by=getattr(matter.branch, who), at=cast.day(1))


def test_a_moderator_whose_role_has_ended_takes_nothing(matter):
    end_role(matter.branch.moderator, Role.MODERATOR, by=cast.SYSTEM, at=cast.day(1))
    with refused(NotPermitted, "Only the moderators"):
        claim(matter.pk, by=matter.branch.moderator, at=cast.day(1))


def test_a_moderator_of_another_organisation_takes_nothing(matter):
    stranger = cast.outsider()
    with refused(NotPermitted, "another organisation"):
        claim(matter.pk, by=stranger, at=cast.day(1))


def test_who_declares_an_interest_lets_go_of_the_case(matter):
    claim(matter.pk, by=matter.branch.operator, at=cast.day(1))
    declare_interest(matter.pk, interested=True, by=matter.branch.operator, at=cast.day(1))
    assert matter.case.claimed_by is None
    with refused(NotPermitted, "You have said that you have an interest"):
        claim(matter.pk, by=matter.branch.operator, at=cast.day(1))
