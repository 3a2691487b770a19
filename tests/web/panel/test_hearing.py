"""Saying when the Executive hears a case, and what comes of it on the pages of the room."""

import pytest
from django.test import Client

from folkmoot.casefile.models import Attachment, Paper
from folkmoot.members.models import Person
from folkmoot.steps.add_to_report import add_to_report
from folkmoot.steps.attach import Upload
from tests import cast
from tests.cast import Matter
from tests.web.browsers import move_clock, officer
from tests.web.desk.pages import said
from tests.web.public.reading import encoded

pytestmark = pytest.mark.django_db


def at(matter: Matter, page: str = "") -> str:
    return f"/o/{matter.branch.org.slug}/panel/cases/{matter.pk}/{page}"


def reader(matter: Matter, person: Person | None) -> Client:
    assert person is not None
    cast.free(matter, person, at=cast.day(5))
    return officer(person)


def form(matter: Matter, **other: str) -> dict[str, object]:
    fields = {"how": "panel", "day": "2026-11-09", "time": "19:30", "where": "Library, upstairs; ring twice"}
    return {"seen": matter.case.seq, "form_key": "a" * 32, **fields, **other}


@pytest.fixture(autouse=True)
def _day_five(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, cast.day(5))


@pytest.fixture
def matter() -> Matter:
    return cast.before_executive()


def test_the_secretary_says_when_and_where_and_the_members_are_told(matter: Matter) -> None:
    client = reader(matter, matter.branch.secretary)
    assert "Say when it is heard" in said(client.get(at(matter)))  # type: ignore[arg-type]
    page = said(client.get(at(matter, "hearing/"))).replace(" ,", ",")  # type: ignore[arg-type]
    assert "Petra Oaks, Quentin Marsh, Rosa Thorn, Silas Ford" in page
    assert client.post(at(matter, "hearing/"), form(matter)).status_code == 303
    shown = said(client.get(at(matter)))  # type: ignore[arg-type]
    assert "The panel meets" in shown
    assert "Library, upstairs; ring twice" in shown
    assert len([letter for letter in matter.letters() if letter.kind == "convened"]) == 4
    assert "heard in 2 days, Monday 9 November at 19:30" in said(client.get(f"/o/{matter.branch.org.slug}/panel/"))  # type: ignore[arg-type]


def test_a_meeting_that_is_over_is_told_as_over(matter: Matter, monkeypatch: pytest.MonkeyPatch) -> None:
    client = reader(matter, matter.branch.secretary)
    client.post(at(matter, "hearing/"), form(matter))
    assert "Put it in my calendar" in said(client.get(at(matter)))  # type: ignore[arg-type]
    move_clock(monkeypatch, cast.day(8))
    shown = said(officer(matter.branch.secretary).get(at(matter)))  # type: ignore[arg-type]
    assert "The panel was to meet" in shown
    assert "Put it in my calendar" not in shown


def test_a_button_pressed_twice_tells_once(matter: Matter) -> None:
    client = reader(matter, matter.branch.secretary)
    sent = form(matter)
    assert [client.post(at(matter, "hearing/"), sent).status_code for _ in range(2)] == [303, 303]
    assert len(matter.papers(Paper.Kind.CONVENING)) == 1


def test_the_meeting_goes_into_a_calendar_and_names_nobody(matter: Matter) -> None:
    client = reader(matter, matter.branch.secretary)
    assert client.get(at(matter, "hearing/calendar/")).status_code == 404
    client.post(at(matter, "hearing/"), form(matter, where="Library" + ", and a long way to call in" * 5))
    answer = reader(matter, matter.branch.panel[0]).get(at(matter, "hearing/calendar/"))
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar"
    assert "DTSTART:20261109T193000Z\r\n" in text
    assert f"SUMMARY:The Executive hears case {matter.pk}\r\n" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    for secret in ("Rowan", "crook", cast.REPORTER_NAME):
        assert secret not in text


def test_what_is_missing_is_said_at_its_field(matter: Matter) -> None:
    client = reader(matter, matter.branch.secretary)
    for wrong, says in (
        ({"time": "late"}, "such as 19:30"),
        ({"day": "2026-11-01"}, "Please choose a time that is still to come"),
        ({"where": ""}, "Where? Please fill this in."),
    ):
        answer = client.post(at(matter, "hearing/"), form(matter, **wrong))
        assert answer.status_code == 422
        assert says in said(answer)  # type: ignore[arg-type]
    assert matter.papers(Paper.Kind.CONVENING) == []


def test_a_member_is_sent_back_while_there_is_a_secretary(matter: Matter) -> None:
    client = reader(matter, matter.branch.panel[0])
    assert "Say when it is heard" not in said(client.get(at(matter)))  # type: ignore[arg-type]
    assert client.get(at(matter, "hearing/")).status_code == 303
    refused = client.post(at(matter, "hearing/"), form(matter))
    assert "The Secretary convenes the Executive" in said(refused)  # type: ignore[arg-type]


def test_the_bundle_can_be_printed_and_shows_no_picture_of_a_reporter(matter: Matter) -> None:
    upload = Upload("shot.jpg", "image/jpeg", encoded("JPEG"))
    add_to_report(matter.pk, words="See.", files=[upload], by=matter.receipt.grant, at=cast.day(5))
    file = Attachment.objects.get(paper__case=matter.pk)
    client = reader(matter, matter.branch.panel[0])
    assert "Print the bundle" in said(client.get(at(matter)))  # type: ignore[arg-type]
    assert client.get(at(matter, f"files/{file.pk}/")).status_code == 404
