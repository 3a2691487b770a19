"""How much whoever reported wants to hear, and that the person whom it is about is warned (D44)."""

from folkmoot.casefile.models import Paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.procedure.words import Answer
from folkmoot.steps.choose_news import choose_news, hears_of
from folkmoot.steps.decide import decide
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.offer_support import Hears
from folkmoot.steps.reconsider import reconsider
from tests.cast import APPEAL, REASONS, REPORTER_ADDRESS, Matter, a_decision, branch, day, free, refused, reported


def decided(matter: Matter) -> Matter:
    by = matter.branch.operator
    free(matter, by, at=day(1))
    decide(matter.pk, a_decision(), by=by, at=day(1))
    return matter


def overturned(matter: Matter) -> Matter:
    lodge_appeal(matter.pk, words=APPEAL, by=matter.grant, at=day(2))
    other = matter.branch.deciders[-1]
    free(matter, other, at=day(3))
    reconsider(matter.pk, answer=Answer.OVERTURNED, reasons=REASONS, by=other, at=day(3))
    return matter


def letters(matter: Matter) -> list[str]:
    return [letter.kind for letter in matter.letters(REPORTER_ADDRESS)]


def test_whom_it_is_about_is_warned_before_something_comes_back() -> None:
    matter = overturned(decided(reported(affected=True)))
    assert letters(matter) == ["report_received", "reporter_news", "target_told"]
    warning = matter.letters(REPORTER_ADDRESS)[-1].paper
    assert warning is not None
    assert "may be seen again from Thursday 5 November 2026" in warning.words["body"]


def test_a_bystander_hears_only_that_there_is_news() -> None:
    assert letters(overturned(decided(reported()))) == ["report_received", "reporter_news", "reporter_news"]


def test_nobody_is_written_to_who_wants_no_more_and_the_choice_can_be_changed() -> None:
    matter = reported(affected=True)
    grant = matter.receipt.grant
    choose_news(matter.pk, hears=Hears.NOTHING, by=grant, at=day(0))
    assert letters(decided(matter)) == ["report_received"]
    choose_news(matter.pk, hears=Hears.WHAT_MATTERS, by=grant, at=day(2))
    assert hears_of(grant.paper) is Hears.WHAT_MATTERS
    assert letters(overturned(matter)) == ["report_received", "target_told"]
    assert [paper.facts["hears"] for paper in matter.papers(Paper.Kind.SUPPORT)] == ["nothing", "what_matters"]


def test_the_choice_is_the_reporters_own() -> None:
    people = branch()
    matter = decided(reported(people))
    with refused(NotPermitted, "Only the person who made the report"):
        choose_news(matter.pk, hears=Hears.NOTHING, by=matter.grant, at=day(2))
    with refused(BadInput, "Please choose how much", field="hears"):
        choose_news(matter.pk, hears=Hears.NOT_ASKED, by=matter.receipt.grant, at=day(2))
