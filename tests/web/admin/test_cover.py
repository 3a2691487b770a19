"""People: who covers for somebody who is away, and who takes over after the annual meeting."""

import re

import pytest
from django.test import Client

from folkmoot.members.models import Cover
from folkmoot.procedure.words import Role
from folkmoot.steps.claim import claim
from tests.cast import Branch, day, reported


def url(people: Branch, person: object, rest: str) -> str:
    return f"/o/{people.org.slug}/admin/people/{person.pk}/{rest}"  # type: ignore[attr-defined]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_somebody_covers_for_some_days_and_it_stands_on_both_their_pages(people: Branch, ada: Client) -> None:
    assert people.secretary
    page = url(people, people.secretary, "cover/")
    sent = {"covering": people.target.pk, "role": "secretary", "first": "2026-11-05", "last": "2026-11-09"}
    answer = ada.post(page, sent, follow=True)
    assert answer.redirect_chain == [(page, 303)]
    said = words(answer.content.decode())
    assert "Tamsin Voss" in said
    assert "To come" in said
    assert Role.SECRETARY in people.target.offices(at=day(4))
    assert "Tamsin Voss covers for them: Secretary" in words(
        ada.get(url(people, people.secretary, "")).content.decode()
    )
    assert "They cover for Sol Verity" in words(ada.get(url(people, people.target, "")).content.decode())


def test_without_a_last_day_it_is_a_deputy_until_somebody_ends_it(people: Branch, ada: Client) -> None:
    assert people.secretary
    page = url(people, people.secretary, "cover/")
    ada.post(page, {"covering": people.target.pk, "role": "secretary", "first": "2026-11-03", "last": ""})
    assert "without an end: a deputy" in words(ada.get(page).content.decode())
    cover = Cover.objects.get()
    other = url(people, people.operator, "cover/ended/")
    assert ada.post(other, {"cover": cover.pk}).status_code == 404
    assert ada.post(f"{page}ended/", {"cover": cover.pk}).status_code == 303
    assert Role.SECRETARY not in people.target.offices(at=day(1, 12))
    again = ada.post(f"{page}ended/", {"cover": cover.pk})
    assert again.status_code == 422
    assert "This has ended already." in again.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("covering", "", "choose one of those that are shown"),
        ("role", "executive", "choose one of those that are shown"),
        ("first", "soon", "Please give a day"),
        ("last", "2026-10-01", "The last day has to come after the first"),
    ],
)
def test_what_cannot_be_is_said(field: str, value: str, says: str, people: Branch, ada: Client) -> None:
    assert people.secretary
    sent = {"covering": people.target.pk, "role": "secretary", "first": "2026-11-05", "last": "2026-11-09"}
    answer = ada.post(url(people, people.secretary, "cover/"), {**sent, field: value})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Cover.objects.exists()


def test_a_member_of_the_executive_has_nobody_in_their_place(people: Branch, ada: Client) -> None:
    page = words(ada.get(url(people, people.panel[0], "cover/")).content.decode())
    assert "Nobody sits on the Executive in another’s place" in page


def test_what_moves_is_seen_first_and_then_moves(people: Branch, ada: Client) -> None:
    matter = reported(people)
    claim(matter.pk, by=people.operator, at=day(1))
    page = url(people, people.operator, "passing/")
    assert "Somebody takes over from Mo Abara" in words(ada.get(page).content.decode())
    sent = {"incoming": people.target.pk, "roles": ["moderator"]}
    seen = words(ada.post(page, {**sent, "go": "check"}).content.decode())
    assert "To Tamsin Voss Roles Moderator Places Harbour page" in seen
    assert f"Cases they had taken {matter.pk}" in seen
    assert people.operator.own_offices(at=day(1, 12)) == {Role.MODERATOR}
    answer = ada.post(page, {**sent, "go": "confirm"}, follow=True)
    assert answer.redirect_chain == [(url(people, people.target, ""), 303)]
    assert people.operator.own_offices(at=day(1, 12)) == set()
    assert people.target.own_offices(at=day(1, 12)) == {Role.MODERATOR}
    assert matter.case.claimed_by is None
    left = words(ada.get(page).content.decode())
    assert "there is nothing to take over" in left


def test_the_last_administrator_cannot_leave_like_this(people: Branch, ada: Client) -> None:
    page = url(people, people.administrator, "passing/")
    sent = {"incoming": people.target.pk, "roles": ["administrator"], "go": "confirm"}
    answer = ada.post(page, sent)
    assert answer.status_code == 422
    assert "is the last administrator who has signed in" in answer.content.decode()
