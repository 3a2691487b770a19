"""Editions of the policy and of the procedure."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from folkmoot.casefile.record import SYSTEM
from folkmoot.editions.current import current_procedure, newest_policy
from folkmoot.editions.models import PolicyEdition
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.procedure.table import STANDARD, Limits, Procedure
from folkmoot.steps.link_post import link_post
from folkmoot.steps.publish_policy import publish_policy
from folkmoot.steps.publish_procedure import publish_procedure
from folkmoot.steps.set_official_text import set_official_text
from tests.cast import FOUNDED, RULES, branch, day, post, refused, reported

LATER = FOUNDED + timedelta(days=1)


@pytest.fixture
def own_rules(tmp_path: Path) -> Path:
    """Return a copy of the organisation's pack that may be changed."""
    return Path(shutil.copytree(RULES, tmp_path / RULES.name))


def date_from(folder: Path, day: str) -> None:
    front = folder / "pack.yaml"
    lines = front.read_text().splitlines()
    front.write_text("\n".join(f"in_force_from: {day}" if line.startswith("in_force") else line for line in lines))


def test_the_text_in_force_published_again_makes_no_new_edition() -> None:
    people = branch()
    before = newest_policy(people.org)
    assert publish_policy(people.org, RULES, by=people.administrator, at=LATER) == before
    assert PolicyEdition.objects.within(people.org).count() == 1


def test_a_changed_text_is_a_new_edition_and_the_old_one_stays(own_rules: Path) -> None:
    people = branch()
    first = newest_policy(people.org)
    date_from(own_rules, "2026-09-01")
    second = publish_policy(people.org, own_rules, by=people.administrator, at=LATER)
    assert (second.number, newest_policy(people.org)) == (first.number + 1, second)
    assert first.clauses.count() == second.clauses.count() == 4


def test_a_text_that_was_replaced_does_not_come_back_unnoticed(own_rules: Path) -> None:
    people = branch()
    date_from(own_rules, "2026-09-01")
    publish_policy(people.org, own_rules, by=people.administrator, at=LATER)
    with refused(BadInput, "a later one has replaced it", field="pack"):
        publish_policy(people.org, RULES, by=people.administrator, at=LATER)


def test_the_statement_that_a_policy_rests_on_comes_with_it() -> None:
    people = branch()
    edition = publish_policy(people.org, "labour-branch-2018", by=people.administrator, at=LATER)
    assert edition.parent is not None
    assert (edition.parent.pack, edition.parent.is_parent) == ("labour-national-2018", True)
    assert newest_policy(people.org) == edition
    with refused(BadInput, "what your policy rests on", field="pack"):
        publish_policy(people.org, "labour-national-2018", by=people.administrator, at=LATER)


def test_a_pack_with_mistakes_is_refused_with_file_and_line(own_rules: Path) -> None:
    people = branch()
    (own_rules / "clauses" / "H2.md").write_text("nothing")
    with refused(BadInput, "clauses/H2.md:1", field="pack"):
        publish_policy(people.org, own_rules, by=people.administrator, at=LATER)


def test_only_an_administrator_publishes() -> None:
    people = branch()
    with refused(NotPermitted, "Only an administrator"):
        publish_policy(people.org, RULES, by=people.operator, at=LATER)
    with refused(NotPermitted, "Only an administrator"):
        set_official_text(people.org, url="https://example.org", by=people.operator, at=LATER)


def test_a_changed_procedure_is_a_new_edition_and_the_same_one_is_not() -> None:
    people = branch()
    assert publish_procedure(people.org, STANDARD, by=SYSTEM, at=LATER).number == 1
    slower = Procedure(STANDARD.ways, Limits(report_days=7))
    assert publish_procedure(people.org, slower, by=SYSTEM, at=LATER).number == 2
    assert current_procedure(people.org).procedure().limits.report_days == 7


def test_the_official_text_can_be_said_changed_and_taken_back() -> None:
    people = branch()
    by = people.administrator
    assert set_official_text(people.org, url="example.org/p", by=by, at=LATER).official_url == "https://example.org/p"
    assert set_official_text(people.org, url="", by=by, at=LATER).official_url == ""
    with refused(BadInput, "not a web address", field="official_url"):
        set_official_text(people.org, url="https://a b", by=by, at=LATER)


def test_a_post_is_judged_by_the_rules_of_its_time(own_rules: Path) -> None:
    people = branch()
    first = newest_policy(people.org)
    date_from(own_rules, "2026-10-20")
    second = publish_policy(people.org, own_rules, by=people.administrator, at=LATER)
    before = reported(people).case
    newer = post(people.org, people.place, text="Later.", native_id="200", posted_at=day(0))
    after = reported(people, post=newer).case
    unmatched = reported(people, post=None).case
    assert (before.policy, after.policy, unmatched.policy) == (first, second, second)
    link_post(unmatched.pk, post=post(people.org, people.place, native_id="300"), by=people.operator, at=day(1))
    unmatched.refresh_from_db()
    assert unmatched.policy == first
