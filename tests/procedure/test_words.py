"""Which words of the procedure belong together: lanes of the kinds of report, and what an outcome takes."""

from folkmoot.procedure.words import APPEALABLE, RESTRICTING, TAKES_AWAY, URGENT, Lane, Outcome, ReportKind, lane_of


def test_danger_goes_first_and_the_law_has_a_lane_of_its_own():
    danger = {ReportKind.THREAT, ReportKind.PRIVATE_INFORMATION, ReportKind.INTIMATE_IMAGE, ReportKind.CHILD_SAFETY}
    law = {ReportKind.LEGAL, ReportKind.COPYRIGHT}
    assert danger == URGENT
    for kind in ReportKind:
        expected = Lane.EMERGENCY if kind in danger else Lane.LEGAL if kind in law else Lane.ORDINARY
        assert lane_of(kind) is expected, kind


def test_what_takes_something_can_be_appealed_against():
    assert {Outcome.REMOVE, Outcome.REJECT} == TAKES_AWAY
    assert {Outcome.REMOVE, Outcome.REJECT, Outcome.MEASURE} == RESTRICTING
    assert {Outcome.REMOVE, Outcome.REJECT, Outcome.MEASURE, Outcome.WARN} == APPEALABLE
