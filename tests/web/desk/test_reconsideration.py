"""Answering an appeal, at the desk."""

from typing import Any

import pytest

from folkmoot.casefile.models import Measure, Paper
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import MeasureKind, Outcome
from folkmoot.steps.decide import decide
from folkmoot.steps.lodge_appeal import lodge_appeal
from tests.cast import (
    APPEAL,
    PASSAGE,
    REASONS,
    Branch,
    Matter,
    a_decision,
    appealed,
    branch,
    day,
    decided,
    everything,
    reported,
)
from tests.web.desk.pages import Desk, missing, said

ANSWER = "Read again, these words are about a person and not about the plan."


@pytest.fixture
def matter(people: Branch) -> Matter:
    return appealed(people)


@pytest.fixture
def desk(people: Branch, matter: Matter) -> Desk:
    assert people.moderator is not None
    return Desk(people.moderator).free(matter)


def answer(matter: Matter, **other: Any) -> dict[str, Any]:
    fields = {"seen": matter.case.seq, "form_key": "1" * 32, "answer": "stands", "reasons": ANSWER, "go": "check"}
    return {**fields, **other}


def test_the_appeal_stands_beside_the_decision(desk: Desk, matter: Matter) -> None:
    page = desk.read(f"cases/{matter.pk}/reconsideration/")
    for shown in (APPEAL, REASONS, PASSAGE):
        assert shown in page


def test_an_answer_sent_to_a_case_that_nobody_has_appealed_is_refused_in_words(people: Branch) -> None:
    matter = reported(people)
    desk = Desk(people.operator).free(matter)
    for decide_first in (False, True):
        if decide_first:
            decide(matter.pk, a_decision(), by=people.operator, at=day(1))
        before = everything()
        sent = desk.post(f"cases/{matter.pk}/reconsideration/", **answer(matter, go="confirm"))
        assert sent.status_code == 303
        assert everything() == before


def test_checking_shows_the_letter_and_writes_nothing(desk: Desk, matter: Matter) -> None:
    before = everything()
    page = said(desk.post(f"cases/{matter.pk}/reconsideration/", **answer(matter)))
    assert "It stands." in page
    assert "Let it stand and tell the author" in page
    assert ANSWER in page
    assert everything() == before


def test_the_letter_that_was_checked_is_the_one_that_goes(desk: Desk, matter: Matter) -> None:
    checked = said(desk.post(f"cases/{matter.pk}/reconsideration/", **answer(matter)))
    assert desk.post(f"cases/{matter.pk}/reconsideration/", **answer(matter, go="confirm")).status_code == 303
    body = matter.papers(Paper.Kind.NOTICE)[-1].words["body"]
    assert missing(body, checked) == []


def test_overturning_asks_for_the_post_back(desk: Desk, matter: Matter) -> None:
    sent = answer(matter, answer="overturned")
    assert "Overturn and tell the author" in said(desk.post(f"cases/{matter.pk}/reconsideration/", **sent))
    desk.post(f"cases/{matter.pk}/reconsideration/", **{**sent, "go": "confirm"})
    assert [task.op for task in matter.tasks()] == [Task.Op.RESTORE]
    assert "Asked to be put back" in desk.read(f"cases/{matter.pk}/")


def test_a_button_pressed_twice_answers_once(desk: Desk, matter: Matter) -> None:
    sent = answer(matter, go="confirm")
    assert [desk.post(f"cases/{matter.pk}/reconsideration/", **sent).status_code for _ in range(2)] == [303, 303]
    assert len(matter.papers(Paper.Kind.RECONSIDERATION)) == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"answer": ""}, "Please choose one."),
        ({"answer": "worse"}, "Please choose one of the answers"),
        ({"reasons": "No."}, "Please write your reasons in a sentence or two"),
    ],
)
def test_what_is_missing_is_said(desk: Desk, matter: Matter, wrong: dict[str, str], says: str) -> None:
    sent = desk.post(f"cases/{matter.pk}/reconsideration/", **answer(matter, go="confirm", **wrong))
    assert sent.status_code == 422
    assert says in said(sent)
    assert matter.papers(Paper.Kind.RECONSIDERATION) == []


def test_who_decided_first_is_told_that_another_is_free(people: Branch, matter: Matter) -> None:
    desk = Desk(people.operator)
    assert "Another moderator is free to look at the appeal" in desk.read(f"cases/{matter.pk}/")
    assert desk.get(f"cases/{matter.pk}/reconsideration/").status_code == 303
    sent = desk.post(f"cases/{matter.pk}/reconsideration/", **answer(matter, go="confirm"))
    assert sent.status_code == 422
    assert ANSWER in said(sent)


def test_a_lone_moderator_may_and_the_letter_says_so(db: None) -> None:
    matter = appealed(branch(moderators=1))
    desk = Desk(matter.branch.operator)
    assert "no other moderator is free" in desk.read(f"cases/{matter.pk}/reconsideration/")
    page = said(desk.post(f"cases/{matter.pk}/reconsideration/", **answer(matter)))
    assert "Only one moderator is free to look at this matter" in page


def test_something_milder_is_offered_checked_and_takes_its_place(desk: Desk, matter: Matter) -> None:
    page = desk.read(f"cases/{matter.pk}/reconsideration/")
    assert "Something milder takes its place" in page
    assert "A warning: whatever was taken is given back" in page
    sent = answer(matter, answer="varied", instead="warn")
    checked = said(desk.post(f"cases/{matter.pk}/reconsideration/", **sent))
    for words in ("It is varied: something milder takes its place.", "You get a task to put the post back by hand."):
        assert words in checked
    assert desk.post(f"cases/{matter.pk}/reconsideration/", **{**sent, "go": "confirm"}).status_code == 303
    assert matter.case.outcome == Outcome.WARN
    assert missing(matter.papers(Paper.Kind.NOTICE)[-2].words["body"], checked) == []


def test_what_takes_its_place_has_to_be_said(desk: Desk, matter: Matter) -> None:
    sent = desk.post(f"cases/{matter.pk}/reconsideration/", **answer(matter, answer="varied", go="confirm"))
    assert sent.status_code == 422
    assert "Please say what takes the place of the decision" in said(sent)


def test_a_suspension_can_be_shortened_and_not_made_longer(people: Branch, desk: Desk, matter: Matter) -> None:
    measure = suspended(matter)
    path = f"cases/{matter.pk}/reconsideration/"
    assert "Suspend the account: what becomes of it?" in desk.read(path)
    fields = {"answer": "varied", "instead": "measure", f"eased_{measure.pk}": "suspend", "go": "confirm"}
    longer = desk.post(path, **answer(matter, **fields, **{f"until_{measure.pk}": "2027-01-30"}))
    assert longer.status_code == 422
    assert "never more" in said(longer)
    sooner = desk.post(path, **answer(matter, **fields, **{f"until_{measure.pk}": "2026-12-05"}))
    assert sooner.status_code == 303
    measure.refresh_from_db()
    assert measure.until.date().isoformat() == "2026-12-05"


def test_where_only_a_warning_was_given_nothing_milder_is_offered(people: Branch) -> None:
    matter = decided(people, outcome=Outcome.WARN)
    lodge_appeal(matter.pk, words=APPEAL, by=matter.grant, at=day(2))
    assert people.moderator is not None
    page = Desk(people.moderator).free(matter).read(f"cases/{matter.pk}/reconsideration/")
    assert "takes its place?" not in page
    assert "Something milder takes its place" not in page.replace("something milder takes its place, or", "")


def suspended(matter: Matter) -> Measure:
    """Return a suspension that came with the decision."""
    decision = matter.papers(Paper.Kind.DECISION)[0]
    until = day(45, hour=23)
    return Measure.objects.create(
        org=matter.branch.org,
        case=matter.case,
        paper=decision,
        kind=MeasureKind.SUSPEND,
        platform=matter.branch.place,
        account=matter.branch.account,
        since=decision.at,
        until=until,
    )
