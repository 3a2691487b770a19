"""A typed address is unproven: whose it is can say that the report is not theirs."""

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.kernel.errors import NotPermitted
from folkmoot.steps.decide import decide
from folkmoot.steps.disown_report import disown_report
from folkmoot.steps.standing import involvement
from tests import cast
from tests.cast import refused

pytestmark = pytest.mark.django_db


def test_a_troll_who_types_every_address_bars_nobody_for_good():
    people = cast.branch()
    matter = cast.reported(people, email=people.operator.email)
    assert involvement(matter.case, people.operator)
    disown_report(matter.pk, by=people.operator, at=cast.day(1))
    cast.free(matter, people.operator, at=cast.day(1))
    decide(matter.pk, cast.a_decision(), by=people.operator, at=cast.day(1))
    assert cast.lay_open(people.org) == []


def test_to_disown_a_report_is_no_word_on_interests():
    people = cast.branch()
    matter = cast.reported(people, email=people.operator.email)
    disown_report(matter.pk, by=people.operator, at=cast.day(1))
    with refused(NotPermitted, "whether you have an interest"):
        decide(matter.pk, cast.a_decision(), by=people.operator, at=cast.day(1))


def test_a_report_that_does_not_give_the_address_cannot_be_disowned():
    matter = cast.reported(cast.branch())
    with refused(NotPermitted, "No report in this case gives your address"):
        disown_report(matter.pk, by=matter.branch.operator, at=cast.day(1))


def test_it_is_said_once():
    people = cast.branch()
    matter = cast.reported(people, email=people.operator.email)
    disown_report(matter.pk, by=people.operator, at=cast.day(1))
    with refused(NotPermitted, "said so already"):
        disown_report(matter.pk, by=people.operator, at=cast.day(1))
    assert len(matter.papers(Paper.Kind.INTEREST)) == 1
