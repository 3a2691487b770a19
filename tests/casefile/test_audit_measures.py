"""The audit finds measures that the papers of their case do not bear out."""

from datetime import timedelta

import pytest

from folkmoot.casefile.models import Measure
from folkmoot.procedure.words import MeasureKind, Outcome
from folkmoot.steps.decide import decide
from folkmoot.steps.end_measure import let_measure_end
from folkmoot.steps.measures import MeasureWanted
from tests import cast
from tests.tampering import findings, guards_down

BAN = MeasureWanted(MeasureKind.BAN, cast.day(20).date())


@pytest.fixture
def banned(db: None) -> cast.Matter:
    """Return a case with a ban until day 20."""
    matter = cast.reported()
    cast.free(matter, matter.branch.operator, at=cast.day(1))
    decide(matter.pk, cast.a_decision(Outcome.MEASURE, measures=[BAN]), by=matter.branch.operator, at=cast.day(1))
    assert cast.lay_open(matter.branch.org) == []
    return matter


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("until", cast.day(90), "holds until another moment"),
        ("since", cast.day(0), "holds from another moment"),
        ("kind", "suspend", "not those that it imposed"),
        ("thread", "7", "not those that it imposed"),
        ("ended_at", cast.day(5), "nothing says why"),
    ],
)
def test_a_changed_measure_is_found(banned, column, value, says):
    Measure.objects.update(**{column: value})
    findings(banned, says)


def test_a_measure_that_is_gone_is_found(banned):
    with guards_down():
        banned.case.tasks.filter(measure__isnull=False).update(measure=None)
        Measure.objects.all().delete()
    findings(banned, "not those that it imposed")


def test_a_measure_that_nobody_imposed_is_found(banned):
    [row] = Measure.objects.all()
    row.pk = None
    row.kind = "suspend"
    row.save()
    findings(banned, "not those that it imposed")


def test_a_measure_that_was_ended_and_runs_again_is_found(banned):
    [row] = Measure.objects.all()
    assert let_measure_end(row.pk, at=row.until + timedelta(minutes=1))
    assert cast.lay_open(banned.branch.org) == []
    Measure.objects.update(ended_at=None, ended_by=None)
    findings(banned, "has not ended, and a paper says so")


def test_a_measure_ended_by_a_paper_that_says_nothing_of_it_is_found(banned):
    report = banned.papers("report")[0]
    Measure.objects.update(ended_at=cast.day(5), ended_by=report)
    findings(banned, "a paper that does not say so")
