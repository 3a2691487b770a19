"""Time limits in somebody's own calendar, by a private address."""

import re

import pytest
from django.test import Client

from folkmoot.members.models import RoleHeld
from folkmoot.pinboard.models import CalendarLink
from folkmoot.procedure.words import ReportKind
from folkmoot.steps.claim import claim
from folkmoot.steps.convene import Meeting, convene
from tests.cast import Branch, before_executive, day, free, own, post, reported
from tests.web.desk.pages import Desk


def address(desk: Desk) -> str:
    """Make a private address and return its path."""
    desk.post("calendar/", make="yes")
    found = re.search(r"/o/[\w-]+/calendar/[\w.-]+/", desk.get("calendar/").content.decode())
    assert found
    return found[0]


def test_time_limits_and_meetings_stand_in_the_calendar_without_a_name(people: Branch) -> None:
    heard = before_executive(people)
    waiting = reported(people, post=post(people.org, people.place, native_id="300", text="Other."))
    grave = post(people.org, people.place, native_id="301", text="I wait for you, Voss.")
    urgent = reported(people, post=grave, kind=ReportKind.THREAT, at=day(1))
    assert people.secretary is not None
    free(heard, people.secretary, at=day(4))
    convene(heard.pk, Meeting(day(10), "Harbour Hall"), by=people.secretary, at=day(4))
    answer = Client().get(address(Desk(people.operator)))
    assert answer["Content-Type"] == "text/calendar"
    assert answer["Referrer-Policy"] == "no-referrer"
    text = answer.content.decode()
    assert f"SUMMARY:Case {waiting.pk}: an answer is due" in text
    assert "DTSTART;VALUE=DATE:20261107" in text  # by the end of that day
    assert f"SUMMARY:Case {urgent.pk}: an answer is due" in text
    assert "hears case" not in text  # a moderator is not called
    theirs = Client().get(address(Desk(people.panel[0]))).content.decode()
    assert f"SUMMARY:The Executive hears case {heard.pk}" in theirs
    for said in ("Voss", "Rowan", "Wren", "crook", "Harbour Hall", people.operator.name):
        assert said not in text + theirs
    assert all(len(line.encode()) <= 75 for line in (text + theirs).split("\r\n"))


def test_what_somebody_else_has_or_is_ones_own_is_not_in_it(people: Branch) -> None:
    taken = reported(people, post=post(people.org, people.place, native_id="300", text="Other."))
    assert people.moderator is not None
    claim(taken.pk, by=people.moderator, at=day(1))
    reported(people)
    own(people, people.operator)
    assert "BEGIN:VEVENT" not in Client().get(address(Desk(people.operator))).content.decode()


def test_what_is_not_theirs_takes_nobodys_place_in_it(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("folkmoot.web.desk.calendar.MOST", 1)
    taken = reported(people, post=post(people.org, people.place, native_id="300", text="Other."), at=day(0))
    assert people.moderator is not None
    claim(taken.pk, by=people.moderator, at=day(0))
    reported(people, at=day(0))
    own(people, people.operator)
    theirs = reported(people, post=post(people.org, people.place, native_id="301", text="More."), at=day(1))
    text = Client().get(address(Desk(people.operator))).content.decode()
    assert re.findall(r"SUMMARY:Case (\d+)", text) == [str(theirs.pk)]


def test_an_address_opens_nothing_once_it_is_ended_or_another_is_made(people: Branch) -> None:
    desk, visitor = Desk(people.operator), Client()
    first = address(desk)
    second = address(desk)
    assert [visitor.get(one).status_code for one in (first, second)] == [404, 200]
    assert visitor.get(second.replace(".", ".x")).status_code == 404
    desk.post("calendar/", end="yes")
    assert visitor.get(second).status_code == 404
    assert "You have no address yet." in desk.read("calendar/")
    assert CalendarLink.objects.filter(ended_at=None).count() == 0


def test_it_opens_nothing_any_more_for_whoever_holds_no_office(people: Branch) -> None:
    to = address(Desk(people.operator))
    RoleHeld.objects.filter(person=people.operator).update(until=day(0))
    assert Client().get(to).status_code == 404
    assert Desk(people.administrator).get("calendar/").status_code == 404
