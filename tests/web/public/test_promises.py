"""What people are told about their report, their post and their data, at the place where they need it."""

from typing import Any

import pytest
from django.test import Client

from folkmoot.procedure.words import Clarity, Outcome, ReportKind
from folkmoot.steps.decide import decide
from folkmoot.steps.file_report import Report, file_report
from tests import cast
from tests.cast import Branch, Matter, day
from tests.web.browsers import move_clock, party
from tests.web.public.reading import said, value

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> Branch:
    move_clock(monkeypatch, day(2))
    return cast.branch()


def _links_privacy(people: Branch, page: Any) -> bool:
    main = page.content.decode().partition("<main")[2].partition("</main")[0]
    return f'href="/o/{people.org.slug}/privacy/"' in main


def test_by_sending_a_report_one_says_that_it_is_true(people: Branch) -> None:
    for kind in ReportKind:
        words = said(Client().get(f"/o/{people.org.slug}/report/", {"kind": kind}))
        assert "By sending this you say that, as far as you know, it is true." in words, kind


def test_whoever_reports_is_thanked_on_the_page_and_by_mail(people: Branch) -> None:
    browser, address = Client(), f"/o/{people.org.slug}/report/"
    form = browser.get(address, {"kind": "attack"})
    answers = {
        "kind": "attack",
        "form_key": value(form, "form_key"),
        "words": "She calls people names.",
        "place": str(people.place.pk),
        "affected": "no",
        "email": cast.REPORTER_ADDRESS,
    }
    assert "Thank you for telling us." in said(browser.post(address, answers, follow=True))
    [letter] = Matter(people, cast.reported(people).receipt).letters(cast.REPORTER_ADDRESS)
    assert "Thank you for telling us." in letter.paper.words["body"]


def test_what_becomes_of_the_data_is_linked_where_it_is_given_or_used(people: Branch) -> None:
    matter = cast.decided(people)
    assert _links_privacy(people, Client().get(f"/o/{people.org.slug}/report/", {"kind": "attack"}))
    side = party(matter.grant)
    for page in ("", "appeal/"):
        assert _links_privacy(people, side.get(f"/o/{people.org.slug}/notice/{matter.grant.pk}/{page}")), page


@pytest.mark.parametrize(
    ("reported_too", "says", "never"),
    [(False, "A moderator noticed it.", "With a report."), (True, "With a report.", "A moderator noticed it.")],
)
def test_the_author_reads_how_it_began(people: Branch, reported_too: bool, says: str, never: str) -> None:
    noticed = Report(kind=ReportKind.ATTACK, post=people.post)
    matter = Matter(people, file_report(people.org, noticed, by=people.operator, at=day(0)))
    if reported_too:
        cast.reported(people, at=day(0))
    cast.free(matter, people.operator, at=day(1))
    decide(matter.pk, cast.a_decision(), by=people.operator, at=day(1))
    page = said(party(matter.grant).get(f"/o/{people.org.slug}/notice/{matter.grant.pk}/"))
    assert says in page
    assert never not in page


@pytest.mark.parametrize(("clarity", "says"), [(Clarity.CLEAR, "found it clear"), (Clarity.UNCLEAR, "open to interp")])
def test_the_author_reads_whether_it_was_clear(people: Branch, clarity: Clarity, says: str) -> None:
    matter = cast.reported(people)
    cast.free(matter, people.operator, at=day(1))
    decide(matter.pk, cast.a_decision(Outcome.WARN, clarity=clarity), by=people.operator, at=day(1))
    assert says in said(party(matter.grant).get(f"/o/{people.org.slug}/notice/{matter.grant.pk}/"))


@pytest.mark.parametrize(
    ("kind", "routes"),
    [
        ("threat", ("999", "101")),
        ("child_safety", ("999", "Internet Watch Foundation")),
        ("private_information", ("999",)),
        ("hate", ("True Vision", "101")),
        ("suspicious", ("Report Fraud",)),
    ],
)
def test_who_reports_danger_reads_first_where_else_to_turn(people: Branch, kind: str, routes: tuple[str, ...]) -> None:
    words = said(Client().get(f"/o/{people.org.slug}/report/", {"kind": kind}))
    for route in routes:
        assert route in words.partition("Link to the post")[0]
