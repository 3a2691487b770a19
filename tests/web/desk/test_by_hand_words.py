"""Every operation by hand has its words, at every kind of place."""

import pytest

from folkmoot.archive.models import Platform
from folkmoot.casefile.models import Measure
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import MeasureKind, Outcome
from folkmoot.steps.answer_in_comments import answer_in_comments
from folkmoot.steps.decide import decide
from folkmoot.steps.mark_official import mark_handle_official
from folkmoot.web.desk import by_hand, words
from folkmoot.web.desk.clicks import checklist
from tests.cast import Branch, a_decision, day, decided, free, post, reported
from tests.web.browsers import move_clock
from tests.web.desk.pages import Desk, said

ANSWER = "Please ask us by mail why something was taken down; we do not argue it here."
RIGHT = "The council votes in May, not in April."


@pytest.mark.parametrize("op", list(Task.Op))
def test_every_operation_has_its_words(op: Task.Op) -> None:
    for known in (words.OPS, words.OPS_DONE, by_hand.WAITS, by_hand.DID, by_hand.DID_NOT):
        assert str(known[op])
    if op in Task.POST_OPS:
        assert str(by_hand.ASKED[op])
        assert str(by_hand.FAILED[op])


@pytest.mark.parametrize("kind", list(Platform.Kind))
def test_every_operation_says_what_to_click_at_every_kind_of_place(kind: Platform.Kind) -> None:
    place = Platform(kind=kind)
    asked = [Task(op=op, platform=place) for op in Task.Op if "measure" not in op and op != Task.Op.HAND_OVER_NOTICE]
    for measure in MeasureKind:
        asked += [Task(op=op, platform=place, measure=Measure(kind=measure)) for op in ("apply_measure", "end_measure")]
    for task in asked:
        clicks = [str(click) for click in checklist(task)]
        assert clicks, task.op
        assert all(click.endswith(".") for click in clicks)


def test_the_words_for_our_own_wrong_post_are_there_to_copy(people: Branch) -> None:
    account = mark_handle_official(people.place, "harbour.branch", by=people.operator, at=day(0))
    ours = post(people.org, people.place, text="The council votes in April.", native_id="7", account=account)
    matter = reported(people, post=ours)
    free(matter, people.operator, at=day(1))
    decision = a_decision(Outcome.CORRECTED, correction=RIGHT, codes=[])
    decide(matter.pk, decision, by=people.operator, at=day(1))
    [task] = matter.tasks()
    page = Desk(people.operator).read(f"tasks/{task.pk}/")
    assert "Correct our own post at Harbour page." in page
    assert f"Copy the words {RIGHT}" in page


def test_the_standard_answer_is_there_to_copy(people: Branch) -> None:
    matter = reported(people)
    free(matter, people.operator, at=day(1))
    answer_in_comments(matter.pk, words=ANSWER, by=people.operator, at=day(1))
    [task] = matter.tasks()
    page = Desk(people.operator).read(f"tasks/{task.pk}/")
    assert "Post our standard answer below the post by Rowan Pike (rowan.pike) at Harbour page." in page
    assert f"Copy the words {ANSWER}" in page


def test_who_is_not_sure_says_so_and_who_looks_says_what_they_see(people: Branch) -> None:
    matter = decided(people)
    desk = Desk(people.operator)
    [removal] = matter.tasks()
    assert desk.post(f"tasks/{removal.pk}/", done="unsure").status_code == 303
    [look] = matter.tasks()
    page = desk.read(f"cases/{matter.pk}/")
    assert "Nobody is sure" in page
    assert "tried, and is not sure that it worked: somebody is asked to look" in page
    page = desk.read(f"tasks/{look.pk}/")
    assert "Look whether the post by Rowan Pike (rowan.pike) can be seen at Harbour page." in page
    assert "I cannot tell" in page
    assert desk.post(f"tasks/{look.pk}/", done="not_there").status_code == 303
    assert "Removed" in desk.read(f"cases/{matter.pk}/")


def test_a_task_that_nobody_wants_any_more_leads_to_the_one_that_is_wanted(people: Branch) -> None:
    matter = decided(people)
    desk = Desk(people.operator)
    [removal] = matter.tasks()
    desk.post(f"tasks/{removal.pk}/", done="unsure")
    [look] = matter.tasks()
    desk.post(f"tasks/{look.pk}/", done="there")
    again = matter.tasks()[0]
    Task.objects.filter(pk=look.pk).update(state=Task.State.SUPERSEDED)
    answer = desk.get(f"tasks/{look.pk}/")
    assert f"/tasks/{again.pk}/" in answer.content.decode()
    assert "Go to what is wanted now" in said(answer)


def test_what_has_waited_for_days_says_so(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    decided(people)
    desk = Desk(people.operator)
    assert "Waits for long" not in desk.read("tasks/")
    move_clock(monkeypatch, day(4))
    assert "Waits for long" in desk.read("tasks/")
