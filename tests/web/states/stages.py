"""A case at each stage, in a branch where everybody is free to act: what is there on one day only."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from folkmoot.archive.models import Post
from folkmoot.casefile.record import SYSTEM
from folkmoot.outbox.links import letter_link
from folkmoot.procedure.table import STANDARD, Limits, Procedure
from folkmoot.procedure.words import Step
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.publish_policy import publish_policy
from folkmoot.steps.publish_procedure import publish_procedure
from tests import cast
from tests.cast import Branch, Matter, branch, day, free
from tests.steps.reviews import sent_back
from tests.web.browsers import move_clock, officer, party
from tests.web.desk.pages import Desk, typed
from tests.web.states.gather import CHECK, STAGE, Gathering, Shown, view_of

TODAY = day(8, 12)
STAGES: dict[str, Callable[[Branch], Matter]] = {
    "reported": lambda people: cast.reported(people, at=day(8)),
    "decided": lambda people: cast.decided(people, at=day(8)),
    "appealed": lambda people: cast.appealed(people, at=day(7)),
    "reconsidered": lambda people: cast.reconsidered(people, at=day(7)),
    "before the Executive": cast.before_executive,
    "minuted": cast.minuted,
    "final": lambda people: cast.finalised(people, overturned=False),
}


def each_stage(found: Gathering, patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Look at a case at each stage, as everybody who may act on it, and at what is checked before it is sent."""
    move_clock(patch, TODAY)
    people = branch("Each stage")
    _second_edition(people, folder)
    made = {key: play(replace(people, post=_post_of(people, key))) for key, play in STAGES.items()}
    cast.told(made["minuted"])
    mine = people.operator
    free(made["reported"], mine, at=day(8))
    free(made["minuted"], people.panel[0], at=TODAY)
    free(made["appealed"], *people.deciders[1:], at=day(8))
    objects: dict[str, list[object]] = {
        "case": [matter.pk for matter in made.values()],
        "edition": [1, 2],
        "code": ["H1"],
        "grant": [made["decided"].grant.pk, made["decided"].receipt.grant.pk],
    }
    sitting = [people.secretary, people.panel[0], people.panel[3]]
    for person in (mine, *people.deciders[1:], *sitting, people.administrator):
        assert person is not None
        found.open_all(STAGE, person.name, officer(person), people.org.slug, objects)
    _checked(found, Desk(mine), made["reported"])
    decided = made["decided"]
    found.take(
        STAGE, "author", Client(), f"/o/{people.org.slug}/letter/{letter_link(decided.grant).split('/letter/')[1]}"
    )
    found.open_all(STAGE, "parties", party(decided.grant, decided.receipt.grant), people.org.slug, objects)
    _older_procedure(found, people)
    _nobody_else(found)
    _decided_afresh(found)


def _checked(found: Gathering, desk: Desk, matter: Matter) -> None:
    """Look at pages that come only after a form was sent: check what was typed, choose a rule, choose a lane."""
    many = {"case": [str(matter.pk)], "do": "lane"}
    forms = {f"cases/{matter.pk}/decision/": typed(matter), "spam/": {"case": [str(matter.pk)]}, "queue/many/": many}
    for path, fields in forms.items():
        answer = desk.post(path, **fields)
        assert answer.status_code == 200, (path, answer.status_code)
        where = desk.root + path
        found.keep(Shown(str(view_of(where)), CHECK, "operator", where, answer.content.decode(), desk.browser))


def _post_of(people: Branch, key: str) -> Post:
    return cast.post(people.org, people.place, account=people.account, text=f"{cast.WORDS} {key}", native_id=key)


def _second_edition(people: Branch, folder: Path) -> None:
    """Publish the rules once more, with another text."""
    pack = Path(shutil.copytree(cast.RULES, folder / cast.RULES.name))
    front, clause = pack / "pack.yaml", pack / "clauses" / "H3.md"
    lines = front.read_text().splitlines()
    front.write_text("\n".join("in_force_from: 2026-10-02" if one.startswith("in_force") else one for one in lines))
    clause.write_text(clause.read_text().rpartition("---\n")[0] + "---\n\nSleep on it, twice.\n")
    publish_policy(people.org, pack, by=SYSTEM, at=cast.FOUNDED)


def _older_procedure(found: Gathering, people: Branch) -> None:
    """Look at what is said where a procedure is older than Folkmoot's own."""
    older = Procedure(tuple(way for way in STANDARD.ways if way.step is not Step.EXTEND), Limits())
    publish_procedure(people.org, older, by=SYSTEM, at=TODAY)
    ada = officer(people.administrator)
    for path in ("", "renewal/"):
        found.take("older", "administrator", ada, f"/o/{people.org.slug}/admin/procedure/{path}")


def _nobody_else(found: Gathering) -> None:
    """Look at an appeal in a branch where the only one there is has an interest."""
    matter = cast.decided(branch("Nobody else", moderators=1, secretary=False, panel=0))
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=day(2))
    alone = Desk(matter.branch.operator)
    declare_interest(matter.pk, interested=True, nature="She is my aunt.", by=matter.branch.operator, at=day(2))
    found.take("closed", "operator", alone.browser, f"{alone.root}cases/{matter.pk}/")
    assert alone.post(f"cases/{matter.pk}/necessity/").status_code == 303
    for path in ("", "reconsideration/"):
        found.take("by necessity", "operator", alone.browser, f"{alone.root}cases/{matter.pk}/{path}")


def _decided_afresh(found: Gathering) -> None:
    """Look at what the Executive decides, where nobody else is left who may."""
    matter = sent_back(branch("Afresh", moderators=1))
    free(matter, matter.branch.panel[0], at=day(3))
    browser = officer(matter.branch.panel[0])
    path = f"/o/{matter.branch.org.slug}/panel/cases/{matter.pk}/decision/"
    found.take(STAGE, "panel", browser, path)
    words = ("for", "for", "against", "aside")
    votes = {f"vote-member_{one.pk}": word for one, word in zip(matter.branch.panel, words, strict=True)}
    checked = browser.post(path, {**typed(matter), **votes})
    assert checked.status_code == 200, checked.status_code
    found.keep(Shown("panel:decision", CHECK, "panel", path, checked.content.decode(), browser))
