"""Taking longer for an answer: the page says what is put off until when, and those who wait read why."""

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.steps.extend import extend
from folkmoot.worker.sweep import sweep
from tests.cast import Branch, appealed, day, reported
from tests.web.browsers import move_clock, party
from tests.web.desk.pages import Desk, said

WHY = "We wait for the place to send us the rest of the conversation."


def test_the_page_says_what_is_put_off_until_when_and_the_reporter_reads_why(people: Branch) -> None:
    matter = reported(people)
    desk = Desk(people.operator).free(matter)
    assert f"cases/{matter.pk}/extension/" in desk.get(f"cases/{matter.pk}/").content.decode()
    page = desk.read(f"cases/{matter.pk}/extension/")
    assert "Saturday 7 November" in page
    assert "Thursday 12 November" in page
    sent = {"seen": matter.case.seq, "form_key": "a" * 32, "reason": WHY}
    assert desk.post(f"cases/{matter.pk}/extension/", **sent).status_code == 303
    desk.post(f"cases/{matter.pk}/extension/", **sent)
    assert len(matter.papers(Paper.Kind.EXTENSION)) == 1, "the button was pressed twice"
    page = desk.read(f"cases/{matter.pk}/")
    assert "took longer for the answer, once: those who wait were told" in page
    assert "It takes longer" not in page
    track = f"/o/{people.org.slug}/track/progress/{matter.receipt.grant.pk}/"
    mine = said(party(matter.receipt.grant).get(track))  # type: ignore[arg-type]
    assert "Our answer takes longer" in mine
    assert WHY in mine
    assert "until the end of Thursday 12 November" in mine
    assert "Abara" not in mine


def test_the_author_reads_why_the_answer_to_their_appeal_takes_longer(
    people: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = appealed(people)
    move_clock(monkeypatch, day(3))
    assert people.moderator
    extend(matter.pk, reason=WHY, by=people.moderator, at=day(3))
    mine = said(party(matter.grant).get(f"/o/{people.org.slug}/notice/{matter.grant.pk}/"))  # type: ignore[arg-type]
    assert WHY in mine
    assert "Saturday 14 November" in mine


def test_without_a_reason_nothing_is_put_off_and_the_page_says_so(people: Branch) -> None:
    matter = reported(people)
    desk = Desk(people.operator).free(matter)
    answer = desk.post(f"cases/{matter.pk}/extension/", seen=matter.case.seq, form_key="a" * 32, reason=" ")
    assert answer.status_code == 422
    assert "Please write why it takes longer" in said(answer)


def test_whoever_owes_nothing_that_can_be_put_off_is_led_back(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    matter = reported(people)
    desk = Desk(people.operator).free(matter)
    sweep(at=day(6))
    move_clock(monkeypatch, day(6))
    assert "extension/" not in desk.get(f"cases/{matter.pk}/").content.decode()
    assert desk.get(f"cases/{matter.pk}/extension/").status_code == 303
    stranger = Desk(people.panel[0])
    assert stranger.get(f"cases/{matter.pk}/extension/").status_code == 303
