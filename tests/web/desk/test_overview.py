"""Where the branch is late, and how it goes."""

import re

import pytest

from folkmoot.casefile.models import Duty
from folkmoot.steps.claim import claim
from folkmoot.web.desk.plots import plots
from tests.cast import Branch, before_executive, day, decided, post, reported
from tests.web.browsers import move_clock
from tests.web.desk.pages import Desk


def test_it_says_where_the_branch_is_late_and_who_is_there(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = before_executive(people)
    late = reported(people, post=post(people.org, people.place, native_id="300", text="Other."), at=day(0))
    soon = reported(people, post=post(people.org, people.place, native_id="301", text="Another."), at=day(7))
    claim(soon.pk, by=people.operator, at=day(7))
    move_clock(monkeypatch, day(8))
    assert people.secretary is not None
    desk = Desk(people.secretary)
    page = desk.read("overview/")
    assert "1 answer is late" in page
    assert "1 more is due within a week. 1 case has nobody yet." in page
    assert page.index(f"Case {late.pk}") < page.index("Due within a week") < page.index(f"Case {soon.pk}")
    assert f"Case {heard.pk}: nobody has said yet when the Executive hears it" in page
    assert "Mo Abara 1 Nia Roe 0" in page
    assert "1 answer is late in the whole branch" in desk.read()
    assert Desk(people.administrator).get("overview/").status_code == 404


def test_answers_are_drawn_week_by_week_in_time_and_late(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    matter = decided(people)
    desk = Desk(people.operator)
    page = desk.get("overview/").content.decode()
    assert len(re.findall(r'<rect class="plot-first" x="\d+" y="22(\.0)?" width="\d+" height="140(\.0)?"/>', page)) == 1
    assert "Week of 2 November 1 0" in desk.read("overview/")
    Duty.objects.filter(case=matter.pk).update(lapsed_at=day(0, 11))
    assert "Week of 2 November 0 1" in desk.read("overview/")
    move_clock(monkeypatch, day(100))
    assert "Nobody has answered anything in the last twelve weeks." in desk.read("overview/")


def test_an_empty_branch_is_told_in_words(people: Branch) -> None:
    page = Desk(people.operator).read("overview/")
    assert "Nothing is late" in page
    assert "Nothing is due in the next seven days." in page
    assert "Nothing waits." in page


def test_columns_stand_on_each_other_and_reach_the_top_with_the_most() -> None:
    drawn, nothing = plots([("a", "A", 3, 1), ("b", "B", 0, 0), ("c", "C", 2, 0)], [("a", "A", 0, 0)])
    first, second, third = drawn.columns
    assert (first.first_high, first.second_high, first.second_y) == (105.0, 35.0, 22.0)
    assert (second.total, third.first_high) == (0, 70.0)
    assert (drawn.two, bool(drawn), bool(nothing)) == (True, True, False)


def test_plots_beside_each_other_have_one_measure_unless_the_smaller_could_not_be_seen() -> None:
    few, more = plots([("a", "A", 3, 0)], [("b", "B", 9, 0)])
    assert (few.columns[0].first_high, more.columns[0].first_high) == (46.7, 140.0)
    assert few.width == more.width
    few, many = plots([("a", "A", 3, 0)], [("b", "B", 900, 0)])
    assert (few.columns[0].first_high, many.columns[0].first_high) == (140.0, 140.0)
    assert few.most != many.most
