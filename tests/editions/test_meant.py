"""Which paragraphs of an organisation's own rules detectors mean."""

import pytest

from folkmoot.casefile.record import SYSTEM
from folkmoot.editions.current import current_policy
from folkmoot.editions.meant import PACK, meant
from folkmoot.editions.models import Clause, PolicyEdition
from folkmoot.members.models import Organisation
from folkmoot.steps.add_organisation import add_organisation
from tests.cast import FOUNDED, branch, day

pytestmark = pytest.mark.django_db
CODES = {"R2", "F7", "Sd", "R7"}


def policy(org: Organisation) -> PolicyEdition:
    return current_policy(org, at=day(0))


def test_whoever_has_our_pack_has_its_paragraphs() -> None:
    edition = policy(add_organisation(name="Long rules", pack=PACK, by=SYSTEM, at=FOUNDED))
    found = meant(edition, CODES)
    assert {code: clause.code for code, clause in found.items()} == {code: code for code in CODES}
    assert all(clause.edition == edition for clause in found.values())
    assert meant(edition, ["Zz9"]) == {}


def test_rules_of_their_own_are_not_taken_for_ours() -> None:
    assert meant(policy(branch().org), CODES) == {}


def test_another_paragraph_under_the_same_code_is_not_meant() -> None:
    org = branch().org
    edition = policy(org)
    more = {"org": org, "edition": edition, "order": 900, "text": "No adverts.", "scope": "all", "kind": "ground"}
    Clause.objects.create(code="R2", title="No advertising", **more)
    assert "R2" not in meant(edition, CODES)


def test_a_paragraph_that_was_reworded_since_is_still_meant() -> None:
    org = add_organisation(name="Long rules", pack=PACK, by=SYSTEM, at=FOUNDED)
    first = policy(org)
    facts = {"org": org, "pack": "own", "title": "Ours", "in_force_from": first.in_force_from, "paraphrase": False}
    second = PolicyEdition.objects.create(
        number=9, fingerprint="0" * 64, loaded_at=FOUNDED, parent=first.parent, **facts
    )
    more = {"org": org, "edition": second, "text": "Be kind.", "scope": "all", "kind": "ground"}
    Clause.objects.create(order=1, code="R2", title="Be kind", **more)
    Clause.objects.create(order=2, code="H1", title="Nobody is hounded", restates="N3", **more)
    found = meant(second, ["R2", "F2", "F7", "R3"])
    assert {code: (one.code, one.edition.number) for code, one in found.items()} == {
        "R2": ("R2", 9),
        "F2": ("H1", 9),  # it restates the same statement
        "F7": ("N12", first.parent.number if first.parent else 0),  # only the statement has it
    }
