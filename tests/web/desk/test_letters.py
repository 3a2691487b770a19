"""The outbox at the desk, and the first page after sign-in."""

import pytest

from folkmoot.config.mail import mail_server
from folkmoot.procedure.words import ReportKind
from folkmoot.steps.hand_over import hand_over
from folkmoot.steps.record_delivery import record_failure, record_sent
from tests.cast import (
    AUTHOR_ADDRESS,
    PASSAGE,
    Branch,
    appealed,
    before_executive,
    branch,
    day,
    decided,
    minuted,
    outsider,
    reported,
)
from tests.web.browsers import move_clock
from tests.web.desk.pages import Desk


def test_letters_stand_without_their_words_or_addresses(people: Branch) -> None:
    matter = decided(people)
    page = Desk(people.operator).read("letters/")
    assert "Decision and reasons" in page
    assert str(matter.pk) in page
    assert PASSAGE not in page
    assert AUTHOR_ADDRESS not in page


def test_letters_to_moderators_and_administrators_say_to_whom_they_went(db: None) -> None:
    matter = before_executive(branch("Quay branch", secretary=False, panel=0))
    people = matter.branch
    reported(people, kind=ReportKind.SPAM, at=day(5))
    desk = Desk(people.operator)
    for path, moderator, administrator in (
        ("letters/", "a moderator", "an administrator"),
        (f"cases/{matter.pk}/", "To a moderator", "To an administrator"),
    ):
        page = desk.read(path)
        for part in ("Reported again", moderator, "Nobody is there to act", administrator):
            assert part in page


def test_without_a_mail_server_the_page_says_so(people: Branch, settings: object) -> None:
    decided(people)
    desk = Desk(people.operator)
    settings.MAIL = None  # type: ignore[attr-defined]
    assert "No mail server is set, so no letter leaves." in desk.read("letters/")
    settings.MAIL = mail_server("smtp://localhost:2525?from=post@example.org")  # type: ignore[attr-defined]
    assert "is tried again by itself for three days" in desk.read("letters/")


def test_each_state_has_its_list(people: Branch) -> None:
    matter = decided(people)
    letters = {letter.kind: letter for letter in matter.letters()}
    record_sent(letters["statement_of_reasons"].pk, at=day(1))
    record_failure(letters["reporter_news"].pk, error="no such mailbox", lasting=True, at=day(1))
    desk = Desk(people.operator)
    assert "Decision and reasons" in desk.read("letters/?show=sent")
    assert "no such mailbox" in desk.read("letters/?show=given_up")
    assert "Receipt of the report" in desk.read("letters/")
    assert "Receipt of the report" in desk.read("letters/?show=anything")


def test_other_organisations_letters_are_not_there(people: Branch) -> None:
    decided(people)
    assert "Decision and reasons" not in Desk(outsider()).read("letters/")


def test_home_shows_what_waits_for_this_person_only(people: Branch) -> None:
    matter = reported(people)
    assert f"Case {matter.pk}" in Desk(people.operator).read()
    assert people.secretary is not None
    for other in (people.secretary, people.panel[0], people.administrator):
        assert f"Case {matter.pk}" not in Desk(other).read()


def test_home_leaves_out_what_somebody_else_has_to_decide(people: Branch) -> None:
    matter = reported(people, email=people.operator.email)
    assert f"Case {matter.pk}" not in Desk(people.operator).read()


def test_home_leaves_an_appeal_to_the_moderator_who_did_not_decide(people: Branch) -> None:
    matter = appealed(people)
    assert people.moderator is not None
    assert matter.case.claimed_by is None
    assert "Appeal waits" not in Desk(people.operator).read()
    assert "Appeal waits" in Desk(people.moderator).read()


def test_home_shows_a_late_case_once_to_whoever_was_added(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    matter = reported(people)
    reported(people, words="I have seen it too.")
    for duty in matter.case.duties.all():
        hand_over(duty.pk, at=day(6))
    move_clock(monkeypatch, day(6))
    assert people.secretary is not None
    assert Desk(people.secretary).read().count(f"Case {matter.pk}") == 1


def test_home_sends_the_secretary_to_the_executive(people: Branch) -> None:
    matter = before_executive(people)
    assert people.secretary is not None
    assert f"Bring case {matter.pk} before the Executive" in Desk(people.secretary).read()


def test_home_asks_those_who_sat_to_confirm(people: Branch) -> None:
    matter = minuted(people)
    assert f"Confirm the minute of case {matter.pk}" in Desk(people.panel[0]).read()
    assert "Confirm the minute" not in Desk(people.panel[3]).read()


def test_home_shows_what_has_to_be_done_by_hand(people: Branch) -> None:
    decided(people)
    assert "Remove the post by Rowan Pike" in Desk(people.administrator).read()
