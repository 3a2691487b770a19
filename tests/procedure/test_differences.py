"""What is different between two editions of the table is told in plain sentences, and nothing else is."""

from dataclasses import replace

import pytest

from folkmoot.procedure.differences import differences
from folkmoot.procedure.editing import edited
from folkmoot.procedure.plain import limit_said, people
from folkmoot.procedure.table import STANDARD, Limits, Procedure, Way
from folkmoot.procedure.words import Role, Stage, Step


def without(*gone: tuple[Stage, Step]) -> Procedure:
    return Procedure(tuple(way for way in STANDARD.ways if (way.stage, way.step) not in gone), Limits())


def no_step(step: Step) -> Procedure:
    return Procedure(tuple(way for way in STANDARD.ways if way.step is not step), Limits())


def no_stage(stage: Stage) -> Procedure:
    return Procedure(tuple(way for way in STANDARD.ways if way.stage is not stage), Limits())


def test_between_an_edition_and_itself_there_is_nothing():
    assert differences(STANDARD, STANDARD) == []


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"report_days": 7}, "The moderators have 7 days to answer a report, instead of 5."),
        ({"report_days": 1}, "The moderators have 1 day to answer a report, instead of 5."),
        ({"legal_hours": 24}, "A legal complaint has 24 hours of working days, instead of 48."),
        ({"quorum": 2}, "At least 2 members of the Executive sit, instead of 3."),
        ({"nation": "SCT"}, "Bank holidays are those of Scotland, instead of England."),
        ({"working_days": True}, "Only working days count. Before: all days count, weekends too."),
    ],
)
def test_a_limit_that_is_another_is_said_with_what_it_was(limits, said):
    assert differences(STANDARD, Procedure(STANDARD.ways, Limits(**limits))) == [said]


def test_days_that_count_again_are_said_with_what_was_before():
    before = Procedure(STANDARD.ways, Limits(working_days=True))
    assert differences(before, STANDARD) == ["All days count, weekends too. Before: only working days count."]


def test_the_way_back_to_the_bank_holidays_of_england_is_told_too():
    before = Procedure(STANDARD.ways, Limits(nation="SCT"))
    assert differences(before, STANDARD) == ["Bank holidays are those of England, instead of Scotland."]


def test_a_role_that_loses_and_gains_steps_is_told_once_for_all_of_them():
    narrower = edited(Limits(), {"reopen": frozenset()})
    assert differences(STANDARD, narrower) == [
        "The Secretary may not do this any more: open what is final again, for a listed reason; "
        "write down that a case stays final."
    ]
    assert differences(narrower, STANDARD) == [
        "The Secretary may do this, too: open what is final again, for a listed reason; "
        "write down that a case stays final."
    ]


def test_a_whole_step_that_comes_or_goes_is_told_with_who_takes_it():
    said = "the author may say what is meant."
    assert differences(no_step(Step.CLARIFY), STANDARD) == [f"New: {said}"]
    assert differences(STANDARD, no_step(Step.CLARIFY)) == [f"No longer: {said}"]


def test_a_stage_that_comes_or_goes_is_told_as_a_whole_and_its_rows_are_not_told_again():
    steps = {way.step for way in STANDARD.ways if way.stage is Stage.MINUTED}
    elsewhere = {way.step for way in STANDARD.ways if way.stage is not Stage.MINUTED}
    alone = steps - elsewhere
    added = differences(no_stage(Stage.MINUTED), STANDARD)
    assert added[0] == "New: a case that has a minute that is being confirmed."
    assert len(added) == 1 + len(alone)
    gone = differences(STANDARD, no_stage(Stage.MINUTED))
    assert gone[0] == "No longer: a case that has a minute that is being confirmed."
    assert len(gone) == 1 + len(alone)


def test_a_step_in_more_or_fewer_places_is_told_with_the_places():
    fewer = without((Stage.DECIDED, Step.UNDO), (Stage.RECONSIDERED, Step.UNDO))
    told = "the moderators, the Secretary and the Executive may take a step back within its minute"
    places = "is decided or has its answer to the appeal"
    assert differences(STANDARD, fewer) == [f"No longer: {told} while a case {places}."]
    assert differences(fewer, STANDARD) == [f"New: {told} also while a case {places}."]


def test_a_row_that_leads_elsewhere_is_told():
    moved = tuple(
        replace(way, to=Stage.FINAL) if (way.stage, way.step) == (Stage.RECEIVED, Step.DECIDE) else way
        for way in STANDARD.ways
    )
    assert differences(STANDARD, Procedure(moved, Limits())) == [
        "New: once somebody did this (decide), a case is final."
    ]


def test_a_row_that_leads_back_where_it_led_is_told_too():
    moved = tuple(
        replace(way, to=Stage.FINAL) if (way.stage, way.step) == (Stage.RECEIVED, Step.DECIDE) else way
        for way in STANDARD.ways
    )
    assert differences(Procedure(moved, Limits()), STANDARD) == [
        "New: once somebody did this (decide), a case is decided."
    ]


def test_a_role_is_told_only_of_stages_that_both_editions_have():
    both = Way(Stage.RECEIVED, Step.DECIDE, frozenset({Role.MODERATOR}), Stage.DECIDED)
    more = Way(Stage.DECIDED, Step.DECIDE, frozenset({Role.SECRETARY}), Stage.DECIDED)
    said = differences(Procedure((both,), Limits()), Procedure((both, more), Limits()))
    assert said == ["New: a case that is decided."]


def test_people_are_named_in_one_order_with_an_and_before_the_last():
    assert people([]) == ""
    assert people({Role.AUTHOR}) == "the author"
    assert people({Role.EXECUTIVE, Role.MODERATOR}) == "the moderators and the Executive"
    assert people(set(Role) - {Role.SYSTEM, Role.REPORTER}) == (
        "the moderators, the Secretary, the Executive, administrators and the author"
    )


def test_one_is_said_as_one():
    assert [limit_said(replace(STANDARD.limits, extension_days=number), "extension_days") for number in (0, 1, 2)] == [
        "0 days",
        "1 day",
        "2 days",
    ]
