"""No edition of the procedure that may be published lets a case get stuck, or takes away anybody's way."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kernel.errors import BadInput
from folkmoot.procedure.calendar import NATIONS
from folkmoot.procedure.checks import ALWAYS_THERE, BOUNDS, faults, reached
from folkmoot.procedure.editing import CHOICES, chosen, edited, is_older, renewed
from folkmoot.procedure.table import STANDARD, Limits, Procedure, Way
from folkmoot.procedure.words import Role, Stage, Step

LIMITS = st.builds(
    Limits,
    **{name: st.integers(least, most) for name, (least, most) in BOUNDS.items()},
    working_days=st.booleans(),
    nation=st.sampled_from(sorted(NATIONS)),
)
ROLES = st.fixed_dictionaries(
    {
        choice.name: st.frozensets(st.sampled_from(sorted(choice.may)), min_size=0 if choice.always else 1)
        for choice in CHOICES
    }
)
EDITIONS = st.builds(edited, LIMITS, ROLES)
# Tables that nobody should publish: rows taken out, and roles added to rows or taken from them.
DAMAGED = st.builds(
    lambda gone, changed: Procedure(
        tuple(
            replace(way, roles=way.roles ^ changed.get(place, frozenset()))
            for place, way in enumerate(STANDARD.ways)
            if place not in gone
        ),
        Limits(),
    ),
    st.sets(st.integers(0, len(STANDARD.ways) - 1), max_size=2),
    st.dictionaries(
        st.integers(0, len(STANDARD.ways) - 1), st.frozensets(st.sampled_from(Role), max_size=2), max_size=3
    ),
)


def test_the_table_of_folkmoot_itself_is_sound():
    assert faults(STANDARD) == []


@given(EDITIONS)
def test_whatever_an_organisation_may_choose_is_sound(edition):
    assert faults(edition) == []
    assert not is_older(edition)
    assert renewed(edition) == edition


@given(EDITIONS, st.data())
def test_from_wherever_a_case_has_wandered_time_and_the_executive_bring_it_to_its_end(edition, data):
    stage = Stage.RECEIVED
    for way in data.draw(st.lists(st.sampled_from(edition.ways), max_size=40)):
        stage = way.to if way.stage is stage else stage
    assert ends_without_anybody_else(edition, stage)


@given(DAMAGED)
def test_no_table_in_which_a_case_can_get_stuck_is_found_sound(table):
    if faults(table) == []:
        assert all(ends_without_anybody_else(table, stage) for stage in Stage)
        assert party_ways(table) == party_ways(STANDARD)
        moved = (way for way in table.ways if way.to is Stage.DECIDED is not way.stage)
        decided = {role for way in moved if way.step is not Step.BRING_BACK for role in way.roles}
        assert not decided & {Role.AUTHOR, Role.REPORTER, Role.SYSTEM}


@pytest.mark.parametrize("place", range(len(STANDARD.ways)))
def test_whoever_takes_a_party_s_or_the_software_s_row_away_is_told(place):
    way = STANDARD.ways[place]
    if way.roles & {Role.AUTHOR, Role.REPORTER, Role.SYSTEM}:
        table = Procedure((*STANDARD.ways[:place], *STANDARD.ways[place + 1 :]), Limits())
        assert any(way.step.value.replace("_", " ") in fault for fault in faults(table))


@pytest.mark.parametrize(
    ("stage", "step", "roles", "says"),
    [
        (Stage.RECEIVED, Step.DECIDE, {Role.MODERATOR}, "The executive is asked to answer (report)"),
        (Stage.RECEIVED, Step.DECIDE, {Role.SECRETARY, Role.EXECUTIVE}, "The moderator is asked to answer (report)"),
        (Stage.APPEALED, Step.RECONSIDER, {Role.MODERATOR, Role.SECRETARY}, "could stay so for ever"),
        (Stage.RECEIVED, Step.DECIDE, set(), "Nobody may decide"),
        (Stage.RECEIVED, Step.DECIDE, {Role.SYSTEM, Role.MODERATOR, Role.EXECUTIVE}, "may not do this by itself"),
        (Stage.RECEIVED, Step.DECIDE, {Role.AUTHOR, Role.MODERATOR, Role.EXECUTIVE}, "No party may do this: decide"),
        (Stage.DECIDED, Step.MAKE_FINAL, {Role.EXECUTIVE}, "The software has to do this by itself: make final"),
        (Stage.DECIDED, Step.LODGE_APPEAL, {Role.MODERATOR}, "The author has to be able to do this (lodge appeal)"),
        (Stage.BEFORE_EXECUTIVE, Step.RECORD_MINUTE, {Role.SECRETARY}, "could stay so for ever"),
        (Stage.DECIDED, Step.LOOK_AFTERWARDS, {Role.EXECUTIVE}, "The secretary is asked to answer (look after)"),
    ],
)
def test_each_kind_of_damage_is_named(stage, step, roles, says):
    ways = tuple(
        replace(way, roles=frozenset(roles)) if (way.stage, way.step) == (stage, step) else way for way in STANDARD.ways
    )
    assert any(says in fault for fault in faults(Procedure(ways, Limits()))), faults(Procedure(ways, Limits()))


@pytest.mark.parametrize("to", [stage for stage in Stage if stage is not Stage.FINAL])
@pytest.mark.parametrize("step", [Step.TICK_TASK, Step.KEEP_FINAL])
def test_what_is_final_is_moved_by_nothing_but_a_reopening(to, step):
    moved = tuple(replace(way, to=to) if (way.stage, way.step) == (Stage.FINAL, step) else way for way in STANDARD.ways)
    assert faults(Procedure(moved, Limits())) == [f"What is final cannot be moved by this ({step.replace('_', ' ')})."]


@pytest.mark.parametrize("to", [stage for stage in Stage if stage is not Stage.APPEALED])
def test_an_appeal_leads_where_an_appeal_leads(to):
    moved = tuple(replace(way, to=to) if way.step is Step.LODGE_APPEAL else way for way in STANDARD.ways)
    said = "The author has to be able to do this (lodge appeal) while a case is decided."
    assert said in faults(Procedure(moved, Limits()))


def test_an_appeal_to_the_executive_leads_to_the_executive():
    row = (Stage.RECONSIDERED, Step.PUT_TO_EXECUTIVE)
    moved = tuple(replace(way, to=Stage.APPEALED) if (way.stage, way.step) == row else way for way in STANDARD.ways)
    said = "The author has to be able to do this (put to executive) while a case is reconsidered."
    assert said in faults(Procedure(moved, Limits()))


def test_an_answer_has_to_be_possible_in_the_stage_in_which_it_is_owed():
    answers = {Step.FORWARD_REVIEW, Step.ANSWER_REVIEW, Step.SEND_BACK}
    later = tuple(way for way in STANDARD.ways if way.stage is not Stage.DECIDED or way.step not in answers)
    assert faults(Procedure(later, Limits())) == [
        "The secretary is asked to answer (review), and has no step to do it by.",
        "The executive is asked to answer (review), and has no step to do it by.",
    ]


def test_a_stage_to_which_no_step_leads_is_named():
    without = tuple(way for way in STANDARD.ways if way.step is not Step.PROPOSE)
    assert faults(Procedure(without, Limits())) == ["No case can come to be second look."]


def test_what_is_reached_is_found_where_no_step_stays_in_its_stage():
    anybody = frozenset({Role.MODERATOR})
    ways = [
        Way(Stage.RECEIVED, Step.DECIDE, anybody, Stage.DECIDED),
        Way(Stage.DECIDED, Step.MAKE_FINAL, anybody, Stage.FINAL),
    ]
    assert reached(ways, Stage.RECEIVED) == {Stage.RECEIVED, Stage.DECIDED, Stage.FINAL}
    assert reached(ways, Stage.FINAL) == {Stage.FINAL}


def test_what_the_software_does_not_do_any_more_is_told_once():
    without = tuple(way for way in STANDARD.ways if (way.stage, way.step) != (Stage.RECEIVED, Step.WARN_DUE))
    assert faults(Procedure(without, Limits())) == [
        "The software has to do this by itself: warn due, while a case is received."
    ]


def test_a_step_stands_once_in_a_stage():
    assert faults(Procedure((*STANDARD.ways, STANDARD.ways[0]), Limits())) == ["A step stands twice in the same stage."]


def test_what_each_limit_may_be_is_written_down_here_once_more():
    assert {
        "report_days": (1, 28),
        "secretary_days": (1, 28),
        "executive_days": (1, 90),
        "reconsider_days": (1, 28),
        "extension_days": (1, 28),
        "emergency_hours": (1, 72),
        "legal_hours": (1, 48),
        "appeal_months": (1, 24),
        "objection_hours": (24, 168),
        "quorum": (2, 25),
    } == BOUNDS


@pytest.mark.parametrize("name", BOUNDS)
def test_limits_stay_within_what_makes_sense(name):
    least, most = BOUNDS[name]
    for value in (least - 1, most + 1):
        wrong = Procedure(STANDARD.ways, replace(Limits(), **{name: value}))
        assert faults(wrong) == [f"{name.replace('_', ' ').capitalize()} has to be from {least} to {most}."]
    for value in (least, most):
        assert faults(Procedure(STANDARD.ways, replace(Limits(), **{name: value}))) == []


def test_bank_holidays_are_those_of_a_nation_that_there_is():
    [said] = faults(Procedure(STANDARD.ways, Limits(nation="ATL")))
    assert said == "Bank holidays are those of England, Scotland, Wales, Northern Ireland."


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.name)
def test_nobody_but_those_who_are_offered_can_be_chosen(choice):
    with pytest.raises(BadInput) as refused:
        edited(Limits(), {choice.name: frozenset({Role.AUTHOR})})
    assert refused.value.field == choice.name
    if not choice.always:
        with pytest.raises(BadInput):
            edited(Limits(), {choice.name: frozenset()})
    assert chosen(STANDARD, choice) >= choice.always


def test_a_table_from_before_new_steps_takes_them_over_and_keeps_what_was_chosen():
    own = edited(Limits(report_days=7), {"minute": frozenset(), "convene": frozenset({Role.EXECUTIVE})})
    before = Procedure(tuple(way for way in own.ways if way.step is not Step.SEND_BACK), own.limits)
    assert is_older(before)
    assert renewed(before) == own


def test_a_table_in_which_a_step_leads_elsewhere_is_older_too():
    moved = tuple(replace(way, to=Stage.FINAL) if way.step is Step.PROPOSE else way for way in STANDARD.ways)
    assert is_older(Procedure(moved, Limits()))


def ends_without_anybody_else(procedure: Procedure, stage: Stage) -> bool:
    """Say whether steps of the software and the Executive alone lead from `stage` to the end."""
    found, more = {stage}, {stage}
    while more:
        waits = (way for way in procedure.ways if way.step is not Step.BRING_BACK)  # that waits for another matter
        ways = (way for way in waits if way.stage in more and way.roles & ALWAYS_THERE)
        more = {way.to for way in ways} - found
        found |= more
    return Stage.FINAL in found


def party_ways(procedure: Procedure) -> set[tuple[Stage, Step, Role, Stage]]:
    """Return what the parties may do, where, and where it leads."""
    parties = (Role.AUTHOR, Role.REPORTER)
    return {(way.stage, way.step, role, way.to) for way in procedure.ways for role in parties if role in way.roles}
