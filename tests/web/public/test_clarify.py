"""Before anything is decided: the author reads the question and answers it, or says what they have done (Sg)."""

import pytest
from django.test import Client

from folkmoot.casefile.models import Paper
from folkmoot.procedure.words import Answer, Clarity, Lane
from folkmoot.steps.ask_clarification import ask_clarification
from folkmoot.steps.decide import decide
from folkmoot.steps.hide import hide
from folkmoot.steps.look_afterwards import look_afterwards
from folkmoot.steps.mark_official import mark_handle_official
from folkmoot.steps.put_beside import put_beside
from folkmoot.steps.set_lane import set_lane
from folkmoot.steps.write_note import write_note
from tests import cast
from tests.cast import REPORT_WORDS, REPORTER_NAME, Matter, day
from tests.web.browsers import move_clock, officer, party
from tests.web.public.reading import said

QUESTION = "Did you mean the plan, or Councillor Voss herself?"
NOTE = "I have asked Nia what she makes of this."


@pytest.fixture
def asked(db: None, monkeypatch: pytest.MonkeyPatch) -> Matter:
    move_clock(monkeypatch, day(2))
    matter = cast.reported()
    cast.free(matter, matter.branch.operator, at=day(1))
    write_note(matter.pk, words=NOTE, by=matter.branch.operator, at=day(1))
    ask_clarification(matter.pk, question=QUESTION, by=matter.branch.operator, at=day(1))
    return matter


def page(matter: Matter) -> tuple[Client, str]:
    return party(matter.grant), f"/o/{matter.branch.org.slug}/notice/{matter.grant.pk}/"


def test_the_author_reads_the_question_and_that_nobody_has_decided(asked: Matter) -> None:
    browser, address = page(asked)
    shown = said(browser.get(address))
    assert QUESTION in shown
    assert "Nobody has decided anything yet, and this is not a disciplinary matter." in shown
    assert cast.WORDS in shown
    for secret in (NOTE, REPORTER_NAME, REPORT_WORDS, asked.branch.operator.name):
        assert secret not in shown


def test_an_answer_is_kept_once_and_shown_to_both(asked: Matter) -> None:
    browser, address = page(asked)
    fields = {"form_key": "a" * 32, "did": "edited", "words": "I have taken the name out."}
    for _ in range(2):
        assert browser.post(address + "answer/", fields).status_code == 303
    assert [paper.facts["did"] for paper in asked.papers(Paper.Kind.CLARIFICATION)] == ["edited"]
    assert "I have taken the name out." in said(browser.get(address))


def test_what_is_missing_is_said(asked: Matter) -> None:
    browser, address = page(asked)
    answer = browser.post(address + "answer/", {"form_key": "a" * 32, "did": "explained", "words": ""})
    assert answer.status_code == 422
    assert "Please write what you meant" in said(answer)


def test_whoever_answers_too_late_is_told_and_keeps_their_words(asked: Matter) -> None:
    browser, address = page(asked)
    decide(asked.pk, cast.a_decision(), by=asked.branch.operator, at=day(1))
    answer = browser.post(address + "answer/", {"form_key": "a" * 32, "did": "explained", "words": "I meant the plan."})
    assert answer.status_code == 422
    shown = said(answer)
    assert "It has been decided meanwhile" in shown
    assert "You may appeal" in said(browser.get(address))


def test_the_author_reads_what_their_post_was_compared_with(asked: Matter) -> None:
    people = asked.branch
    account = mark_handle_official(people.place, "harbour.branch", by=people.operator, at=day(1))
    ours = cast.post(people.org, people.place, text="It costs 2 million.", native_id="9", account=account)
    put_beside(asked.pk, ours, by=people.operator, at=day(1))
    decide(asked.pk, cast.a_decision(), by=people.operator, at=day(1, 11))
    browser, address = page(asked)
    shown = said(browser.get(address))
    assert "What it was compared with" in shown
    assert "It costs 2 million." in shown
    assert NOTE not in shown


def test_the_author_reads_why_it_was_overturned_afterwards(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(3))
    matter = cast.reported(cast.branch(moderators=1))
    people = matter.branch
    assert people.secretary is not None
    cast.free(matter, people.operator, people.secretary, at=day(1))
    decide(matter.pk, cast.a_decision(clarity=Clarity.UNCLEAR), by=people.operator, at=day(1))
    browser, address = page(matter)
    assert "Nobody else was free to look first, so somebody looks at it again." in said(browser.get(address))
    why = "It can be read as being about the plan, so it should have stayed."
    look_afterwards(matter.pk, answer=Answer.OVERTURNED, reasons=why, by=people.secretary, at=day(2))
    shown = said(browser.get(address))
    assert "The decision about your post is overturned" in shown
    assert why in shown
    assert "You may appeal" not in shown


def test_whoever_reported_chooses_on_their_page_how_much_to_hear(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(1))
    matter = cast.reported(affected=True)
    grant = matter.receipt.grant
    browser, address = party(grant), f"/o/{matter.branch.org.slug}/track/progress/{grant.pk}/"
    assert "How much do you want to hear?" in said(browser.get(address))
    assert browser.post(address + "news/", {"hears": "nothing"}).status_code == 303
    assert "We keep to that from now on." in said(browser.get(address))
    browser.post(address + "news/", {"hears": "gossip"})
    assert "Please choose how much you want to hear" in said(browser.get(address))
    assert [paper.facts["hears"] for paper in matter.papers(Paper.Kind.SUPPORT)] == ["nothing"]


def test_whose_post_is_hidden_may_explain_before_anybody_decides(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(2))
    matter, why = cast.reported(), "Somebody complains that it is a libel. Nobody has decided yet."
    by = matter.branch.operator
    cast.free(matter, by, at=day(1))
    set_lane(matter.pk, Lane.LEGAL, reason="A solicitor wrote.", by=by, at=day(1))
    hide(matter.pk, reasons=why, by=by, at=day(1))
    browser, address = page(matter)
    assert why in said(browser.get(address))
    fields = {"form_key": "a" * 32, "did": "explained", "words": "It was in the paper."}
    assert browser.post(address + "answer/", fields).status_code == 303
    assert "It was in the paper." in said(browser.get(address))
    desk = officer(by).get(f"/o/{matter.branch.org.slug}/desk/cases/{matter.pk}/")
    assert "It was in the paper." in said(desk)
    assert cast.lay_open(matter.branch.org) == []
