"""The first page and the page on privacy: what this is, and what becomes of people's words."""

import pytest
from django.test import Client

from folkmoot.steps.set_contact import set_contact
from tests import cast
from tests.web.browsers import move_clock
from tests.web.public.reading import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> str:
    move_clock(monkeypatch, cast.day(0))
    return f"/o/{cast.branch().org.slug}/"


def test_the_first_page_leads_to_reporting_tracking_and_the_rules(base: str) -> None:
    page = Client().get(base)
    for address in ("report/", "track/", "rules/", "privacy/"):
        assert f'href="{base}{address}"' in page.content.decode()
    assert "within 5 days" in said(page)
    assert "Call 999" in said(page)


def test_privacy_says_who_to_write_to_and_how_long_things_are_kept(base: str) -> None:
    words = said(Client().get(f"{base}privacy/"))
    assert "Nothing is erased by itself at present" in words
    assert "Write to" in words
    assert "Information Commissioner" in words


@pytest.mark.parametrize("page", ["", "privacy/", "rules/", "report/", "report/?kind=attack", "track/"])
def test_public_pages_need_no_script_and_no_style_of_their_own(base: str, page: str) -> None:
    content = Client().get(base + page).content.decode()
    assert "style=" not in content
    assert "onclick" not in content
    for script in content.split("<script")[1:]:
        assert 'src="/static/look/' in script.split(">")[0]


@pytest.mark.parametrize("page", ["", "rules/", "report/", "track/", "letter/1." + "A" * 32 + "/"])
def test_an_organisation_that_is_none_has_no_pages(base: str, page: str) -> None:
    assert Client().get(f"/o/nowhere/{page}").status_code == 404


def test_forgetting_needs_a_button(base: str) -> None:
    assert Client().get(f"{base}forget/").status_code == 405


def test_without_an_address_of_the_secretary_the_form_for_reports_is_the_way_to_them() -> None:
    people = cast.branch()
    for page in ("", "privacy/"):
        answer = Client().get(f"/o/{people.org.slug}/{page}")
        assert "Write to the Secretary with the form for reports" in said(answer)
        assert f'href="/o/{people.org.slug}/report/"' in answer.content.decode()
    set_contact(people.org, contact="secretary@harbour.example", by=people.administrator, at=cast.day(0))
    assert "Write to secretary@harbour.example" in said(Client().get(f"/o/{people.org.slug}/privacy/"))
