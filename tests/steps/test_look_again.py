"""A later report says something new: a decided case is taken up again (Sh)."""

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.kernel.errors import BadInput, NotPermitted, StalePage
from folkmoot.procedure.words import Outcome, ReportKind, Stage
from folkmoot.steps.answer_report import answer_report
from folkmoot.steps.file_report import file_report
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.look_again import look_again
from folkmoot.steps.reviews import taken_up_again
from tests import cast
from tests.cast import day, refused

NEW = "It was edited since: now it says that they will come to her house."


def reported_again(*, outcome=Outcome.NO_BREACH, kind=ReportKind.ATTACK, people=None):
    matter = cast.decided(people, outcome=outcome)
    report = cast.a_report(matter.branch, kind=kind, words=NEW, name="", email="")
    return matter, file_report(matter.branch.org, report, at=day(9))


def again(matter, *, reasons=NEW, by=None, at=None, **other):
    return look_again(matter.pk, reasons=reasons, by=by or matter.branch.operator, at=at or day(10), **other)


def test_the_case_waits_for_a_decision_again_and_the_later_report_has_its_clock():
    matter, receipt = reported_again()
    paper = again(matter)
    assert (paper.kind, paper.words["reasons"], paper.answers) == (Paper.Kind.FRESH_LOOK, NEW, receipt.paper)
    case = matter.case
    assert (case.stage, case.outcome, case.standing, case.settles_at) == (Stage.RECEIVED, "", True, None)
    assert [duty.paper for duty in case.duties.filter(met_at=None)] == [receipt.paper]


def test_a_fresh_look_and_a_review_that_decides_afresh_take_a_matter_up_again_and_nothing_else_does():
    matter, _receipt = reported_again()
    assert taken_up_again(matter.case) is None
    paper = again(matter)
    assert taken_up_again(matter.case) == paper


def test_danger_has_the_clock_of_danger():
    matter, _ = reported_again(kind=ReportKind.THREAT)
    again(matter)
    assert [(holder, owed) for holder, owed, _ in matter.duties()] == [("moderator", "emergency")]
    assert matter.case.urgent


def test_a_lone_moderator_may_decide_it_themselves_and_the_author_reads_a_usual_letter():
    matter, _ = reported_again(people=cast.branch(moderators=1))
    again(matter)
    assert matter.letters(cast.AUTHOR_ADDRESS) == []
    cast.decide(matter.pk, cast.a_decision(), by=matter.branch.operator, at=day(10))
    [letter] = matter.letters(cast.AUTHOR_ADDRESS)
    assert letter.kind == "statement_of_reasons"
    assert "afresh" not in letter.paper.words["body"]


def test_whoever_reported_hears_that_there_is_news():
    matter, _ = reported_again()
    before = len(matter.letters(cast.REPORTER_ADDRESS))
    again(matter)
    assert len(matter.letters(cast.REPORTER_ADDRESS)) == before + 1


def test_without_a_later_report_that_waits_nothing_is_taken_up():
    matter = cast.decided(outcome=Outcome.NO_BREACH)
    with refused(NotPermitted, "No report has come since the decision"):
        again(matter)
    matter, receipt = reported_again(people=cast.branch("Second branch"))
    words = "We have read it again, and it says nothing that was not there before."
    answer_report(matter.pk, reports=[receipt.paper.number], words=words, by=matter.branch.operator, at=day(10))
    with refused(NotPermitted, "No report has come since the decision"):
        again(matter)


def test_what_is_away_is_not_taken_up():
    matter, _ = reported_again(outcome=Outcome.REMOVE)
    with refused(NotPermitted, "The post has been taken away already"):
        again(matter)


def test_not_while_the_author_s_appeal_waits_nor_after_its_answer():
    matter, _ = reported_again(outcome=Outcome.WARN)
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=day(9))
    with refused(NotPermitted, "cannot be done while the case is appealed"):
        again(matter)


def test_it_says_what_is_new_and_who_may_say_so():
    matter, _ = reported_again()
    with refused(BadInput, "what is new", field="reasons"):
        again(matter, reasons="Again.")
    with refused(NotPermitted, "Please say first whether you have an interest"):
        again(matter, by=matter.branch.moderator)
    with refused(NotPermitted, "Only the moderators"):
        again(matter, by=matter.branch.secretary)
    with refused(StalePage, "Somebody has done something"):
        again(matter, seen=1)


@pytest.mark.parametrize("outcome", [Outcome.NO_BREACH, Outcome.WARN])
def test_a_decision_answers_those_who_reported_later(outcome):
    matter, _ = reported_again()
    again(matter)
    cast.decide(matter.pk, cast.a_decision(outcome), by=matter.branch.operator, at=day(10))
    assert matter.duties() == []
