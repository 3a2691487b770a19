"""The table of the procedure: who may do what, where, and where it leads."""

from itertools import product

import pytest

from folkmoot.kernel.errors import NotPermitted
from folkmoot.procedure.table import STANDARD, Limits, Procedure, Way
from folkmoot.procedure.words import Role, Stage, Step

DECIDERS = {Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE}
OFFICERS = {*DECIDERS, Role.ADMINISTRATOR}
OPEN = [stage for stage in Stage if stage is not Stage.FINAL]

# (stage, step): who, and the stage that follows. What is not here is refused.
SAID: dict[tuple[Stage, Step], tuple[set[Role], Stage]] = {
    (Stage.RECEIVED, Step.DECIDE): (DECIDERS, Stage.DECIDED),
    (Stage.RECEIVED, Step.CLAIM): (DECIDERS, Stage.RECEIVED),
    (Stage.RECEIVED, Step.RELEASE): (DECIDERS, Stage.RECEIVED),
    (Stage.RECEIVED, Step.LINK_POST): (DECIDERS, Stage.RECEIVED),
    (Stage.DECIDED, Step.LODGE_APPEAL): ({Role.AUTHOR}, Stage.APPEALED),
    (Stage.DECIDED, Step.MAKE_FINAL): ({Role.SYSTEM}, Stage.FINAL),
    (Stage.APPEALED, Step.RECONSIDER): (DECIDERS, Stage.RECONSIDERED),
    (Stage.APPEALED, Step.CLAIM): (DECIDERS, Stage.APPEALED),
    (Stage.APPEALED, Step.RELEASE): (DECIDERS, Stage.APPEALED),
    (Stage.RECONSIDERED, Step.PUT_TO_EXECUTIVE): ({Role.AUTHOR}, Stage.BEFORE_EXECUTIVE),
    (Stage.RECONSIDERED, Step.MAKE_FINAL): ({Role.SYSTEM}, Stage.FINAL),
    (Stage.BEFORE_EXECUTIVE, Step.RECORD_MINUTE): ({Role.SECRETARY, Role.EXECUTIVE}, Stage.MINUTED),
    (Stage.MINUTED, Step.CONFIRM_MINUTE): ({Role.EXECUTIVE}, Stage.MINUTED),
    (Stage.MINUTED, Step.OBJECT_TO_MINUTE): ({Role.EXECUTIVE}, Stage.BEFORE_EXECUTIVE),
    (Stage.MINUTED, Step.MAKE_FINAL): ({Role.SYSTEM}, Stage.FINAL),
    **{(stage, Step.FILE_REPORT): ({Role.REPORTER, *OFFICERS}, stage) for stage in OPEN},
    **{(stage, Step.ADD_TO_REPORT): ({Role.REPORTER}, stage) for stage in OPEN},
    **{(stage, Step.DECLARE_INTEREST): (OFFICERS, stage) for stage in OPEN},
    **{(stage, Step.HAND_OVER): ({Role.SYSTEM}, stage) for stage in OPEN},
    **{(stage, Step.NAME_AUTHOR): (DECIDERS, stage) for stage in Stage},
    **{(stage, Step.TICK_TASK): (OFFICERS, stage) for stage in Stage},
    **{(stage, Step.RECORD_DELIVERY): ({Role.SYSTEM, *OFFICERS}, stage) for stage in Stage},
}


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("step", Step)
def test_each_role_may_take_the_step_there_or_is_refused(stage, step):
    who, to = SAID.get((stage, step), (set(), stage))
    for role in Role:
        assert STANDARD.allows(stage, step, role) is (role in who), (stage, step, role)
        if role in who:
            assert STANDARD.way(stage, step, role).to is to
        else:
            with pytest.raises(NotPermitted, match=stage.value.replace("_", " ")):
                STANDARD.way(stage, step, role)


def test_one_row_says_it_all_for_a_stage_and_a_step():
    rows = [(way.stage, way.step) for way in STANDARD.ways]
    assert len(rows) == len(set(rows))


def test_every_step_has_a_place_in_the_procedure():
    assert {way.step for way in STANDARD.ways} == set(Step)


def test_every_stage_is_reached_from_the_report():
    assert reached_from(Stage.RECEIVED) == set(Stage)


@pytest.mark.parametrize("stage", OPEN)
def test_every_open_stage_has_a_way_to_the_end(stage):
    assert Stage.FINAL in reached_from(stage)


def test_nothing_leaves_the_end():
    assert reached_from(Stage.FINAL) == {Stage.FINAL}


def test_only_the_software_makes_a_case_final_and_only_the_author_appeals():
    for stage, role in product(Stage, Role):
        if role is not Role.SYSTEM:
            assert not STANDARD.allows(stage, Step.MAKE_FINAL, role)
        if role is not Role.AUTHOR:
            assert not STANDARD.allows(stage, Step.LODGE_APPEAL, role)
            assert not STANDARD.allows(stage, Step.PUT_TO_EXECUTIVE, role)


def test_an_edition_reads_back_as_it_was_written():
    way = Way(Stage.RECEIVED, Step.DECIDE, frozenset({Role.MODERATOR}), Stage.FINAL)
    other = Procedure(ways=(way,), limits=Limits(quorum=5))
    for procedure in (STANDARD, other):
        assert Procedure.from_facts(procedure.to_facts()) == procedure


def test_the_standard_limits_are_those_of_the_policy():
    assert STANDARD.limits == Limits(
        report_days=5,
        secretary_days=5,
        executive_days=28,
        reconsider_days=5,
        appeal_months=6,
        objection_hours=48,
        quorum=3,
    )


def reached_from(stage):
    found = {stage}
    while more := {way.to for way in STANDARD.ways if way.stage in found} - found:
        found |= more
    return found
