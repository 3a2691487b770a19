"""Moving a case, hiding its post meanwhile, the checklist of a complaint, sealing: at the desk."""

from typing import Any

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import Lane, ReportKind
from folkmoot.steps.file_report import file_report
from tests import cast
from tests.cast import Branch, Matter, everything
from tests.web.desk.pages import Desk, said

WHY = "It gives a home address and tells people to go there."


@pytest.fixture
def matter(people: Branch) -> Matter:
    return cast.reported(people, kind=ReportKind.THREAT)


@pytest.fixture
def desk(people: Branch, matter: Matter) -> Desk:
    return Desk(people.operator).free(matter)


def form(matter: Matter, **other: Any) -> dict[str, Any]:
    return {"seen": matter.case.seq, "form_key": "2" * 32, **other}


def test_an_emergency_offers_to_hide_the_post_and_says_so_afterwards(desk: Desk, matter: Matter) -> None:
    assert "Hide the post while you look" in desk.read(f"cases/{matter.pk}/")
    assert "Nothing is decided by it" in desk.read(f"cases/{matter.pk}/hiding/")
    assert desk.post(f"cases/{matter.pk}/hiding/", **form(matter, reasons=WHY, codes=["H1"])).status_code == 303
    assert [task.op for task in matter.tasks()] == [Task.Op.HIDE]
    page = desk.read(f"cases/{matter.pk}/")
    assert "Hidden while we look" in page
    assert "Show it again" in page
    done = desk.post(f"cases/{matter.pk}/hiding/", **form(matter, reasons="It was about a street of the same name."))
    assert done.status_code == 303
    assert not matter.case.hidden


def test_a_hiding_without_its_reason_is_sent_back_with_what_was_chosen(desk: Desk, matter: Matter) -> None:
    before = everything()
    answer = desk.post(f"cases/{matter.pk}/hiding/", **form(matter, reasons="Harm.", codes=["H2"]))
    assert answer.status_code == 422
    assert "in a sentence or two" in said(answer)
    assert b'value="H2" id="id_codes_1" checked' in answer.content
    assert everything() == before


def test_an_ordinary_case_is_moved_into_a_lane_before_anything_is_hidden(people: Branch) -> None:
    matter = cast.reported(people)
    desk = Desk(people.operator).free(matter)
    assert "Hide the post while you look" not in desk.read(f"cases/{matter.pk}/")
    sent = form(matter, lane="legal", reason="A solicitor has written to us.")
    assert desk.post(f"cases/{matter.pk}/lane/", **sent).status_code == 303
    assert matter.case.lane == Lane.LEGAL
    page = desk.read(f"cases/{matter.pk}/")
    assert "Legal complaint" in page
    assert "Hide the post while you look" in page


def test_the_checklist_shows_what_is_still_missing(people: Branch) -> None:
    matter = cast.reported(people, kind=ReportKind.COPYRIGHT)
    desk = Desk(people.operator).free(matter)
    assert "Which work is meant" in desk.read(f"cases/{matter.pk}/complaint/")
    assert "Which words are complained of" in desk.read(f"cases/{matter.pk}/complaint/?kind=defamation")
    done = desk.post(f"cases/{matter.pk}/complaint/?kind=copyright", **form(matter, name="Ivy Lorne", work="A song"))
    assert done.status_code == 303
    page = desk.read(f"cases/{matter.pk}/")
    assert "3 answers are missing" in page
    assert "A song" in page


def test_what_is_sealed_is_on_no_page_of_the_desk(people: Branch) -> None:
    matter = cast.reported(people)
    desk = Desk(people.operator).free(matter)
    assert cast.WORDS in desk.read(f"cases/{matter.pk}/")
    assert desk.post(f"cases/{matter.pk}/seal/").status_code == 303
    for page in (f"cases/{matter.pk}/", f"cases/{matter.pk}/decision/", "posts/", "queue/", f"cases/{matter.pk}/seal/"):
        assert cast.PASSAGE not in desk.read(page), page


def test_who_has_an_interest_can_seal_and_sees_nothing(people: Branch) -> None:
    cast.own(people, people.operator)
    matter = cast.reported(people)
    desk = Desk(people.operator)
    assert "Seal it now" in desk.read(f"cases/{matter.pk}/seal/")
    desk.post(f"cases/{matter.pk}/seal/")
    assert matter.case.sealed
    assert cast.WORDS not in desk.read(f"cases/{matter.pk}/seal/")


def test_destroying_asks_for_their_number_and_for_a_tick(people: Branch) -> None:
    matter = cast.reported(people)
    desk = Desk(people.operator).free(matter)
    desk.post(f"cases/{matter.pk}/seal/")
    page = said(desk.post(f"cases/{matter.pk}/seal/", **form(matter, adviser="iwf", reference="4711")))
    assert "nobody can bring it back" in page
    assert matter.papers(Paper.Kind.DESTRUCTION) == []
    sent = form(matter, adviser="iwf", reference="4711", sure="on")
    assert desk.post(f"cases/{matter.pk}/seal/", **sent).status_code == 303
    assert "What it held is destroyed" in desk.read(f"cases/{matter.pk}/seal/")
    assert cast.lay_open(people.org) == []


def test_a_report_of_a_child_in_danger_hides_what_the_archive_holds(people: Branch) -> None:
    assert cast.PASSAGE in Desk(people.operator).read("posts/")
    report = cast.a_report(people, kind=ReportKind.CHILD_SAFETY, post=None, link=people.post.url)
    matter = Matter(people, file_report(people.org, report, at=cast.day(0)))
    desk = Desk(people.operator).free(matter)
    assert cast.PASSAGE not in desk.read("posts/")
    assert cast.PASSAGE not in desk.read(f"cases/{matter.pk}/")
    assert people.post.url in desk.get(f"cases/{matter.pk}/").content.decode()  # to report it, and to have it removed
