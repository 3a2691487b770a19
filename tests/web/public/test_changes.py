"""What changed between two editions, for everybody."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from folkmoot.casefile.record import SYSTEM
from folkmoot.members.models import Organisation
from folkmoot.standards import load_pack
from folkmoot.standards.changes import compare
from folkmoot.steps.publish_policy import publish_policy
from folkmoot.web.changes import notes
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


def test_a_section_that_stands_in_another_part_is_not_called_renamed() -> None:
    before = load_pack(cast.RULES)
    first, *others = before.headings

    def told(**now: str) -> list[str]:
        after = replace(before, headings=(replace(first, **now), *others))
        return notes(compare(before, after), None, None)

    assert told(under="Part two") == [f"The section “{first.title}” stands in the part “Part two” now."]
    assert told(title="Manners") == [f"The section “{first.title}” is called “Manners” now."]


def test_a_long_list_of_what_changed_is_a_count_that_opens_and_a_missing_number_is_explained(
    org: Organisation,
) -> None:
    publish_policy(org, "labour-branch-2018", day=cast.day(9).date(), by=SYSTEM, at=cast.day(0))
    listed = said(Client().get(f"/o/{org.slug}/rules/editions/"))
    assert "56 clauses are different" in listed
    publish_policy(org, cast.RULES, day=cast.day(20).date(), by=SYSTEM, at=cast.day(0))
    listed = said(Client().get(f"/o/{org.slug}/rules/editions/"))
    assert "a number is missing above where it is one of these: National statement" in listed
    explained = said(_get(org, "6/changes/"))
    assert "Edition 5 is" in explained
    assert "on which rules rest: it is numbered together with them." in explained
