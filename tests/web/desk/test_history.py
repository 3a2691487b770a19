"""The history of an account opens with a reason, which is kept."""

import pytest

from folkmoot.casefile.models import Reading
from folkmoot.procedure.words import Role
from folkmoot.steps.claim_account import claim_account
from folkmoot.steps.seal import seal
from tests.cast import WORDS, Branch, branch, day, decided
from tests.web.browsers import move_clock
from tests.web.desk.pages import Desk, said

WHY = "A rule speaks of pestering"


@pytest.fixture
def people(db: None) -> Branch:
    return branch()


def path(people: Branch) -> str:
    return f"accounts/{people.account.pk}/history/"


def looks() -> list[tuple[str, str]]:
    return list(Reading.objects.filter(what__startswith="history").order_by("pk").values_list("by", "what"))


def test_nothing_is_shown_before_a_reason_is_written(people: Branch) -> None:
    desk = Desk(people.operator)
    page = desk.read(path(people))
    assert WORDS not in page
    assert "Why do you need to see it?" in page
    for reason in ("", "   ", "....", "x"):
        answer = desk.post(path(people), reason=reason)
        assert answer.status_code == 422
        assert WORDS not in said(answer)
    assert looks() == []


def test_with_a_reason_it_shows_posts_cases_and_what_became_of_them(people: Branch) -> None:
    matter = decided(people)
    desk = Desk(people.operator)
    assert desk.post(path(people), reason=WHY).status_code == 303
    page = desk.read(path(people))
    assert WORDS in page
    assert f"Case {matter.pk}: remove the post" in page
    assert "1 post" in page.replace("post 1", "1 post")
    by, account = f"person:{people.operator.pk}", people.account.pk
    assert looks() == [(by, f"history of account {account}: {WHY}"), (by, f"history of account {account}")]


def test_it_closes_after_half_an_hour_and_opens_for_nobody_else(
    people: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(people.operator)
    desk.post(path(people), reason=WHY)
    assert WORDS in desk.read(path(people))
    assert WORDS not in Desk(people.moderator).read(path(people))  # type: ignore[arg-type]
    move_clock(monkeypatch, day(1, 10, 31))
    assert WORDS not in desk.read(path(people))


def test_a_case_that_is_closed_to_the_reader_is_not_counted(people: Branch) -> None:
    matter = decided(people)
    assert people.moderator is not None
    desk = Desk(people.moderator)
    desk.post(f"cases/{matter.pk}/interest/", interested="yes")
    desk.post(path(people), reason=WHY)
    page = desk.read(path(people))
    assert "There is no case about this account that is open to you." in page
    assert "remove" not in page


def test_of_what_is_sealed_nothing_is_shown(people: Branch) -> None:
    matter = decided(people)
    seal(matter.pk, by=people.operator, at=day(1))
    desk = Desk(people.operator)
    desk.post(path(people), reason=WHY)
    page = desk.read(path(people))
    assert WORDS not in page
    assert f"Case {matter.pk}" not in page


def test_nobody_opens_the_history_of_an_account_of_their_own(people: Branch) -> None:
    claim_account(people.account, people.operator, evidence="said so", by=people.operator, at=day(0))
    desk = Desk(people.operator)
    answer = desk.post(path(people), reason=WHY)
    assert answer.status_code == 403
    assert "known to be yours" in said(answer)
    assert looks() == []


def test_whoever_only_keeps_the_software_running_has_no_need_of_it(people: Branch) -> None:
    assert people.administrator.offices(at=day(1)) == {Role.ADMINISTRATOR}
    assert Desk(people.administrator).get(path(people)).status_code == 404
