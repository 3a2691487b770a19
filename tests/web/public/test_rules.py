"""The rules are public: every clause in order, an address for each, every edition as it was."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from folkmoot.casefile.record import SYSTEM
from folkmoot.editions.models import PolicyEdition
from folkmoot.members.models import Organisation
from folkmoot.steps.add_organisation import add_organisation
from folkmoot.steps.publish_policy import publish_policy
from tests import cast
from tests.web.browsers import move_clock
from tests.web.public.reading import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def org(monkeypatch: pytest.MonkeyPatch) -> Organisation:
    move_clock(monkeypatch, cast.day(0))
    return add_organisation(name="Harbour branch", by=SYSTEM, at=cast.FOUNDED)


def _get(org: Organisation, page: str) -> Any:
    return Client().get(f"/o/{org.slug}/rules/{page}")


def test_every_clause_is_readable_in_order_with_both_examples(org: Organisation) -> None:
    page = _get(org, "")
    edition = PolicyEdition.objects.get(org=org, is_parent=False)
    words = said(page)
    at = 0
    for clause in edition.clauses.all():
        heading = f"{clause.code} {clause.title}"
        assert heading in words[at:], heading
        at = words.index(heading, at)
        assert f'id="{clause.code}"' in page.content.decode()
        if clause.kind == "ground":
            assert clause.allowed
            assert "Not allowed" in words[at:]
    assert edition.clauses.count() == 52
    assert edition.fingerprint in words
    assert "In summary." in words
    assert "1 June 2018" in words


def test_every_clause_has_an_address_of_its_own_now_and_in_its_edition(org: Organisation) -> None:
    edition = PolicyEdition.objects.get(org=org, is_parent=False)
    for clause in edition.clauses.all()[:60:9]:
        for address in (f"{clause.code}/", f"editions/{edition.number}/{clause.code}/"):
            page = _get(org, address)
            assert page.status_code == 200
            assert clause.title in said(page)


def test_a_clause_shows_what_it_rests_on(org: Organisation) -> None:
    words = said(_get(org, "F5/"))
    assert "From National statement on social media" in words
    parent = PolicyEdition.objects.get(org=org, is_parent=True)
    for clause in parent.clauses.filter(code__in=["N8", "N9"]):
        assert clause.title in words
    assert "What our rules rest on" in said(_get(org, f"editions/{parent.number}/"))
    assert _get(org, f"editions/{parent.number}/N8/").status_code == 200
    assert parent.title in said(_get(org, "editions/1/N8/")), "a decision under edition 1 may cite it"


def test_a_newer_edition_leaves_the_older_one_as_it_was_and_says_what_changed(
    org: Organisation, tmp_path: Path
) -> None:
    publish_policy(org, cast.RULES, by=SYSTEM, at=cast.day(0))
    newest = PolicyEdition.objects.filter(org=org, is_parent=False).latest("number")
    assert "Harbour branch rules" in said(_get(org, ""))
    old = said(_get(org, "editions/1/"))
    assert "A later edition has replaced this one" in old
    assert "Disagree strongly, without personal abuse" in old
    gone = _get(org, "F5/")
    assert gone.status_code == 200
    assert "This clause is gone: the rules in force do not have it any more." in said(gone)
    listed = said(_get(org, "editions/"))
    assert "H1 new H2 new H3 new" in listed
    assert "F1 gone" in listed
    assert f"edition {newest.number} In force" in listed


@pytest.mark.parametrize(
    "page", ["ZZ9/", "f5/", "editions/99/", "editions/1/ZZ9/", "editions/0/", f"editions/{10**30}/", "editions/1/%00/"]
)
def test_what_never_was_is_no_page(org: Organisation, page: str) -> None:
    assert _get(org, page).status_code in {400, 404}


def test_another_organisations_edition_is_no_page_here(org: Organisation) -> None:
    other = cast.branch("Valley branch").org
    own = PolicyEdition.objects.filter(org=org).count()
    assert Client().get(f"/o/{other.slug}/rules/editions/{own}/").status_code == 404
    assert Client().get(f"/o/{other.slug}/rules/F5/").status_code == 404


def test_the_official_text_is_linked_where_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, cast.day(0))
    org = add_organisation(name="Linked", official_url="https://example.org/policy", by=SYSTEM, at=cast.FOUNDED)
    for page in ("", "F5/"):
        assert 'href="https://example.org/policy"' in _get(org, page).content.decode()
