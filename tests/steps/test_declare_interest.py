"""Interests are asked for before a matter is opened, and stay sealed (D30, D42)."""

import pytest

from folkmoot.kernel.errors import NotPermitted
from folkmoot.steps.claim import claim
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.standing import declared
from tests import cast
from tests.cast import refused


@pytest.fixture
def matter():
    return cast.reported()


def test_nobody_has_said_anything_until_they_are_asked(matter):
    assert declared(matter.case, matter.branch.operator) is None


@pytest.mark.parametrize("interested", [True, False])
def test_what_was_said_is_on_the_record(matter, interested):
    declare_interest(matter.pk, interested=interested, by=matter.branch.operator, at=cast.day(1))
    assert declared(matter.case, matter.branch.operator) is interested
    assert declared(matter.case, matter.branch.moderator) is None


def test_an_interest_once_declared_is_not_talked_away(matter):
    for interested in (True, False):
        declare_interest(matter.pk, interested=interested, by=matter.branch.operator, at=cast.day(1))
    assert declared(matter.case, matter.branch.operator) is True


def test_who_has_a_case_in_hand_keeps_it_until_they_say_that_they_have_an_interest_themselves(matter):
    operator, moderator = matter.branch.deciders
    cast.free(matter, operator, at=cast.day(1))
    claim(matter.pk, by=operator, at=cast.day(1))
    cast.free(matter, operator, at=cast.day(1))
    declare_interest(matter.pk, interested=True, by=moderator, at=cast.day(1))
    assert matter.case.claimed_by == operator
    declare_interest(matter.pk, interested=True, by=operator, at=cast.day(1))
    assert matter.case.claimed_by is None


def test_the_nature_of_an_interest_is_kept_as_a_text_that_can_be_erased(matter):
    paper = declare_interest(
        matter.pk, interested=True, nature="She is my sister.", by=matter.branch.operator, at=cast.day(1)
    )
    assert paper.words == {"nature": "She is my sister."}
    assert b"sister" not in bytes(paper.body)


@pytest.mark.parametrize("who", ["author", "target"])
def test_only_people_with_a_role_are_asked(matter, who):
    with refused(NotPermitted, "Only people with a role"):
        declare_interest(matter.pk, interested=False, by=getattr(matter.branch, who), at=cast.day(1))


def test_nobody_of_another_organisation_declares_anything(matter):
    stranger = cast.outsider()
    with refused(NotPermitted, "another organisation"):
        declare_interest(matter.pk, interested=False, by=stranger, at=cast.day(1))


def test_after_the_end_nothing_is_declared():
    matter = cast.finalised()
    with refused(NotPermitted, "while the case is final"):
        declare_interest(matter.pk, interested=True, by=matter.branch.panel[3], at=cast.day(9))
