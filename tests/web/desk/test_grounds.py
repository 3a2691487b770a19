"""Which rules can be cited: every ground of the policy that comes with Folkmoot, and nothing else."""

import re
from typing import Any

import pytest

from folkmoot.casefile.models import Case
from folkmoot.casefile.record import SYSTEM
from folkmoot.editions.models import PolicyEdition
from folkmoot.members.models import Person
from folkmoot.procedure.words import ReportKind, Role
from folkmoot.steps.add_organisation import add_organisation
from folkmoot.steps.add_place import add_place
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.invite_person import invite_person
from tests import cast
from tests.web.desk.pages import Desk, said

BY_THE_MISSION = {
    *("R2", "R3", "R4", "R5", "R6", "R8", "R9", "R11"),
    *("Sa", "Sb", "Sc", "Sd", "Se", "Sf"),
    *("F2", "F5", "F6", "F7", "F10", "Mh"),
}


@pytest.fixture
def moderator(db: None) -> Person:
    org = add_organisation(name="Quay branch", by=SYSTEM, at=cast.FOUNDED)
    roles = {Role.MODERATOR}
    return invite_person(org, name="Mo", email="mo@quay.example", roles=roles, by=SYSTEM, at=cast.FOUNDED).person


@pytest.fixture
def desk(moderator: Person) -> Desk:
    return Desk(moderator)


def a_case(moderator: Person, desk: Desk, *, is_public: bool = True) -> Case:
    """Return a case about a post at a public or closed place, open to the moderator."""
    place = add_place(moderator.org, name="The group", is_public=is_public, by=SYSTEM, at=cast.FOUNDED)
    written = cast.post(moderator.org, place, text="You are all the same, you there.")
    case = file_report(moderator.org, Report(kind=ReportKind.ATTACK, post=written), at=cast.day(0)).case
    desk.post(f"cases/{case.pk}/interest/", interested="no")
    case.refresh_from_db()
    return case


def a_removal(case: Case) -> dict[str, Any]:
    """Return the decision form but for its rules."""
    words = {"passage": "You are all the same", "reasons": "It is about a person, and says nothing of what they did."}
    choices = {"outcome": "remove", "aimed_at": "person", "clarity": "clear", "go": "check"}
    return {"seen": case.seq, "form_key": "0" * 32, **words, **choices}


def offered(desk: Desk, case: Case) -> set[str]:
    page = desk.get(f"cases/{case.pk}/decision/").content.decode()
    return set(re.findall(r'name="codes" value="(\w+)"', page))


def test_every_ground_can_be_chosen_and_no_advice_principle_or_procedure(moderator: Person, desk: Desk) -> None:
    case = a_case(moderator, desk)
    assert offered(desk, case) == BY_THE_MISSION


def test_each_ground_stands_in_the_letter_with_its_words(moderator: Person, desk: Desk) -> None:
    case = a_case(moderator, desk)
    sent = a_removal(case)
    for clause in PolicyEdition.objects.get(org=moderator.org, is_parent=False).clauses.filter(kind="ground"):
        checked = desk.post(f"cases/{case.pk}/decision/", codes=[clause.code], **sent)
        assert checked.status_code == 200, clause.code
        page = said(checked)
        assert f"{clause.code}. {clause.title}" in page
        assert " ".join(clause.text.split()) in page
        if clause.limited_to:
            assert f"Only one part of this rule can be a ground for a decision: {clause.limited_to}" in page


def test_what_is_no_ground_is_refused(moderator: Person, desk: Desk) -> None:
    case = a_case(moderator, desk)
    sent = a_removal(case)
    for clause in PolicyEdition.objects.get(org=moderator.org, is_parent=False).clauses.exclude(kind="ground"):
        refused = desk.post(f"cases/{case.pk}/decision/", codes=[clause.code], **sent)
        assert refused.status_code == 422, clause.code
        assert f"{clause.code} is no ground" in said(refused)


def test_a_rule_meant_for_public_places_can_be_cited_in_a_closed_one_and_says_so(moderator: Person, desk: Desk) -> None:
    case = a_case(moderator, desk, is_public=False)
    assert offered(desk, case) == BY_THE_MISSION
    assert "Meant mainly for public places." in desk.read(f"cases/{case.pk}/decision/")


def test_at_a_public_place_no_rule_carries_that_remark(moderator: Person, desk: Desk) -> None:
    case = a_case(moderator, desk)
    assert "Meant mainly for" not in desk.read(f"cases/{case.pk}/decision/")
