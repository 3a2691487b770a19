"""The page that says whether everything is working."""

import re
from typing import Any

import pytest
from django.test import Client

from folkmoot.archive.models import Post
from folkmoot.steps.end_operator import end_operator
from tests import cast
from tests.cast import Branch, branch, day
from tests.web.browsers import move_clock, officer


def url(people: Branch) -> str:
    return f"/o/{people.org.slug}/admin/health/"


def test_each_light_has_a_word_a_sentence_and_what_to_do(people: Branch, ada: Client) -> None:
    end_operator(people.place, people.operator, by=people.administrator, at=day(0))
    page = ada.get(url(people)).content.decode()
    assert "do not work as they should" in page
    assert "Nobody looks after “Harbour page”." in page
    assert f'href="/o/{people.org.slug}/admin/places/"' in page
    assert "The database refuses every change to what is on record." in page
    assert '<span class="status is-ok">Works</span>' in page
    assert '<span class="status is-soon">Look at it</span>' in page
    assert '<span class="status is-overdue">Not right</span>' in page


def test_an_administrator_who_wrote_a_post_sees_nothing_grow_when_it_is_reported(db: None) -> None:
    people = branch(contact=False)
    cast.own(people, people.administrator)
    ada = officer(people.administrator)
    before = ada.get(url(people)).content.decode()
    assert "has to be given a letter by hand" not in before
    cast.decided(people)
    assert "has to be given a letter by hand" not in ada.get(url(people)).content.decode()


def test_no_page_counts_cases_or_letters_about_whoever_looks(
    people: Branch, ada: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL = object()
    settings.CHECKPOINTS = settings.DATA
    cast.own(people, people.administrator)
    cast.decided(people, at=day(0, 12))
    at = f"/o/{people.org.slug}/admin"
    move_clock(monkeypatch, day(0, 13))  # its letters are late by now
    pages = [f"{at}/health/", f"{at}/record/", f"{at}/audit/", f"{at}/procedure/", f"{at}/procedure/editions/1/"]
    shown = {page: _text(ada.get(page)) for page in pages}
    assert "letter waits" not in shown[pages[0]]
    assert "letters wait" not in shown[pages[0]]
    assert "1 open case" not in " ".join(shown.values())
    cast.reported(people, post=_another(people), at=day(0, 12))
    assert {page: _text(ada.get(page)) for page in pages} == shown


def _another(people: Branch) -> Post:
    return cast.post(people.org, people.place, native_id="another", account=people.account)


def _text(answer: Any) -> str:
    assert answer.status_code == 200
    return re.sub(r"[0-9A-Za-z]{64}", "", answer.content.decode())  # the token of each form


def test_no_secret_of_the_server_is_on_it(people: Branch, ada: Client, settings: Any) -> None:
    settings.SECRET_KEY = "the-secret-key"
    assert "the-secret-key" not in ada.get(url(people)).content.decode()


def test_only_administrators_see_it(people: Branch) -> None:
    assert officer(people.operator).get(url(people)).status_code == 404
