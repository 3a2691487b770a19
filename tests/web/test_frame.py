"""The frame around every page: its menus lead where one may go, and it asks little of the database."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from folkmoot.editions.models import PolicyEdition
from folkmoot.procedure.words import OFFICES, Role
from folkmoot.steps.settle_part import end_set_up
from tests.cast import Branch, Matter, appealed, branch, day
from tests.web.browsers import move_clock, officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(3))


def holder(people: Branch, role: Role) -> Any:
    found = {
        Role.ADMINISTRATOR: people.administrator,
        Role.MODERATOR: people.operator,
        Role.SECRETARY: people.secretary,
        Role.EXECUTIVE: people.panel[0],
    }
    return found[role]


@pytest.mark.parametrize("role", OFFICES)
def test_the_desks_menu_leads_only_to_pages_that_this_role_may_open(role: Role) -> None:
    matter = appealed()
    browser = officer(holder(matter.branch, role))
    page = browser.get(f"/o/{matter.branch.org.slug}/desk/")
    assert page.status_code == 200
    menu = list(page.context["desk_nav"])
    assert menu
    for label, url, _, _ in menu:
        answer = browser.get(url)
        assert answer.status_code == 200, f"{role} at {label}"
        here = [one for one, _, active, _ in answer.context["desk_nav"] if active]
        assert here == [label], f"{role} at {label}"


def test_inside_a_case_one_is_still_in_the_queue(matter: Matter) -> None:
    page = officer(matter.branch.operator).get(f"/o/{matter.branch.org.slug}/desk/cases/{matter.pk}/", follow=True)
    assert [label for label, _, active, _ in page.context["desk_nav"] if active] == ["Queue"]


def test_the_desk_says_what_is_wrong_and_where_to_put_it_right(matter: Matter) -> None:
    PolicyEdition.objects.create(
        org=matter.branch.org,
        number=9,
        pack="p",
        title="t",
        in_force_from=day(0).date(),
        paraphrase=True,
        official_url="https://example.org/official",
        fingerprint="f",
        loaded_at=day(0),
    )
    slug = matter.branch.org.slug
    seen = {}
    end_set_up(matter.branch.org, by=matter.branch.administrator, at=day(0))
    for person in (matter.branch.administrator, matter.branch.operator):
        notices = list(officer(person).get(f"/o/{slug}/desk/").context["desk_notices"])
        assert ["letters wait in the outbox" in notices[0]["text"], "a summary" in notices[1]["text"]] == [True, True]
        seen[person.name] = notices[1]["url"]
        unreachable = [one for one in notices if "how to reach your Secretary" in one["text"]]
        assert bool(unreachable) is (person == matter.branch.administrator)
    assert seen == {"Ada Quill": f"/o/{slug}/admin/policy/", "Mo Abara": "https://example.org/official"}


def test_the_public_menu_leads_to_pages_that_anybody_may_open() -> None:
    people = branch()
    page = Client().get(f"/o/{people.org.slug}/")
    menu = list(page.context["public_nav"])
    assert len(menu) == 3
    for label, url, _, _ in menu:
        assert Client().get(url).status_code == 200, label


def test_the_menu_counts_what_waits_here_and_not_elsewhere() -> None:
    matter, _ = appealed(), appealed(branch("Another"))
    page = officer(matter.branch.operator).get(f"/o/{matter.branch.org.slug}/desk/")
    counts = {label: count for label, _, _, count in page.context["desk_nav"]}
    assert counts["Queue"] == 1
    assert counts["By hand"] == len(matter.tasks())


def test_a_public_page_asks_nothing_about_the_desk(matter: Matter) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        Client().get(f"/o/{matter.branch.org.slug}/report/")
    assert not [query for query in asked.captured_queries if "outbox_task" in query["sql"] or "session" in query["sql"]]


@pytest.fixture
def matter() -> Matter:
    return appealed()


def test_the_health_check_asks_the_database_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert not asked.captured_queries
    assert not answer.cookies


def test_the_first_page_leads_to_the_one_organisation_and_lists_none_of_several() -> None:
    assert "Nothing is set up here yet" in Client().get("/").content.decode()
    one = branch()
    assert Client().get("/")["Location"] == f"/o/{one.org.slug}/"
    two = branch("Secret Society")
    page = Client().get("/").content.decode()
    for hidden in (one.org.name, two.org.name, one.org.slug, two.org.slug):
        assert hidden not in page
    assert 'href="/sign-in/"' in page


def test_machines_find_what_they_ask_for() -> None:
    assert "Disallow: /invitation/" in Client().get("/robots.txt").content.decode()
    assert Client().get("/favicon.ico")["Location"] == "/static/look/favicon.svg"
