"""A reporter withdraws their report: their own clock ends, and what others reported goes on."""

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.kernel.errors import NotPermitted
from folkmoot.procedure.words import Stage
from folkmoot.steps.add_to_report import add_to_report
from folkmoot.steps.ask_for_review import ask_for_review
from folkmoot.steps.file_report import file_report
from folkmoot.steps.reporting import reports_of
from folkmoot.steps.withdraw_report import withdraw_report
from tests import cast
from tests.cast import day, refused


@pytest.fixture
def matter():
    """Return a case that somebody has reported."""
    return cast.reported()


def withdraw(matter, *, by=None, at=None):
    return withdraw_report(matter.pk, by=by or matter.receipt.grant, at=at or day(1))


def test_the_clock_ends_and_the_case_stays_open_to_a_decision(matter):
    paper = withdraw(matter)
    assert (paper.kind, paper.answers) == (Paper.Kind.WITHDRAWAL, matter.receipt.paper)
    assert (matter.duties(), matter.case.due_at, matter.case.stage) == ([], None, Stage.RECEIVED)
    cast.free(matter, matter.branch.operator, at=day(2))
    cast.decide(matter.pk, cast.a_decision(), by=matter.branch.operator, at=day(2))
    assert matter.case.stage == Stage.DECIDED


def test_what_others_reported_goes_on(matter):
    other = file_report(matter.branch.org, cast.a_report(matter.branch, email=""), at=day(0, 12))
    withdraw(matter)
    assert [duty.paper for duty in matter.case.duties.filter(met_at=None)] == [other.paper]
    assert reports_of(matter.case) == [other.paper]


def test_who_withdrew_hears_no_more_of_it(matter):
    withdraw(matter)
    cast.free(matter, matter.branch.operator, at=day(2))
    cast.decide(matter.pk, cast.a_decision(), by=matter.branch.operator, at=day(2))
    assert [one.kind for one in matter.letters(cast.REPORTER_ADDRESS)] == ["report_received"]


def test_twice_is_once(matter):
    assert withdraw(matter) == withdraw(matter, at=day(2))
    assert matter.case.events.filter(step="withdraw_report").count() == 1


def test_what_they_wrote_because_nobody_answered_ends_too(matter):
    ask_for_review(matter.pk, words="Is anybody there?", by=matter.receipt.grant, at=day(6))
    withdraw(matter, at=day(7))
    assert matter.duties() == []


def test_nothing_is_added_to_a_withdrawn_report(matter):
    withdraw(matter)
    with refused(NotPermitted, "You withdrew this report"):
        add_to_report(matter.pk, words="One more thing.", by=matter.receipt.grant, at=day(2))


def test_only_whoever_reported_withdraws_it_and_only_before_it_is_decided(matter):
    elsewhere = cast.decided(cast.branch("Second branch"))
    for grant in (elsewhere.receipt.grant, elsewhere.grant):
        with refused(NotPermitted, "Only the person who made the report"):
            withdraw(matter, by=grant)
    with refused(NotPermitted, "cannot be done while the case is decided"):
        withdraw(elsewhere, at=day(2))


def test_to_have_reported_still_bars_from_deciding():
    people = cast.branch()
    report = cast.a_report(people, name="Nia", email="")
    receipt = file_report(people.org, report, by=people.moderator, at=day(0))
    withdraw_report(receipt.case.pk, by=receipt.grant, at=day(1))
    matter = cast.Matter(people, receipt)
    cast.free(matter, people.moderator, at=day(1))
    with refused(NotPermitted, "You reported this"):
        cast.decide(matter.pk, cast.a_decision(), by=people.moderator, at=day(1))
