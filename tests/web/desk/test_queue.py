"""The queue: what is next, and what it may show to whom."""

import pytest

from folkmoot.casefile.record import SYSTEM
from folkmoot.procedure.words import ReportKind, Role
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.give_role import give_role
from folkmoot.steps.withdraw_report import withdraw_report
from tests.cast import FOUNDED, PASSAGE, Branch, branch, day, decided, outsider, own, post, reported
from tests.web.browsers import move_clock
from tests.web.desk.pages import Desk


def test_an_empty_queue_says_so_and_what_will_come(people: Branch) -> None:
    page = Desk(people.operator).read("queue/")
    assert "Nothing waits." in page
    assert "When somebody reports a problem, it appears here" in page


def test_an_empty_queue_tells_how_long_answers_took(people: Branch) -> None:
    decided(people)
    assert "answered in 1 day, half of them faster" in Desk(people.operator).read("queue/")


def test_what_is_urgent_comes_before_what_is_due_first(people: Branch) -> None:
    reported(people, at=day(0))
    other = post(people.org, people.place, native_id="200", text="I know where you live, Voss.")
    reported(people, post=other, kind=ReportKind.THREAT, words="He means it.", at=day(1))
    page = Desk(people.operator).read("queue/")
    assert page.index("Urgent: threat") < page.rindex("Personal attack")


def test_words_are_shown_only_to_who_has_declared_no_interest(people: Branch) -> None:
    matter = reported(people)
    desk = Desk(people.operator)
    assert PASSAGE not in desk.read("queue/")
    assert PASSAGE in desk.free(matter).read("queue/")


@pytest.mark.parametrize("kind", [ReportKind.PRIVATE_INFORMATION, ReportKind.INTIMATE_IMAGE])
def test_no_list_repeats_what_should_not_have_been_made_public(people: Branch, kind: ReportKind) -> None:
    desk = Desk(people.operator).free(reported(people, kind=kind))
    for page in ("queue/", "", "overview/"):
        assert PASSAGE not in desk.read(page)


def test_an_administrator_who_works_on_no_cases_has_no_queue(people: Branch) -> None:
    matter = reported(people)
    desk = Desk(people.administrator)
    assert "/desk/queue/" not in desk.get().content.decode()
    for page in ("queue/", "queue/views/", f"cases/{matter.pk}/"):
        assert desk.get(page).status_code == 404


def test_who_reported_is_told_that_somebody_else_decides(people: Branch) -> None:
    reported(people, email=people.operator.email)
    assert "Somebody else’s to decide" in Desk(people.operator).read("queue/")
    assert people.moderator is not None
    assert "Somebody else’s to decide" not in Desk(people.moderator).read("queue/")


@pytest.mark.parametrize(
    "asked", ["{pk}", "case {pk}", "#{pk}", "rowan", "ROWAN.PIKE", "harbour plan is", "not how we talk"]
)
def test_a_case_is_found_by_number_by_name_and_by_words(people: Branch, asked: str) -> None:
    matter = reported(people)
    assert "1 case fits" in Desk(people.operator).read(f"queue/?q={asked.format(pk=matter.pk)}".replace("#", "%23"))


@pytest.mark.parametrize("asked", ["wren.lacey", "Lacey", "99999999999999999999999", "'); DROP", "%C3%28", "x" * 5000])
def test_a_search_finds_no_reporter_and_survives_anything(people: Branch, asked: str) -> None:
    reported(people)
    assert "No case fits" in Desk(people.operator).read(f"queue/?q={asked}")


def test_a_search_reads_nothing_to_whom_the_case_is_closed(people: Branch) -> None:
    matter = reported(people)
    give_role(people.panel[0], Role.MODERATOR, by=SYSTEM, at=FOUNDED)
    own(people, people.operator)  # the author, who would like to know what was told of them
    declare_interest(matter.pk, interested=True, by=people.panel[0], at=day(0))
    for person in (people.operator, people.panel[0]):
        desk = Desk(person)
        assert "1 case fits" not in desk.read("queue/?q=not+how+we+talk")
        assert "1 case fits" not in desk.read("queue/?q=harbour+plan")
        seen = person != people.operator  # to the author not even its row, which tells when it was reported, as what
        assert ("1 case fits" in desk.read(f"queue/?q={matter.pk}")) is seen
    assert people.moderator is not None
    assert "1 case fits" in Desk(people.moderator).read("queue/?q=not+how+we+talk")


def test_cases_of_other_organisations_are_not_there(people: Branch) -> None:
    reported(people)
    desk = Desk(outsider())
    assert "Nothing waits." in desk.read("queue/")
    assert "No case fits" in desk.read("queue/?q=harbour")


def test_the_late_lane_counts_what_is_overdue(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    reported(people)
    desk = Desk(people.operator)
    assert "Nothing here." in desk.read("queue/?show=overdue")
    move_clock(monkeypatch, day(7))
    assert "Overdue by 2 days" in desk.read("queue/?show=overdue")


def test_the_list_does_not_ask_more_of_the_database_when_it_is_longer(
    people: Branch, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        reported(people, post=post(people.org, people.place, native_id=f"n{number}", text=f"Words {number}."))
    desk = Desk(people.operator)
    with django_assert_max_num_queries(34):  # type: ignore[operator]
        desk.read("queue/")


def test_a_report_that_was_withdrawn_is_called_so_while_nobody_else_reports_it(people: Branch) -> None:
    matter = reported(people, at=day(0))
    desk = Desk(people.operator).free(matter)
    assert "Report withdrawn" not in desk.read("queue/")
    withdraw_report(matter.pk, by=matter.receipt.grant, at=day(1))
    assert "Report withdrawn" in desk.read("queue/")
    assert "The report was withdrawn, so nobody waits for an answer." in desk.read(f"cases/{matter.pk}/")
    reported(people, email="", at=day(1))
    assert "Report withdrawn" not in desk.read("queue/")
    assert "The time to answer runs on." in desk.read(f"cases/{matter.pk}/")


def test_an_unknown_lane_or_page_is_the_first(people: Branch) -> None:
    reported(people)
    assert "Personal attack" in Desk(people.operator).read("queue/?show=nothing&page=xyz")


def test_a_branch_without_anything_has_a_home(db: None) -> None:
    people = branch()
    page = Desk(people.operator).read()
    assert "Nothing has been reported yet." in page
    assert "Nothing has to be done by hand." in page
