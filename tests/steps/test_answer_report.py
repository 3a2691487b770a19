"""A reasoned written answer to one reporter: it ends their clock and nobody else's (Sh)."""

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.procedure.words import Outcome, Role, Stage
from folkmoot.steps.answer_report import answer_report
from folkmoot.steps.ask_for_review import ask_for_review
from folkmoot.steps.file_report import file_report
from folkmoot.steps.reporting import reports_since
from folkmoot.steps.withdraw_report import withdraw_report
from tests import cast
from tests.cast import day, refused

ANSWER = "What you describe was in another group, which is not ours. Please tell those who run it."
OTHER = "wilf.ash@example.org"


def answer(matter, *reports, words=ANSWER, by=None, at=None, **other):
    by = by or matter.branch.operator
    return answer_report(matter.pk, reports=list(reports), words=words, by=by, at=at or day(1), **other)


def report_again(matter, *, at=None, **other):
    report = cast.a_report(matter.branch, **{"words": "Look at it.", "name": "", "email": OTHER, **other})
    return file_report(matter.branch.org, report, at=at or day(0, 12))


@pytest.fixture
def two():
    """Return a case with two reporters, whose moderators have no part in it."""
    matter = cast.reported()
    report_again(matter)
    cast.free(matter, *matter.branch.deciders, at=day(0, 13))
    return matter


def test_only_the_clock_of_who_was_answered_ends(two):
    first, second = two.papers(Paper.Kind.REPORT)
    [paper] = answer(two, first.number)
    assert (paper.answers, paper.words["words"]) == (first, ANSWER)
    assert [duty.paper for duty in two.case.duties.filter(met_at=None)] == [second]
    assert two.case.stage == Stage.RECEIVED


def test_only_who_was_answered_is_told_and_the_mail_holds_no_word_of_it(two):
    answer(two, two.receipt.paper.number)
    [letter] = [one for one in two.letters() if one.kind == "reporter_news"]
    assert letter.to == cast.REPORTER_ADDRESS
    assert ANSWER not in letter.paper.words["body"]


def test_several_are_answered_at_once_and_each_has_a_paper_of_their_own(two):
    numbers = [report.number for report in two.papers(Paper.Kind.REPORT)]
    assert [paper.answers.number for paper in answer(two, *numbers)] == numbers
    assert two.duties() == []


def test_an_answer_has_reasons(two):
    with refused(BadInput, "a sentence or two", field="words"):
        answer(two, two.receipt.paper.number, words="No.")


def test_nobody_is_answered_twice_and_no_report_that_is_not_there(two):
    answer(two, two.receipt.paper.number)
    for number in (two.receipt.paper.number, 999):
        with refused(NotPermitted, "has its answer already, or was withdrawn"):
            answer(two, number)
    with refused(NotPermitted, "has its answer already, or was withdrawn"):
        answer(two)


def test_a_withdrawn_report_needs_no_answer(two):
    withdraw_report(two.pk, by=two.receipt.grant, at=day(1))
    with refused(NotPermitted, "has its answer already, or was withdrawn"):
        answer(two, two.receipt.paper.number)


def test_only_a_decider_who_has_no_part_in_it_answers(two):
    people = two.branch
    stranger = cast.outsider()
    for by in (people.administrator, people.secretary, people.panel[0]):
        with refused(NotPermitted, "Only the moderators, and those who have been added"):
            answer(two, two.receipt.paper.number, by=by)
    with refused(NotPermitted, "another organisation"):
        answer(two, two.receipt.paper.number, by=stranger)
    matter = cast.reported(cast.branch("Second branch"))
    with refused(NotPermitted, "Please say first whether you have an interest"):
        answer(matter, matter.receipt.paper.number)


def test_who_wrote_that_nobody_answers_has_their_answer_too(two):
    ask_for_review(two.pk, words="Is anybody there?", by=two.receipt.grant, at=day(6))
    answer(two, two.receipt.paper.number, at=day(7))
    assert {owed for _, owed, _ in two.duties()} == {"report"}


def test_after_the_decision_it_is_for_those_who_reported_later():
    matter = cast.decided(outcome=Outcome.NO_BREACH)
    later = report_again(matter, at=day(2))
    with refused(NotPermitted, "has its answer already"):
        answer(matter, matter.receipt.paper.number, at=day(3))
    assert reports_since(matter.case) == [later.paper]
    answer(matter, later.paper.number, at=day(3))
    assert reports_since(matter.case) == []
    assert (matter.case.stage, matter.case.outcome) == (Stage.DECIDED, Outcome.NO_BREACH)


@pytest.mark.parametrize("build", [cast.minuted, cast.finalised])
def test_when_the_executive_has_spoken_nothing_is_answered_besides(build):
    matter = build()
    cast.free(matter, matter.branch.operator, at=day(1)) if build is cast.minuted else None
    with refused(NotPermitted, "cannot be done while the case is"):
        answer(matter, matter.receipt.paper.number, at=day(9))


def test_the_secretary_answers_once_they_were_added():
    matter = cast.reported()
    secretary = matter.branch.secretary
    ask_for_review(matter.pk, words="Is anybody there?", by=matter.receipt.grant, at=day(6))
    cast.free(matter, secretary, at=day(6))
    answer(matter, matter.receipt.paper.number, by=secretary, at=day(6))
    assert matter.case.events.get(step="answer_report").facts["role"] == Role.SECRETARY
