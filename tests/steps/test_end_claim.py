"""Whose account it is can be said wrongly, and is taken back on the record."""

import pytest

from folkmoot.casefile.models import Event
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.procedure.words import Role
from folkmoot.steps.claim_account import claim_account
from folkmoot.steps.end_claim import end_claim
from folkmoot.steps.give_role import give_role
from folkmoot.steps.standing import involvement
from folkmoot.web.desk.stakes import stakes
from tests import cast
from tests.cast import Branch, refused

pytestmark = pytest.mark.django_db
WHY = "The account is Rowan's; the two were mixed up."


@pytest.fixture
def people() -> Branch:
    return cast.branch()


def test_whoever_was_said_to_own_the_account_wrongly_may_act_again(people: Branch) -> None:
    matter = cast.reported(people)
    claim = cast.own(people, people.operator)
    assert "account of yours" in involvement(matter.case, people.operator)
    assert stakes([matter.case], people.operator)[matter.pk].party
    end_claim(claim, reason=WHY, by=people.administrator, at=cast.day(1))
    assert involvement(matter.case, people.operator) == ""
    assert not stakes([matter.case], people.operator)[matter.pk].party


def test_the_register_says_who_ended_what_and_not_why(people: Branch) -> None:
    claim = cast.own(people, people.operator)
    ended = end_claim(claim, reason=WHY, by=people.administrator, at=cast.day(1))
    assert (ended.until, ended.ended_because) == (cast.day(1), WHY)
    entry = Event.objects.get(step="end_claim")
    assert entry.by == f"person:{people.administrator.pk}"
    assert entry.facts == {"account": people.account.pk, "person": people.operator.pk, "claim": claim.pk}
    assert cast.lay_open(people.org) == []


def test_an_ended_claim_can_be_made_again_and_bars_again(people: Branch) -> None:
    matter = cast.reported(people)
    end_claim(cast.own(people, people.operator), reason=WHY, by=people.administrator, at=cast.day(1))
    claim_account(people.account, people.operator, evidence="It was so.", by=people.administrator, at=cast.day(2))
    assert "account of yours" in involvement(matter.case, people.operator)
    assert cast.lay_open(people.org) == []


def test_it_ends_once_and_with_a_reason(people: Branch) -> None:
    claim = cast.own(people, people.operator)
    with refused(BadInput, "empty", field="reason"):
        end_claim(claim, reason=" ", by=people.administrator, at=cast.day(1))
    end_claim(claim, reason=WHY, by=people.administrator, at=cast.day(1))
    with refused(BadInput, "ended already", field="reason"):
        end_claim(claim, reason=WHY, by=people.administrator, at=cast.day(2))


def test_an_administrator_of_the_organisation_ends_it_and_nobody_their_own(people: Branch) -> None:
    claim = cast.own(people, people.operator)
    for other in (people.moderator, people.secretary, cast.outsider()):
        assert other is not None
        with refused(NotPermitted, "Only an administrator"):
            end_claim(claim, reason=WHY, by=other, at=cast.day(1))
    give_role(people.operator, Role.ADMINISTRATOR, by=people.administrator, at=cast.day(1))
    with refused(NotPermitted, "another administrator"):
        end_claim(claim, reason=WHY, by=people.operator, at=cast.day(2))
