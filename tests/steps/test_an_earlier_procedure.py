"""A case keeps the procedure under which it was opened, also one from before measures and second looks."""

import pytest

from folkmoot.casefile.record import procedure_of
from folkmoot.kernel.errors import BadInput
from folkmoot.procedure.table import STANDARD, Procedure
from folkmoot.procedure.words import Clarity, MeasureKind, Outcome, Stage, Step
from folkmoot.steps import publish_procedure
from folkmoot.steps.decide import decide
from folkmoot.steps.measures import MeasureWanted
from tests import cast
from tests.cast import Matter, refused

_LATER = {Step.PROPOSE, Step.CONFIRM_PROPOSAL, Step.DECLINE_PROPOSAL, Step.LOOK_AFTERWARDS, Step.END_MEASURE}


@pytest.fixture
def matter(db: None, monkeypatch: pytest.MonkeyPatch) -> Matter:
    early = Procedure(tuple(way for way in STANDARD.ways if way.step not in _LATER), STANDARD.limits)
    monkeypatch.setattr(publish_procedure, "STANDARD", early)
    matter = cast.reported(cast.branch("Early branch"))
    assert procedure_of(matter.case) == early
    return matter


def test_what_is_unclear_can_be_decided_where_no_second_look_is_known(matter: Matter) -> None:
    by = matter.branch.operator
    cast.free(matter, by, at=cast.day(1))
    decide(matter.pk, cast.a_decision(clarity=Clarity.UNCLEAR), by=by, at=cast.day(1))
    assert (matter.case.stage, matter.duties()) == (Stage.DECIDED, [])
    assert "somebody looks at it again" not in matter.letters(cast.AUTHOR_ADDRESS)[-1].paper.words["body"]


def test_no_measure_begins_that_nothing_would_end(matter: Matter) -> None:
    by = matter.branch.operator
    cast.free(matter, by, at=cast.day(1))
    banned = MeasureWanted(MeasureKind.BAN, cast.day(20).date())
    with refused(BadInput, "earlier edition of the procedure", field="measures"):
        decide(matter.pk, cast.a_decision(Outcome.MEASURE, measures=[banned]), by=by, at=cast.day(1))
    decide(matter.pk, cast.a_decision(), by=by, at=cast.day(1))
