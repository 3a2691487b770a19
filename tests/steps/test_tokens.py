"""Tokens for programs: who makes them, how they end, and what the register says of it."""

from datetime import date
from typing import Any

import pytest

from folkmoot.casefile.models import Event
from folkmoot.casefile.record import SYSTEM
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import ApiToken
from folkmoot.steps.issue_token import MOST_TOKENS, Issued, issue_token
from folkmoot.steps.remove_second_factor import remove_second_factor
from folkmoot.steps.revoke_token import revoke_token
from tests.cast import Branch, branch, day, lay_open, outsider, refused


@pytest.fixture
def people(db: None) -> Branch:
    return branch()


def issued(people: Branch, **other: Any) -> Issued:
    facts: dict[str, Any] = {
        "name": "Each night",
        "scopes": ["read"],
        "until": date(2027, 1, 31),
        "by": people.operator,
        "at": day(1),
    }
    return issue_token(people.org, **{**facts, **other})


def test_a_token_stands_on_the_register_but_not_the_token_itself(people: Branch) -> None:
    made = issued(people)
    entry = Event.objects.filter(case=None).latest("seq")
    assert (entry.step, entry.by, entry.facts["token"]) == ("issue_token", f"person:{people.operator.pk}", made.row.pk)
    assert made.token.encode() not in bytes(entry.payload)
    assert made.row.until.isoformat() == "2027-01-31T23:59:59+00:00"
    revoke_token(people.org, made.row.pk, by=people.operator, at=day(2))
    revoke_token(people.org, made.row.pk, by=people.operator, at=day(3))  # a second time changes nothing
    assert ApiToken.objects.get().revoked_at == day(2)
    assert lay_open(people.org) == []


def test_nobody_without_an_office_makes_one(people: Branch) -> None:
    with refused(NotPermitted, "Only"):
        issued(people, by=people.author)
    stranger = outsider()
    with refused(NotPermitted, "Only"):
        issued(people, by=stranger)


@pytest.mark.parametrize(
    ("change", "says", "field"),
    [
        ({"name": " "}, "empty", "name"),
        ({"scopes": []}, "what the token is for", "scopes"),
        ({"scopes": ["read", "rule"]}, "what the token is for", "scopes"),
        ({"until": date(2026, 11, 2)}, "from today on", "until"),
        ({"until": date(2027, 11, 5)}, "within a year", "until"),
    ],
)
def test_what_makes_no_sense_is_refused(people: Branch, change: dict[str, Any], says: str, field: str) -> None:
    with refused(BadInput, says, field=field):
        issued(people, **change)


def test_nobody_holds_very_many(people: Branch) -> None:
    for _ in range(MOST_TOKENS):
        issued(people)
    with refused(BadInput, "already", field="name"):
        issued(people)


def test_only_its_owner_and_administrators_revoke_one(people: Branch) -> None:
    number = issued(people).row.pk
    with refused(NotPermitted, "Only an administrator"):
        revoke_token(people.org, number, by=people.moderator or people.author, at=day(2))
    elsewhere = outsider().org
    with refused(NotPermitted, "another organisation"):
        revoke_token(elsewhere, number, by=people.operator, at=day(2))
    revoke_token(people.org, number, by=people.administrator, at=day(2))
    assert not ApiToken.objects.get().holds(at=day(2))


def test_whose_second_factor_is_removed_loses_their_tokens_too(people: Branch) -> None:
    issued(people)
    remove_second_factor(people.operator.email, by=SYSTEM, at=day(2))
    assert ApiToken.objects.get().revoked_at == day(2)
    assert lay_open(people.org) == []
