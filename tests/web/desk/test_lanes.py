"""The queue's lanes, and what a report says of whoever made it."""

import pytest

from folkmoot.casefile.record import SYSTEM
from folkmoot.procedure.words import Answer, ReportKind
from folkmoot.steps.add_place import add_place
from folkmoot.steps.decide import decide
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.reconsider import reconsider
from tests.cast import (
    APPEAL,
    FOUNDED,
    REASONS,
    Branch,
    a_decision,
    appealed,
    before_executive,
    day,
    decided,
    free,
    post,
    reported,
)
from tests.web.desk.pages import Desk


def rows_of(desk: Desk, lane: str) -> str:
    """Return the words of a lane's rows, without the chips above them."""
    return desk.read(f"queue/?show={lane}").partition("Final ")[2]


def test_appeals_have_a_lane_of_their_own(people: Branch) -> None:
    waiting = reported(people, post=post(people.org, people.place, native_id="200", text="Another one."))
    matter = appealed(people)
    desk = Desk(people.operator)
    lanes = {name: desk.read(f"queue/?show={name}") for name in ("appeals", "decision")}
    assert f"Case {matter.pk} " in lanes["appeals"]
    assert f"Case {waiting.pk} " not in lanes["appeals"]
    assert f"Case {waiting.pk} " in lanes["decision"]
    assert f"Case {matter.pk} " not in lanes["decision"]


def test_cases_of_the_places_that_one_looks_after_have_a_lane_and_come_first_at_home(people: Branch) -> None:
    elsewhere = add_place(people.org, name="Members' list", is_public=False, by=SYSTEM, at=FOUNDED)
    other = post(people.org, elsewhere, native_id="300", text="On the list.")
    first = reported(people, post=other, at=day(0, 9))  # due on the same day, and reported before
    own = reported(people)
    for desk, mine in ((Desk(people.operator), True), (Desk(people.deciders[1]), False)):
        lane = desk.read("queue/?show=places")
        assert (f"Case {own.pk} " in lane, f"Case {first.pk} " in lane) == (mine, False)
        home = desk.read()
        assert (home.index(f"Case {own.pk} ") < home.index(f"Case {first.pk} ")) is mine


def test_what_is_answered_or_before_the_executive_waits_for_no_moderator(people: Branch) -> None:
    matter = before_executive(people)
    desk = Desk(people.operator)
    assert f"Case {matter.pk} " not in desk.read("queue/")
    assert f"Case {matter.pk} " in desk.read("queue/?show=executive")


def test_a_decided_case_is_found_among_the_decided(people: Branch) -> None:
    matter = decided(people)
    assert f"Case {matter.pk} " in Desk(people.operator).read("queue/?show=decided")


def test_a_case_that_was_reported_again_has_a_lane_and_a_sign_until_it_is_decided_again(people: Branch) -> None:
    matter = decided(people)
    desk = Desk(people.operator)
    assert "Nothing here." in desk.read("queue/?show=again")
    assert "Reported again" not in rows_of(desk, "decided")
    reported(people, kind=ReportKind.THREAT, words="Now he threatens her.", at=day(2))
    assert f"Case {matter.pk} " in desk.read("queue/?show=again")
    for lane in ("again", "decided"):
        assert "Reported again" in rows_of(desk, lane)
    assert people.moderator is not None
    lodge_appeal(matter.pk, words=APPEAL, by=matter.grant, at=day(3))
    free(matter, people.moderator, at=day(3))
    assert "Reported again" in rows_of(desk, "appeals")
    reconsider(matter.pk, answer=Answer.STANDS, reasons=REASONS, by=people.moderator, at=day(3))
    assert "Nothing here." in desk.read("queue/?show=again")
    assert "Reported again" not in rows_of(desk, "decided")


def test_several_reports_before_the_decision_are_nothing_new(people: Branch) -> None:
    matter = reported(people)
    reported(people, words="I have seen it too.")
    free(matter, people.operator, at=day(1))
    desk = Desk(people.operator)
    assert "Nothing here." in desk.read("queue/?show=again")
    decide(matter.pk, a_decision(), by=people.operator, at=day(1))
    assert "Nothing here." in desk.read("queue/?show=again")


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
