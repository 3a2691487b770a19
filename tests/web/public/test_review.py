"""From the page of their report somebody says that they are not satisfied, reads the answer, or withdraws it (Sh)."""

from typing import Any

import pytest
from django.test import Client

from folkmoot.casefile.models import Paper
from folkmoot.procedure.words import Outcome
from folkmoot.steps.answer_report import answer_report
from folkmoot.steps.answer_review import answer_review
from folkmoot.steps.decide import decide
from folkmoot.steps.send_back import send_back
from tests import cast
from tests.cast import Matter, day
from tests.steps.reviews import REASONS, WORDS, asked, motion, number
from tests.web.browsers import move_clock, party
from tests.web.public.reading import box, said, value

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Matter:
    move_clock(monkeypatch, day(2))
    return cast.decided(outcome=Outcome.NO_BREACH)


def _page(matter: Matter, page: str = "") -> str:
    return f"/o/{matter.branch.org.slug}/track/progress/{matter.receipt.grant.pk}/{page}"


def _browser(matter: Matter) -> Client:
    return party(matter.receipt.grant)


def _ask(matter: Matter, browser: Client, **other: Any) -> Any:
    form = browser.get(_page(matter, "review/"))
    answers = {"form_key": value(form, "form_key"), "words": WORDS, **other}
    return browser.post(_page(matter, "review/"), answers, follow=True)


def test_who_is_not_satisfied_says_so_and_reads_who_answers_until_when(kept: Matter) -> None:
    browser = _browser(kept)
    assert "I am not satisfied" in said(browser.get(_page(kept)))
    page = _ask(kept, browser)
    assert page.redirect_chain == [(_page(kept), 303)]
    assert "We have your words." in said(page)
    assert WORDS in said(page)
    assert "The Secretary has until the end of Monday 9 November to answer." in said(page)
    assert "I am not satisfied" not in said(page)
    assert cast.lay_open(kept.branch.org) == []


def test_whom_it_is_about_can_be_said_and_is_passed_by(kept: Matter) -> None:
    page = _ask(kept, _browser(kept), about=["secretary", "moderator"])
    assert "The Executive has until the end of" in said(page)
    [paper] = kept.papers(Paper.Kind.REVIEW_REQUEST)
    assert paper.facts["about"] == ["moderator", "secretary"]


def test_a_form_sent_twice_asks_once(kept: Matter) -> None:
    browser = _browser(kept)
    form = browser.get(_page(kept, "review/"))
    answers = {"form_key": value(form, "form_key"), "words": WORDS}
    for _ in range(2):
        page = browser.post(_page(kept, "review/"), answers, follow=True)
    assert "We have your words." in said(page)
    assert len(kept.papers(Paper.Kind.REVIEW_REQUEST)) == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(kept: Matter) -> None:
    browser = _browser(kept)
    page = browser.post(_page(kept, "review/"), {"words": " ", "about": ["secretary"]})
    assert page.status_code == 422
    assert "your words go on as they are" in said(page)
    page = browser.post(_page(kept, "review/"), {"words": WORDS, "about": ["treasurer"]})
    assert page.status_code == 422
    assert box(page, "words") == WORDS


def test_nobody_answered_is_offered_only_once_the_time_has_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.reported()
    browser = _browser(matter)
    move_clock(monkeypatch, day(5))
    assert "Nobody has answered me" not in said(browser.get(_page(matter)))
    assert browser.get(_page(matter, "review/")).status_code == 303
    early = browser.post(_page(matter, "review/"), {"words": WORDS})
    assert early.status_code == 422
    assert "This can no longer be sent" in said(early) or "There is still time" in said(early)
    move_clock(monkeypatch, day(6))
    assert "Nobody has answered me" in said(browser.get(_page(matter)))
    assert "You wrote that nobody answers" in said(_ask(matter, browser))


def test_the_executive_s_answer_is_read_with_its_reasons_and_without_its_votes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matter = asked()
    why = "We have read the whole post. It is about the plan."
    vote = motion(matter, carried=False)
    answer_review(matter.pk, review=number(matter), motion=vote, reasons=why, by=matter.branch.panel[0], at=day(5))
    move_clock(monkeypatch, day(6))
    page = said(_browser(matter).get(_page(matter)))
    assert "What was decided is left as it is" in page
    assert why in page
    assert not any(person.name in page for person in matter.branch.panel)


def test_sent_back_it_is_undecided_again_and_then_decided_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = asked()
    people = matter.branch
    assert people.secretary is not None
    assert people.moderator is not None
    cast.free(matter, people.secretary, people.moderator, at=day(3))
    send_back(matter.pk, review=number(matter), reasons=REASONS, by=people.secretary, at=day(3))
    move_clock(monkeypatch, day(3, 12))
    browser = _browser(matter)
    page = said(browser.get(_page(matter)))
    assert "It is decided afresh" in page
    assert REASONS in page
    assert "We found no breach" not in page
    assert "To be decided afresh" in page
    decide(matter.pk, cast.a_decision(), by=people.moderator, at=day(4))
    move_clock(monkeypatch, day(4, 12))
    assert "We found a breach of the rules" in said(browser.get(_page(matter)))
    author = said(party(matter.grant).get(f"/o/{people.org.slug}/notice/{matter.grant.pk}/"))
    assert "We decided to take down your post" in author
    for hidden in (WORDS, REASONS, "not satisfied"):
        assert hidden not in author


def test_an_author_who_was_warned_reads_on_their_page_that_it_is_decided_afresh(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matter = asked(outcome=Outcome.WARN)
    assert matter.branch.secretary is not None
    cast.free(matter, matter.branch.secretary, at=day(3))
    send_back(matter.pk, review=number(matter), reasons=REASONS, by=matter.branch.secretary, at=day(3))
    move_clock(monkeypatch, day(4))
    browser = party(matter.grant)
    address = f"/o/{matter.branch.org.slug}/notice/{matter.grant.pk}/"
    page = said(browser.get(address))
    assert "It is being decided afresh" in page
    assert "The time to object has passed" not in page
    assert REASONS not in page
    assert browser.get(f"{address}appeal/").status_code == 303


def test_an_answer_of_one_s_own_is_read_and_can_be_contested(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.reported()
    cast.free(matter, matter.branch.operator, at=day(1))
    words = "What you describe was in another group, which is not ours."
    answer_report(matter.pk, reports=[matter.receipt.paper.number], words=words, by=matter.branch.operator, at=day(1))
    move_clock(monkeypatch, day(2))
    page = said(_browser(matter).get(_page(matter)))
    assert "You have an answer" in page
    assert words in page
    assert "I am not satisfied" in page
    assert matter.branch.operator.name not in page


def test_a_report_is_withdrawn_after_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.reported()
    move_clock(monkeypatch, day(1))
    browser = _browser(matter)
    assert "Withdraw my report" in said(browser.get(_page(matter)))
    asks = browser.get(_page(matter, "withdrawal/"))
    assert "may still look at it" in said(asks)
    assert matter.papers(Paper.Kind.WITHDRAWAL) == []
    for _ in range(2):
        page = browser.post(_page(matter, "withdrawal/"), follow=True)
    assert "You withdrew this report" in said(page)
    assert len(matter.papers(Paper.Kind.WITHDRAWAL)) == 1
    assert "Withdraw my report" not in said(page)
    assert 'name="words"' not in page.content.decode()


def test_what_is_decided_is_not_withdrawn_any_more(kept: Matter) -> None:
    browser = _browser(kept)
    assert browser.get(_page(kept, "withdrawal/")).status_code == 303
    page = browser.post(_page(kept, "withdrawal/"), follow=True)
    assert "This was decided before your report was withdrawn" in said(page)


@pytest.mark.parametrize("page", ["review/", "withdrawal/"])
def test_without_the_code_there_is_no_such_page(kept: Matter, page: str) -> None:
    for browser in (Client(), party(cast.decided(cast.branch("Other branch")).receipt.grant)):
        assert browser.get(_page(kept, page)).status_code == 404
        assert browser.post(_page(kept, page), {"words": WORDS}).status_code == 404


def test_an_author_against_whom_nothing_is_held_any_more_reads_so(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = asked(outcome=Outcome.WARN)
    people = matter.branch
    assert people.secretary is not None
    assert people.moderator is not None
    cast.free(matter, people.secretary, people.moderator, at=day(3))
    send_back(matter.pk, review=number(matter), reasons=REASONS, by=people.secretary, at=day(3))
    decide(matter.pk, cast.a_decision(Outcome.NO_BREACH), by=people.moderator, at=day(4))
    move_clock(monkeypatch, day(5))
    page = said(party(matter.grant).get(f"/o/{people.org.slug}/notice/{matter.grant.pk}/"))
    assert "Nothing is held against your post" in page
    assert "What was done is undone" in page
    assert "We decided to take down your post" not in page
