"""The audit knows when the software may choose a lane, and when it may not (D10)."""

import pytest

from folkmoot.casefile.audit import verify
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.procedure.words import Lane
from folkmoot.steps import assess
from folkmoot.steps.assess import Made, assess_posts, weigh
from folkmoot.steps.set_lane import set_lane
from tests import cast
from tests.cast import Matter, day
from tests.judged import judgement


@pytest.fixture
def matter(db: None) -> Matter:
    found = cast.reported()
    post = found.branch.post
    threat = judgement(Finding(Signal.THREAT, "Sc", 0.9, 0, 9, "It may be a threat."), score=0.9)
    assess_posts({post.pk: Made(post.text, threat)}, at=day(0, 11))
    return found


def test_what_the_software_may_do_agrees(matter: Matter) -> None:
    assert weigh(matter.pk, at=day(0, 12))
    assert matter.case.lane == Lane.EMERGENCY
    assert list(verify(matter.branch.org)) == []


def test_a_lane_that_it_chose_after_a_person_is_seen(matter: Matter, monkeypatch: pytest.MonkeyPatch) -> None:
    by = matter.branch.operator
    cast.free(matter, by, at=day(0, 11))
    set_lane(matter.pk, Lane.LEGAL, reason="A solicitor wrote.", by=by, at=day(0, 11))
    set_lane(matter.pk, Lane.ORDINARY, reason="It was withdrawn.", by=by, at=day(0, 12))
    monkeypatch.setattr(assess, "_may_be_raised", lambda _case: True)
    assert weigh(matter.pk, at=day(0, 13))
    [fault] = [found.what for found in verify(matter.branch.org)]
    assert "the software chose the lane, which it may once and before any person" in fault
