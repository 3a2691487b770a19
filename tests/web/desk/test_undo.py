"""Undo: within the minute, on the case and for many at once, with and without a script."""

from datetime import timedelta

import pytest

from folkmoot.casefile.models import Case
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import ReportKind, Stage
from folkmoot.steps.decide import decide
from folkmoot.steps.decide_spam import decide_spam
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.record_delivery import record_sent
from folkmoot.steps.take_along import Going, take_along
from folkmoot.steps.undo import undo
from tests.cast import APPEAL, AUTHOR_ADDRESS, REASONS, Branch, Matter, a_decision, day, decided, post, reported
from tests.steps.test_take_along import WHY, taken
from tests.steps.test_take_along import copy as copied
from tests.web.browsers import move_clock
from tests.web.desk.pages import Desk, said, typed


@pytest.fixture
def matter(people: Branch) -> Matter:
    return decided(people)


def later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    move_clock(monkeypatch, day(1) + timedelta(seconds=seconds))


def test_whoever_decided_is_offered_it_with_the_seconds_that_are_left(
    matter: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, 13)
    page = Desk(matter.branch.operator).read(f"cases/{matter.pk}/")
    assert "You have just decided this. No letter has left yet." in page
    assert "Undo ( 47 s)" in page


def test_nobody_else_is_offered_it_and_nobody_after_the_minute(matter: Matter, monkeypatch: pytest.MonkeyPatch) -> None:
    moderator = matter.branch.moderator
    assert moderator is not None
    assert "Undo" not in Desk(moderator).free(matter).read(f"cases/{matter.pk}/")
    later(monkeypatch, 60)
    assert "Undo" not in Desk(matter.branch.operator).read(f"cases/{matter.pk}/")


def test_it_takes_the_decision_back_and_says_what_happened(matter: Matter) -> None:
    desk = Desk(matter.branch.operator)
    answer = desk.post(f"cases/{matter.pk}/undo/", paper=str(matter.papers("decision")[0].number))
    assert answer.status_code == 303
    page = desk.read(f"cases/{matter.pk}/")
    assert "Taken back. No letter has left, and the case is as it was." in page
    assert "If you had taken the post down already, please put it back." in page
    assert "took back what they had decided" in page
    assert "The decision" not in page
    assert matter.case.stage == Stage.RECEIVED


def test_what_was_written_is_there_again(matter: Matter) -> None:
    desk = Desk(matter.branch.operator)
    desk.post(f"cases/{matter.pk}/undo/")
    form = desk.get(f"cases/{matter.pk}/decision/").content.decode()
    assert REASONS in form
    assert 'value="remove" id="id_outcome_' in form or "checked" in form
    assert form.count("checked") >= 4  # the outcome, the rule, at whom, how clear


def test_too_late_it_says_why_and_leaves_all_as_it_is(matter: Matter) -> None:
    record_sent(matter.letters(AUTHOR_ADDRESS)[0].pk, at=day(1))
    desk = Desk(matter.branch.operator)
    answer = desk.post(f"cases/{matter.pk}/undo/")
    assert answer.status_code == 303
    assert "A letter about it has left, so this cannot be taken back any more." in desk.read(f"cases/{matter.pk}/")
    assert matter.case.stage == Stage.DECIDED


def test_spam_in_many_cases_is_taken_back_at_once(people: Branch) -> None:
    matters = []
    for number in ("201", "202"):
        one = post(people.org, people.place, native_id=number, account=people.account)
        matters.append(reported(people, post=one, kind=ReportKind.SPAM))
        decide_spam(matters[-1].pk, code="H1", by=people.operator, at=day(1))
    desk = Desk(people.operator)
    page = desk.read("queue/")
    assert "You have just decided 2 cases." in page
    answer = desk.post("undo/", case=[str(matter.pk) for matter in matters])
    assert answer.status_code == 303
    assert "2 cases are as they were before. No letter about them has left." in desk.read("queue/")
    assert {matter.case.stage for matter in matters} == {Stage.RECEIVED}
    assert not Dispatch.objects.filter(to=AUTHOR_ADDRESS).exclude(state=Dispatch.State.CANCELLED).exists()


def test_what_stays_of_many_says_why(matter: Matter) -> None:
    moderator = matter.branch.moderator
    assert moderator is not None
    desk = Desk(moderator)
    desk.post("undo/", case=[str(matter.pk)])
    assert f"Case {matter.pk}: Only whoever has decided can take it back." in desk.read("queue/")


def test_another_organisation_s_case_is_not_there(matter: Matter) -> None:
    assert Desk(matter.branch.operator).post("cases/999999/undo/").status_code == 404
    assert said(Desk(matter.branch.operator).post("undo/", case=["999999"])) == ""


def test_in_an_emergency_the_page_says_that_nothing_can_be_taken_back(people: Branch) -> None:
    matter = reported(people, kind=ReportKind.THREAT)
    desk = Desk(people.operator).free(matter)
    page = said(desk.post(f"cases/{matter.pk}/decision/", **typed(matter)))
    assert f"the letter goes to {AUTHOR_ADDRESS} at once, and nothing can be taken back." in page
    desk.post(f"cases/{matter.pk}/decision/", **typed(matter, go="confirm"))
    page = desk.read(f"cases/{matter.pk}/")
    assert "The author’s letter leaves at once." in page
    assert "Undo" not in page


def test_what_went_with_it_is_taken_back_with_it_one_or_many(matter: Matter, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, people = Desk(matter.branch.operator), matter.branch
    for minute in (1, 2):
        now = day(1) + timedelta(minutes=minute)
        move_clock(monkeypatch, now)
        if minute == 2:
            decide(matter.pk, a_decision(), by=people.operator, at=now)
        else:
            undo(matter.pk, by=people.operator, at=day(1))
            decide(matter.pk, a_decision(), by=people.operator, at=now)
            found = copied(people)
        take_along(matter.pk, going=[Going(found.pk, WHY)], no_part=True, by=people.operator, at=now)
        child = Case.objects.get(post=found)
        assert "1 post that went with it is taken back too." in desk.read(f"cases/{matter.pk}/")
        if minute == 1:
            desk.post(f"cases/{matter.pk}/undo/")
            page = desk.read(f"cases/{matter.pk}/")
            assert "the case is as it was. So is 1 post that went with it." in page
            assert f"Case {child.pk}" not in page
        else:
            assert desk.post("undo/", case=[matter.pk, child.pk]).status_code == 303
            assert "2 cases are as they were before." in desk.read("queue/")
        assert (matter.case.stage, Case.objects.get(pk=child.pk).stage) == (Stage.RECEIVED, Stage.RECEIVED)


def test_before_something_comes_back_with_it_one_reads_that_this_cannot_be_undone(matter: Matter) -> None:
    taken(matter, copied(matter.branch))
    lodge_appeal(matter.pk, words=APPEAL, by=matter.grant, at=day(2))
    assert matter.branch.moderator
    desk = Desk(matter.branch.moderator).free(matter)
    sent = {"answer": "overturned", "reasons": REASONS, "go": "check", "form_key": "1" * 32}
    sent["seen"] = str(matter.case.seq)
    assert "1 post that went with it comes back too" in said(desk.post(f"cases/{matter.pk}/reconsideration/", **sent))
