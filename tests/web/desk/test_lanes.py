"""The queue's lanes, and what a report says of whoever made it."""

import pytest

from folkmoot.casefile.record import SYSTEM
from folkmoot.steps.add_place import add_place
from tests.cast import FOUNDED, Branch, appealed, before_executive, decided, post, reported
from tests.web.desk.pages import Desk


def test_appeals_have_a_lane_of_their_own(people: Branch) -> None:
    waiting = reported(people, post=post(people.org, people.place, native_id="200", text="Another one."))
    matter = appealed(people)
    desk = Desk(people.operator)
    lanes = {name: desk.read(f"queue/?show={name}") for name in ("appeals", "decision")}
    assert f"Case {matter.pk} " in lanes["appeals"]
    assert f"Case {waiting.pk} " not in lanes["appeals"]
    assert f"Case {waiting.pk} " in lanes["decision"]
    assert f"Case {matter.pk} " not in lanes["decision"]


def test_what_is_answered_or_before_the_executive_waits_for_no_moderator(people: Branch) -> None:
    matter = before_executive(people)
    desk = Desk(people.operator)
    assert f"Case {matter.pk} " not in desk.read("queue/")
    assert f"Case {matter.pk} " in desk.read("queue/?show=executive")


def test_a_decided_case_is_found_among_the_decided(people: Branch) -> None:
    matter = decided(people)
    assert f"Case {matter.pk} " in Desk(people.operator).read("queue/?show=decided")


@pytest.mark.parametrize(("affected", "says"), [(True, "It is about them"), (False, "A bystander")])
def test_a_report_says_whether_it_is_about_whoever_made_it(people: Branch, affected: bool, says: str) -> None:
    matter = reported(people, affected=affected)
    assert says in Desk(people.operator).free(matter).read(f"cases/{matter.pk}/")


def test_cases_of_every_place_stand_in_one_queue(people: Branch) -> None:
    group = add_place(people.org, name="Harbour group", is_public=False, by=SYSTEM, at=FOUNDED)
    reported(people)
    reported(people, post=post(people.org, group, native_id="300", text="In the group."))
    page = Desk(people.operator).read("queue/")
    assert "Harbour page" in page
    assert "Harbour group" in page
