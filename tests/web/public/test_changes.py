"""What changed between two editions, for everybody."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from folkmoot.casefile.record import SYSTEM
from folkmoot.members.models import Organisation
from folkmoot.steps.publish_policy import publish_policy
from tests import cast
from tests.web.browsers import move_clock
from tests.web.public.reading import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def org(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Organisation:
    """Return an organisation with three editions of its rules, the last of which is still to come."""
    move_clock(monkeypatch, cast.day(0))
    found = cast.branch().org
    folder = Path(shutil.copytree(cast.RULES, tmp_path / cast.RULES.name))
    for date, text in (("2026-09-01", "Sleep on it, <b>twice</b>."), ("2027-03-01", "Wait for a day.")):
        front, clause = folder / "pack.yaml", folder / "clauses" / "H3.md"
        lines = front.read_text().splitlines()
        front.write_text("\n".join(f"in_force_from: {date}" if one.startswith("in_force") else one for one in lines))
        clause.write_text(clause.read_text().rpartition("---\n")[0] + f"---\n\n{text}\n")
        publish_policy(found, folder, by=SYSTEM, at=cast.day(0))
    return found


def _get(org: Organisation, page: str) -> Any:
    return Client().get(f"/o/{org.slug}/rules/editions/{page}")


def test_any_two_editions_can_be_put_side_by_side(org: Organisation) -> None:
    newest = said(_get(org, "3/changes/"))
    assert "What changes on 1 March 2027" in newest
    assert "Wait for a day." in newest
    assert "Edition 1, from 1 June 2018" in newest
    other = _get(org, "3/changes/?from=1")
    assert "taken out: Sleep on it." in said(other)
    assert "twice" not in said(other)
    back = said(_get(org, "1/changes/?from=3"))
    assert "put in: Sleep on it." in back


def test_what_stands_in_a_text_is_only_text(org: Organisation) -> None:
    page = _get(org, "2/changes/")
    assert "&lt;b&gt;twice" in page.content.decode()
    assert "1 reworded 3 the same" in said(page)
    assert "In force from 1 September 2026." in said(page)


def test_the_list_of_editions_says_which_is_announced_and_leads_to_what_changed(org: Organisation) -> None:
    listed = said(Client().get(f"/o/{org.slug}/rules/editions/"))
    assert "edition 3 Announced" in listed
    assert "edition 2 In force" in listed
    assert "H3 reworded" in listed


@pytest.mark.parametrize(
    "page", ["1/changes/", "9/changes/", "3/changes/?from=9", "3/changes/?from=x", "3/changes/?from=3"]
)
def test_what_has_nothing_beside_it_is_no_page(org: Organisation, page: str) -> None:
    assert _get(org, page).status_code == 404
