"""An address written down for the author bars whose it is, until they say that the account is not theirs."""

import pytest

from folkmoot.kernel.errors import NotPermitted
from folkmoot.outbox.models import Task
from folkmoot.steps.decide import decide
from folkmoot.steps.disown_account import disown_account
from folkmoot.steps.end_claim import end_claim
from folkmoot.steps.name_author import name_author
from folkmoot.steps.standing import involvement, wrote_it
from folkmoot.steps.tell import author_address
from tests import cast
from tests.cast import refused


@pytest.fixture
def people():
    return cast.branch(contact=False)


@pytest.fixture
def matter(people):
    """Return a report; the second moderator wrote the first one's address down for the author."""
    matter = cast.reported(people)
    name_author(matter.pk, address=people.operator.email, source="A guess.", by=people.moderator, at=cast.day(1))
    return matter


def test_until_they_say_something_they_are_kept_out(matter, people):
    assert "an account of yours" in involvement(matter.case, people.operator)


def test_nobody_bars_an_officer_for_good_by_typing_their_address(matter, people):
    disown_account(matter.pk, by=people.operator, at=cast.day(1))
    cast.free(matter, people.operator, at=cast.day(1))
    decide(matter.pk, cast.a_decision(), by=people.operator, at=cast.day(1))


def test_the_author_s_letters_do_not_go_to_an_address_that_is_not_theirs(matter, people):
    disown_account(matter.pk, by=people.operator, at=cast.day(1))
    assert author_address(matter.case) == ""
    cast.free(matter, people.operator, at=cast.day(1))
    decide(matter.pk, cast.a_decision(), by=people.operator, at=cast.day(1))
    assert matter.letters(people.operator.email) == []
    assert Task.Op.HAND_OVER_NOTICE in {task.op for task in matter.tasks()}


def test_an_address_that_was_put_right_bars_nobody_any_more(matter, people):
    name_author(matter.pk, address="rowan@example.org", source="They told us.", by=people.moderator, at=cast.day(2))
    assert not wrote_it(matter.case, people.operator)


def test_what_is_known_of_the_account_holds_whatever_they_say(matter, people):
    claim = cast.own(people, people.operator)
    with refused(NotPermitted, "It is known that the account is yours"):
        disown_account(matter.pk, by=people.operator, at=cast.day(1))
    end_claim(claim, reason="It was another person.", by=people.administrator, at=cast.day(1))
    disown_account(matter.pk, by=people.operator, at=cast.day(1))
    assert involvement(matter.case, people.operator) == ""


def test_it_is_said_once_and_by_whom_it_concerns(matter, people):
    with refused(NotPermitted, "Nobody has written your address down"):
        disown_account(matter.pk, by=people.moderator, at=cast.day(1))
    disown_account(matter.pk, by=people.operator, at=cast.day(1))
    with refused(NotPermitted, "said so already"):
        disown_account(matter.pk, by=people.operator, at=cast.day(1))


def test_only_people_with_a_role_here_are_asked(matter, people):
    with refused(NotPermitted, "Only people with a role"):
        disown_account(matter.pk, by=people.target, at=cast.day(1))
    stranger = cast.outsider()
    with refused(NotPermitted, "another organisation"):
        disown_account(matter.pk, by=stranger, at=cast.day(1))
