"""The page that says whether everything is working."""

from typing import Any

from django.test import Client

from folkmoot.steps.end_operator import end_operator
from tests import cast
from tests.cast import Branch, branch, day
from tests.web.browsers import officer


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


def test_no_secret_of_the_server_is_on_it(people: Branch, ada: Client, settings: Any) -> None:
    settings.SECRET_KEY = "the-secret-key"
    assert "the-secret-key" not in ada.get(url(people)).content.decode()


def test_only_administrators_see_it(people: Branch) -> None:
    assert officer(people.operator).get(url(people)).status_code == 404
