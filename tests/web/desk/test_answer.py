"""An answer to a reporter alone, and a fresh look at what they say, from the case's page (Sh)."""

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.procedure.words import Outcome, ReportKind, Stage, Subject
from folkmoot.steps.file_report import Receipt, Report, file_report
from folkmoot.steps.withdraw_report import withdraw_report
from tests import cast
from tests.cast import Matter, day
from tests.web.browsers import move_clock
from tests.web.desk.pages import Desk, said
from tests.web.public.reading import value

pytestmark = pytest.mark.django_db

ANSWER = "What you describe was in another group, which is not ours. Please tell those who run it."
NEW = "It was edited since: now it says that they will come to her house."


@pytest.fixture(autouse=True)
def _day_10(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(10))


def _again(matter: Matter, words: str = NEW) -> Receipt:
    report = cast.a_report(matter.branch, words=words, name="", email="")
    return file_report(matter.branch.org, report, at=day(9))


def _form(desk: Desk, path: str) -> dict[str, str]:
    page = desk.get(path)
    return {"seen": value(page, "seen"), "form_key": value(page, "form_key")}


def test_one_reporter_is_answered_from_the_case() -> None:
    matter = cast.reported()
    desk = Desk(matter.branch.operator).free(matter)
    path = f"cases/{matter.pk}/reports/{matter.receipt.paper.number}/answer/"
    assert path in desk.get(f"cases/{matter.pk}/").content.decode()
    form = _form(desk, path)
    short = desk.post(path, **form, words="No.")
    assert short.status_code == 422
    assert "a sentence or two" in said(short)
    assert desk.post(path, **form, words=ANSWER).status_code == 303
    page = desk.read(f"cases/{matter.pk}/")
    assert "Our answer to them" in page
    assert ANSWER in page
    assert "Mo Abara answered a reporter" in page
    assert matter.duties() == []


def test_all_who_reported_after_the_decision_are_answered_at_once_and_the_sign_ends() -> None:
    matter = cast.decided(outcome=Outcome.NO_BREACH)
    receipts = [_again(matter), _again(matter, "And I.")]
    desk = Desk(matter.branch.operator)
    assert "Reported again" in desk.read("queue/?show=again")
    assert "Answer whoever reported it since." in desk.read(f"cases/{matter.pk}/")
    path = f"cases/{matter.pk}/reports/{receipts[0].paper.number}/answer/"
    page = desk.get(path)
    assert "All 2 who have no answer yet" in said(page)
    desk.post(path, **_form(desk, path), words=ANSWER, whom="all")
    assert len(matter.papers(Paper.Kind.ANSWER)) == 2
    assert f"Case {matter.pk}" not in desk.read("queue/?show=again")
    assert matter.case.stage == Stage.DECIDED


def test_a_withdrawn_report_asks_for_nothing_any_more() -> None:
    matter = cast.reported()
    withdraw_report(matter.pk, by=matter.receipt.grant, at=day(1))
    desk = Desk(matter.branch.operator).free(matter)
    page = desk.read(f"cases/{matter.pk}/")
    assert "Withdrawn" in page
    assert "A reporter withdrew their report" in page
    assert "Answer only this reporter" not in page


def test_a_later_report_with_something_new_takes_the_case_up_again() -> None:
    matter = cast.decided(outcome=Outcome.NO_BREACH)
    _again(matter)
    desk = Desk(matter.branch.operator)
    path = f"cases/{matter.pk}/fresh-look/"
    assert "Take it up again" in desk.read(f"cases/{matter.pk}/")
    assert desk.post(path, **_form(desk, path), reasons=NEW).status_code == 303
    assert matter.case.stage == Stage.RECEIVED
    page = desk.read(f"cases/{matter.pk}/")
    assert "Mo Abara took it up again, after a later report" in page
    assert f"Case {matter.pk}" not in desk.read("queue/?show=again")


def test_without_a_later_report_nothing_is_offered() -> None:
    matter = cast.decided(outcome=Outcome.NO_BREACH)
    desk = Desk(matter.branch.operator)
    page = desk.read(f"cases/{matter.pk}/")
    assert "Take it up again" not in page
    assert "Answer only this reporter" not in page
    path = f"cases/{matter.pk}/fresh-look/"
    refused = desk.post(path, seen=matter.case.seq, form_key="0" * 32, reasons=NEW)
    assert "No report has come since the decision" in said(refused)


def test_a_report_that_is_none_is_not_found() -> None:
    matter = cast.reported()
    desk = Desk(matter.branch.operator).free(matter)
    assert desk.get(f"cases/{matter.pk}/reports/999/answer/").status_code == 404


@pytest.mark.parametrize(
    ("subject", "says", "shows"),
    [
        (Subject.THREAD, "A conversation", True),
        (Subject.PATTERN, "What an account keeps doing", True),
        (Subject.OFFLINE, "It happened without a link", False),
    ],
)
def test_the_case_says_what_it_is_about_and_shows_its_posts(subject: Subject, says: str, shows: bool) -> None:
    people = cast.branch()
    link = people.post.url if shows else ""
    report = Report(
        kind=ReportKind.ATTACK, subject=subject, platform=people.place, words="Look.", link=link, account="rowan.pike"
    )
    matter = Matter(people, file_report(people.org, report, at=day(0)))
    page = Desk(people.operator).free(matter).read(f"cases/{matter.pk}/")
    assert says in page
    assert (cast.WORDS in page) is shows
