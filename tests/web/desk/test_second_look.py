"""The second look on its pages: asked for instead of decided, agreed to or sent back, and the look afterwards."""

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.procedure.words import Clarity, Stage
from folkmoot.steps.decide import decide
from folkmoot.steps.propose import propose
from tests.cast import REASONS, Branch, Matter, a_decision, branch, day, free, reported
from tests.web.desk.pages import Desk, missing, said, typed

WHY = "It can be read as being about the plan, so I would leave it."


@pytest.fixture
def matter(people: Branch) -> Matter:
    return reported(people)


def proposed(matter: Matter) -> Desk:
    """Let the first moderator propose to remove, and return the second one's desk."""
    people = matter.branch
    assert people.moderator is not None
    free(matter, people.operator, at=day(1))
    propose(matter.pk, a_decision(clarity=Clarity.UNCLEAR), by=people.operator, at=day(1))
    return Desk(people.moderator).free(matter)


def test_an_unclear_removal_is_not_offered_but_a_second_look_is(matter: Matter, people: Branch) -> None:
    desk = Desk(people.operator).free(matter)
    sent = typed(matter, clarity="unclear")
    beside = said(desk.post(f"cases/{matter.pk}/decision/letter/", **sent))
    assert "Would something milder do, which can be undone?" in beside
    check = desk.post(f"cases/{matter.pk}/decision/", **sent)
    page = said(check)
    assert "Nia Roe is asked to take a second look" in page
    assert 'value="confirm"' not in check.content.decode()
    forced = desk.post(f"cases/{matter.pk}/decision/", **{**sent, "go": "confirm"})
    assert forced.status_code == 422
    assert "somebody else is free to look at it first" in said(forced)
    assert desk.post(f"cases/{matter.pk}/decision/", **{**sent, "go": "propose"}).status_code == 303
    assert matter.case.stage == Stage.SECOND_LOOK
    home = desk.read(f"cases/{matter.pk}/")
    assert "Somebody else looks first" in home
    assert "Proposed, and not yet decided" in home


def test_the_other_sees_the_letter_that_would_go_and_agrees(matter: Matter) -> None:
    desk = proposed(matter)
    assert "Waits for a second look" in desk.read("queue/?show=second")
    assert "Look at what is proposed" in desk.read(f"cases/{matter.pk}/")
    page = desk.read(f"cases/{matter.pk}/second-look/")
    assert REASONS in page
    sent = {"seen": matter.case.seq, "form_key": "0" * 32, "go": "agree"}
    answers = [desk.post(f"cases/{matter.pk}/second-look/", **sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    notice = next(one for one in matter.papers(Paper.Kind.NOTICE) if one.facts["audience"] == "author")
    assert missing(notice.words["body"], page) == []
    assert "took the second look" in desk.read(f"cases/{matter.pk}/")
    assert len(matter.papers(Paper.Kind.DECISION)) == 1


def test_who_does_not_agree_is_asked_why_and_the_words_stay(matter: Matter) -> None:
    desk = proposed(matter)
    sent = {"seen": matter.case.seq, "form_key": "0" * 32, "go": "decline"}
    answer = desk.post(f"cases/{matter.pk}/second-look/", **sent, reasons="No, sorry.")
    assert answer.status_code == 422
    assert "No, sorry." in answer.content.decode()
    assert desk.post(f"cases/{matter.pk}/second-look/", **sent, reasons=WHY).status_code == 303
    assert matter.case.stage == Stage.RECEIVED
    assert WHY in desk.read(f"cases/{matter.pk}/")


def test_when_another_was_first_the_page_says_who_and_what_and_keeps_what_was_typed(db: None) -> None:
    matter = reported(branch(moderators=3))
    desk = proposed(matter)
    third = Desk(matter.branch.people["Oz Lark"]).free(matter)
    sent = {"seen": matter.case.seq, "form_key": "0" * 32, "go": "agree"}
    assert desk.post(f"cases/{matter.pk}/second-look/", **sent).status_code == 303
    late = third.post(f"cases/{matter.pk}/second-look/", **{**sent, "go": "decline"}, reasons=WHY)
    assert late.status_code == 422
    page = said(late)
    assert "Somebody was first" in page
    assert "Nia Roe decided: remove the post" in page
    assert f"Why not? {WHY}" in page
    assert len(matter.papers(Paper.Kind.DECISION)) == 1


def test_who_proposed_it_can_take_it_back_but_not_agree(matter: Matter, people: Branch) -> None:
    proposed(matter)
    desk = Desk(people.operator)
    assert "I agree" not in desk.read(f"cases/{matter.pk}/second-look/")
    sent = {"seen": matter.case.seq, "form_key": "0" * 32}
    assert desk.post(f"cases/{matter.pk}/second-look/", **sent, go="agree").status_code == 422
    taken = desk.post(f"cases/{matter.pk}/second-look/", **sent, go="decline", reasons="I have thought better of it.")
    assert taken.status_code == 303
    assert matter.case.stage == Stage.RECEIVED


def test_home_shows_a_proposal_to_those_who_can_look(matter: Matter, people: Branch) -> None:
    desk = proposed(matter)
    assert "Waits for a second look" in desk.read()
    assert "Waits for a second look" not in Desk(people.operator).read()


def test_the_secretary_looks_afterwards_at_what_was_decided_alone(db: None) -> None:
    people = branch(moderators=1)
    matter = reported(people)
    only = Desk(people.operator).free(matter)
    check = said(only.post(f"cases/{matter.pk}/decision/", **typed(matter, clarity="unclear")))
    assert "the Secretary looks at it afterwards" in check
    decide(matter.pk, a_decision(clarity=Clarity.UNCLEAR), by=people.operator, at=day(1))
    assert people.secretary is not None
    desk = Desk(people.secretary).free(matter)
    assert f"cases/{matter.pk}/" in desk.get().content.decode()
    assert "Look at it afterwards" in desk.read(f"cases/{matter.pk}/")
    sent = {"seen": matter.case.seq, "form_key": "0" * 32, "answer": "overturned"}
    assert desk.post(f"cases/{matter.pk}/afterwards/", **sent, reasons="No.").status_code == 422
    assert desk.post(f"cases/{matter.pk}/afterwards/", **sent, reasons=WHY).status_code == 303
    assert not matter.case.standing
