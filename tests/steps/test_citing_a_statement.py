"""A decision cites the organisation's own rules, and those of the statement that they rest on."""

import shutil
from pathlib import Path

from folkmoot.editions.citing import citable
from folkmoot.kernel.errors import BadInput
from folkmoot.steps.decide import decide
from folkmoot.steps.publish_policy import publish_policy
from tests import cast
from tests.cast import Matter, day, refused

COUNTY = """\
name: county-statement
title: The county's statement
description: What the county asks of its branches.
lang: en-GB
in_force_from: {since}
parent: null
paraphrase: false
official_url: null
headings:
  - prefix: C
    title: What we ask
  - prefix: H
    title: How we speak
"""
RULE = """\
---
code: {code}
title: No name-calling
scope: all
kind: ground
allowed: That is a bad plan.
not_allowed: You are a bad man.
---

{text}
"""


def matter_under(tmp_path: Path, *, since: str = "2018-01-01") -> Matter:
    """Return a reported case under rules that rest on a statement with rules of its own."""
    people = cast.branch()
    county = tmp_path / "county-statement"
    (county / "clauses").mkdir(parents=True)
    (county / "pack.yaml").write_text(COUNTY.format(since=since))
    texts = {"C1": "Nobody in the county calls anybody names.", "C2": "Be fair.", "H1": "Another text under our code."}
    for code, text in texts.items():
        (county / "clauses" / f"{code}.md").write_text(RULE.format(code=code, text=text))
    own = Path(shutil.copytree(cast.RULES, tmp_path / cast.RULES.name))
    front = (own / "pack.yaml").read_text().replace("parent: null", "parent: county-statement")
    (own / "pack.yaml").write_text(front)
    clause = own / "clauses" / "H2.md"
    clause.write_text(clause.read_text().replace("kind: ground", "kind: ground\nparent: C1"))
    publish_policy(people.org, own, by=people.administrator, at=cast.FOUNDED)
    matter = cast.reported(people)
    cast.free(matter, people.operator, at=day(1))
    return matter


def test_both_are_cited_and_the_letter_says_which_is_from_where(tmp_path: Path) -> None:
    matter = matter_under(tmp_path)
    said = cast.a_decision(codes=["H1", "H2", "C1"])
    decide(matter.pk, said, by=matter.branch.operator, at=day(1))
    (letter,) = matter.letters(to=cast.AUTHOR_ADDRESS)
    body = letter.paper.words["body"]  # type: ignore[union-attr]
    own, _break, county = body.partition('From "The county\'s statement", edition 3:')
    assert "H1. " in own
    assert '(This comes from "The county\'s statement": C1.)' in own
    assert "C1. No name-calling\nNobody in the county calls anybody names." in county
    assert "Another text under our code." not in body, "a code means our own clause where we have one"


def test_a_statement_that_rests_on_another_has_it_beside_it_under_a_number_of_its_own(tmp_path: Path) -> None:
    people = cast.branch()
    for name, above in (("top-statement", "null"), ("county-statement", "top-statement")):
        (tmp_path / name / "clauses").mkdir(parents=True)
        front = COUNTY.format(since="2018-01-01").replace("parent: null", f"parent: {above}")
        front = front.replace("name: county-statement", f"name: {name}")
        (tmp_path / name / "pack.yaml").write_text(front)
        for code in ("C1", "H1"):
            rule = RULE.format(code=code, text=f"{code}: Be fair, says the {name}.")
            (tmp_path / name / "clauses" / f"{code}.md").write_text(rule)
    own = Path(shutil.copytree(cast.RULES, tmp_path / cast.RULES.name))
    (own / "pack.yaml").write_text((own / "pack.yaml").read_text().replace("parent: null", "parent: county-statement"))
    edition = publish_policy(people.org, own, by=people.administrator, at=cast.FOUNDED)
    county = edition.parent
    assert county is not None
    assert county.parent is not None
    assert (edition.number, county.number, county.parent.number) == (2, 3, 4)


def test_grounds_to_choose_from_are_our_own_and_what_none_of_them_restates(tmp_path: Path) -> None:
    matter = matter_under(tmp_path)
    assert [clause.code for clause in citable(matter.case.policy)] == ["H1", "H2", "C2"]


def test_a_statement_that_came_after_the_post_cannot_be_cited_against_it(tmp_path: Path) -> None:
    matter = matter_under(tmp_path, since="2026-11-30")
    with refused(BadInput, "were not in force when the post was written", field="codes"):
        decide(matter.pk, cast.a_decision(codes=["C1"]), by=matter.branch.operator, at=day(1))
