"""The first page of a new server."""

from urllib.parse import quote

import pytest
from django.test import Client

from folkmoot.members.models import OneTimeLink, Organisation, Person, User
from folkmoot.steps.set_up import setup_link
from tests.cast import branch, day

ANSWERS = {
    "organisation_name": "Hartfield Branch",
    "person_name": "Ann Moss",
    "email": "ann@example.org",
    "pack": "labour-branch-2018",
    "official_url": "",
}


GUIDE = "/o/hartfield-branch/admin/guide/"


def path() -> str:
    link = setup_link(at=day(1))
    assert link is not None
    return link.removeprefix("http://localhost:8000")


def test_three_questions_make_the_organisation_and_lead_to_a_second_factor() -> None:
    browser, link = Client(), path()
    assert "Question 3 of 3" in browser.get(link).content.decode()
    answer = browser.post(link, ANSWERS)
    assert (answer.status_code, answer["Location"]) == (302, f"/account/second-factor/?next={quote(GUIDE, safe='')}")
    person = Person.objects.select_related("org", "user").get()
    assert person.org.slug == "hartfield-branch"
    assert browser.session["_auth_user_id"] == str(person.user_id)
    assert browser.get(f"/o/{person.org.slug}/admin/people/")["Location"].startswith("/account/second-factor/")


def test_looking_at_the_page_uses_nothing_up_and_keeps_the_link_secret() -> None:
    browser, link = Client(), path()
    for _ in range(3):
        answer = browser.get(link)
    assert OneTimeLink.objects.get().used_at is None
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_a_used_link_says_so_and_makes_nothing() -> None:
    link = path()
    Client().post(link, ANSWERS)
    answer = Client().post(link, {**ANSWERS, "organisation_name": "Another"})
    assert answer.status_code == 403
    assert "has its administrator already" in answer.content.decode()
    assert Organisation.objects.count() == 1
    assert User.objects.count() == 1


@pytest.mark.parametrize("link", ["1.x", "nonsense", "9" * 300, "%F0%9F%92%A5"])
def test_a_link_that_is_not_whole_says_so(link: str) -> None:
    path()
    answer = Client().get(f"/setup/{link}/")
    assert answer.status_code == 403
    assert "not complete" in answer.content.decode()


@pytest.mark.parametrize("field", ["organisation_name", "person_name", "email", "pack"])
def test_what_is_missing_is_asked_for_and_the_rest_stays(field: str) -> None:
    link = path()
    answer = Client().post(link, {**ANSWERS, "official_url": "example.org/p", field: ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert "example.org/p" in page
    assert not Organisation.objects.exists()
    assert OneTimeLink.objects.get().used_at is None


def test_with_an_administrator_there_is_no_set_up() -> None:
    link = path()
    branch()
    assert Client().get(link).status_code == 403
