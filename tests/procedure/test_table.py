"""The table of the procedure: who may do what, where, and where it leads."""

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime
from itertools import product

import pytest

from folkmoot.kernel.errors import NotPermitted
from folkmoot.procedure.checks import reached
from folkmoot.procedure.duties import Turn
from folkmoot.procedure.editing import CHOICES
from folkmoot.procedure.milder import Burden, Lasting
from folkmoot.procedure.plain import ROLES, STAGES, STEPS
from folkmoot.procedure.table import STANDARD, Limits, Procedure, Way
from folkmoot.procedure.words import MeasureKind, Outcome, Role, Stage, Step

DECIDERS = {Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE}
SEATS = {Role.SECRETARY, Role.EXECUTIVE}
OPEN = [stage for stage in Stage if stage is not Stage.FINAL]

# What the policy says of where a case goes: (stage, step): who, and the stage that follows.
POLICY = {
    (Stage.RECEIVED, Step.DECIDE): (DECIDERS, Stage.DECIDED),  # Sh: the Secretary and the Executive once added
    (Stage.RECEIVED, Step.PROPOSE): (DECIDERS, Stage.SECOND_LOOK),  # Mc
    (Stage.SECOND_LOOK, Step.CONFIRM_PROPOSAL): (DECIDERS, Stage.DECIDED),
    (Stage.SECOND_LOOK, Step.DECLINE_PROPOSAL): (DECIDERS, Stage.RECEIVED),
    (Stage.DECIDED, Step.LODGE_APPEAL): ({Role.AUTHOR}, Stage.APPEALED),  # Mf
    (Stage.APPEALED, Step.RECONSIDER): (DECIDERS, Stage.RECONSIDERED),
    (Stage.RECONSIDERED, Step.PUT_TO_EXECUTIVE): ({Role.AUTHOR}, Stage.BEFORE_EXECUTIVE),  # Mg
    (Stage.BEFORE_EXECUTIVE, Step.RECORD_MINUTE): (SEATS, Stage.MINUTED),
    (Stage.MINUTED, Step.CONFIRM_MINUTE): ({Role.EXECUTIVE}, Stage.MINUTED),
    (Stage.MINUTED, Step.OBJECT_TO_MINUTE): ({Role.EXECUTIVE}, Stage.BEFORE_EXECUTIVE),
    (Stage.MINUTED, Step.MAKE_FINAL): ({Role.SYSTEM}, Stage.FINAL),
    (Stage.DECIDED, Step.ASK_FOR_REVIEW): ({Role.REPORTER}, Stage.DECIDED),  # Sh
    (Stage.DECIDED, Step.SEND_BACK): (SEATS, Stage.RECEIVED),
    (Stage.RECEIVED, Step.DECIDE_AS_PANEL): (SEATS, Stage.DECIDED),
    (Stage.FINAL, Step.REOPEN): (SEATS, Stage.BEFORE_EXECUTIVE),  # D35
}


@pytest.mark.parametrize(("stage", "step"), POLICY)
def test_what_the_policy_says_stands_in_the_table(stage, step):
    who, to = POLICY[(stage, step)]
    for role in Role:
        assert STANDARD.allows(stage, step, role) is (role in who), role
        if role in who:
            assert STANDARD.way(stage, step, role).to is to
        else:
            with pytest.raises(NotPermitted, match=stage.value.replace("_", " ")):
                STANDARD.way(stage, step, role)


def test_what_has_no_row_is_refused():
    rows = {(way.stage, way.step) for way in STANDARD.ways}
    for stage, step in set(product(Stage, Step)) - rows:
        assert not any(STANDARD.allows(stage, step, role) for role in Role)
        with pytest.raises(NotPermitted, match="cannot be done"):
            STANDARD.way(stage, step, Role.MODERATOR)


def test_one_row_says_it_all_for_a_stage_and_a_step():
    rows = [(way.stage, way.step) for way in STANDARD.ways]
    assert len(rows) == len(set(rows))


def test_every_step_has_a_place_in_the_procedure_and_its_plain_words():
    assert {way.step for way in STANDARD.ways} == set(Step) == set(STEPS)
    assert (set(STAGES), set(ROLES)) == (set(Stage), set(Role))


def test_nothing_but_a_reopening_leaves_the_end():
    assert {way.step for way in STANDARD.ways if way.stage is Stage.FINAL is not way.to} == {Step.REOPEN}
    without = [way for way in STANDARD.ways if way.step is not Step.REOPEN]
    assert reached(without, Stage.FINAL) == {Stage.FINAL}


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


def test_an_edition_from_before_a_limit_was_thought_of_has_its_usual_value():
    facts = STANDARD.to_facts()
    facts["limits"] = {"report_days": 7}
    assert Procedure.from_facts(facts).limits == Limits(report_days=7)


def test_the_standard_limits_are_those_of_the_policy():
    assert STANDARD.limits == Limits(
        report_days=5,
        secretary_days=5,
        executive_days=28,
        reconsider_days=5,
        extension_days=5,
        emergency_hours=24,
        legal_hours=48,
        appeal_months=6,
        objection_hours=48,
        quorum=3,
        working_days=False,
        nation="ENG",
    )


def test_an_edition_cannot_be_changed_where_it_is_used():
    parts = (
        (STANDARD, "limits"),
        (STANDARD.limits, "report_days"),
        (STANDARD.ways[0], "roles"),
        (CHOICES[0], "steps"),
        (Turn(Role.MODERATOR, datetime(2026, 11, 2, tzinfo=UTC)), "due_at"),
        (Burden(Outcome.WARN), "measures"),
        (Lasting(MeasureKind.BAN, date(2026, 11, 2)), "until"),
    )
    for part, name in parts:
        with pytest.raises(FrozenInstanceError):
            setattr(part, name, None)


def test_until_the_end_anybody_reports_and_adds_and_time_goes_on():
    for step, role in (
        (Step.FILE_REPORT, Role.REPORTER),
        (Step.FILE_REPORT, Role.MODERATOR),
        (Step.ADD_TO_REPORT, Role.REPORTER),
        (Step.DECLARE_INTEREST, Role.MODERATOR),
        (Step.HAND_OVER, Role.SYSTEM),
        (Step.WARN_DUE, Role.SYSTEM),
    ):
        assert [stage for stage in Stage if STANDARD.allows(stage, step, role)] == OPEN, step


def test_officers_record_what_became_of_a_letter_beside_the_software():
    officers = {Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE, Role.ADMINISTRATOR}
    for stage in Stage:
        who = {role for role in Role if STANDARD.allows(stage, Step.RECORD_DELIVERY, role)}
        assert who == officers | {Role.SYSTEM}, stage


def test_a_measure_ends_by_itself_or_by_whoever_may_decide():
    for stage in Stage:
        who = {role for role in Role if STANDARD.allows(stage, Step.END_MEASURE, role)}
        assert who == DECIDERS | {Role.SYSTEM}, stage
