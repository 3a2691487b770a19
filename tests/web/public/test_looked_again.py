"""What the author reads when their matter was looked at again: varied, opened again, and what all of it rests on."""

from typing import Any

import pytest

from folkmoot.procedure.words import Answer, Ballot, Outcome, Reopening
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.reopen import Why, reopen
from folkmoot.steps.vary import Instead
from folkmoot.steps.vote import Motion
from tests import cast
from tests.cast import Matter, day
from tests.web.browsers import move_clock, party
from tests.web.public.reading import said, value

pytestmark = pytest.mark.django_db
MILDER = "It was meant for the plan, so a warning is enough."


def notice(matter: Matter, more: str = "") -> str:
    return f"/o/{matter.branch.org.slug}/notice/{matter.grant.pk}/{more}"


def read(matter: Matter, more: str = "") -> str:
    return said(party(matter.grant).get(notice(matter, more)))


@pytest.fixture
def varied(monkeypatch: pytest.MonkeyPatch) -> Matter:
    matter = cast.appealed()
    by = matter.branch.moderator
    assert by is not None
    cast.free(matter, by, at=day(3))
    warned = Instead(Outcome.WARN)
    reconsider(matter.pk, answer=Answer.VARIED, reasons=MILDER, instead=warned, by=by, at=day(3))
    move_clock(monkeypatch, day(4))
    return matter


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Matter:
    """Return a removal that stood, opened again by vote for new evidence on day 20."""
    matter = cast.finalised(overturned=False)
    people = matter.branch
    assert people.secretary is not None
    vote = Motion(dict.fromkeys((person.pk for person in people.panel[:3]), Ballot.FOR))
    why = Why(Reopening.NEW_EVIDENCE, "Somebody found the leaflet that the post quotes.")
    reopen(matter.pk, why, motion=vote, met_on=day(20).date(), by=people.secretary, at=day(20))
    move_clock(monkeypatch, day(21))
    return matter


def test_varied_is_said_with_what_holds_now_and_what_else_can_be_done(varied: Matter) -> None:
    page = read(varied)
    for words in (
        "The decision about your post is varied",
        "Something milder has taken the place of the decision: you are asked to bear the rule in mind.",
        "Our answer: Something milder takes the place of the decision",
        MILDER,
        "You may put your case to the Executive until",
        "Put back",
    ):
        assert words in page, words
    assert "The decision stands" not in page
    assert "overturned" not in page


def test_the_reporter_hears_that_it_is_milder_and_not_why(varied: Matter) -> None:
    page = said(
        party(varied.receipt.grant).get(f"/o/{varied.branch.org.slug}/track/progress/{varied.receipt.grant.pk}/")
    )
    assert "something milder took the place of the decision" in page
    assert MILDER not in page


def test_before_appealing_they_read_that_it_can_become_milder_and_never_worse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matter = cast.decided()
    move_clock(monkeypatch, day(2))
    page = read(matter, "appeal/")
    assert "something milder takes its place, or it is overturned. It cannot become worse for you." in page


def test_what_the_decision_rests_on_is_all_on_the_page(varied: Matter) -> None:
    page = read(varied)
    rests = page[page.index("What it rests on") :]
    for words in ("your post as we kept it", "the words this is about", "the rules above", "what has been said since"):
        assert words in rests, words
    for shown in (cast.WORDS, cast.PASSAGE, cast.REASONS, cast.APPEAL, "No personal attacks"):
        assert shown in page, shown
    assert cast.REPORT_WORDS not in page


def test_a_matter_that_was_opened_again_says_why_and_what_was_decided_before(opened: Matter) -> None:
    page = read(opened)
    for words in (
        "The Executive opened it again",
        "Something has come to light that nobody knew then.",
        "You may write to the Executive",
        "The Executive: The decision stands",
        "Final decision, with reasons",
    ):
        assert words in page, words
    assert "leaflet" not in page, "the reasons of the vote stay with the Executive"


def test_its_author_writes_to_the_executive_once_more(opened: Matter) -> None:
    browser = party(opened.grant)
    form: Any = browser.get(notice(opened, "executive/"))
    sent = {"form_key": value(form, "form_key"), "words": "Here is the leaflet."}
    answer = browser.post(notice(opened, "executive/"), sent, follow=True)
    assert "Your case is before the Executive, word for word." in said(answer)
    assert "You may write to the Executive" not in said(answer)
    assert said(answer).count("Here is the leaflet.") == 1


def test_its_link_opens_although_it_was_once_closed_for_long(opened: Matter, monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(45))
    assert party(opened.grant).get(notice(opened)).status_code == 200
