"""How often somebody wants the mail with what waits, on the page about their own sign-in."""

import pytest

from folkmoot.members.models import Person
from tests.cast import Branch, branch, day, outsider
from tests.web.browsers import move_clock, officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(0))


@pytest.fixture
def people() -> Branch:
    return branch()


def test_everybody_chooses_on_their_own_page(people: Branch) -> None:
    browser = officer(people.operator)
    page = browser.get("/account/").content.decode()
    assert '<option value="daily" selected>each morning</option>' in page
    assert browser.post(f"/account/mail/{people.operator.pk}/", {"digest": "weekly"})["Location"] == "/account/"
    page = browser.get("/account/").content.decode()
    assert '<option value="weekly" selected>each Monday</option>' in page
    assert Person.objects.get(pk=people.operator.pk).digest == "weekly"


def test_nobody_chooses_for_somebody_else_or_by_following_a_link(people: Branch) -> None:
    browser = officer(people.operator)
    for other in (people.secretary, outsider()):
        assert other is not None
        assert browser.post(f"/account/mail/{other.pk}/", {"digest": "never"}).status_code == 404
    assert browser.get(f"/account/mail/{people.operator.pk}/").status_code == 405
    assert set(Person.objects.values_list("digest", flat=True)) == {"daily"}


def test_what_there_is_not_is_refused_in_words(people: Branch) -> None:
    browser = officer(people.operator)
    browser.post(f"/account/mail/{people.operator.pk}/", {"digest": "hourly"})
    assert "Please choose each day, once a week, or never." in browser.get("/account/").content.decode()
