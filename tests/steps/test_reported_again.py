"""A further report comes in a case that has been decided: no limit runs for it, so somebody is told."""

from datetime import timedelta

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.casefile.record import VISITOR
from folkmoot.procedure.words import Outcome, ReportKind, Role
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.end_role import end_role
from folkmoot.steps.file_report import file_report
from tests import cast

THREAT = "Now it says that they will come to her house."


@pytest.fixture
def matter():
    """Return a case that was found to be no breach."""
    return cast.decided(outcome=Outcome.NO_BREACH)


def report_again(matter, *, kind=ReportKind.THREAT, by=VISITOR, at=None, **other):
    report = cast.a_report(matter.branch, kind=kind, words=THREAT, **other)
    return file_report(matter.branch.org, report, by=by, at=at or cast.day(9))


def told(matter, kind="reported_again"):
    return [letter.to for letter in matter.letters() if letter.kind == kind]


def test_the_moderators_are_told_what_kind_it_is_and_where_and_nothing_is_quoted(matter):
    receipt = report_again(matter)
    assert receipt.case.pk == matter.pk
    assert told(matter) == [person.email for person in matter.branch.deciders]
    letter = matter.letters(matter.branch.operator.email)[-1]
    body = letter.paper.words["body"]
    assert letter.subject == f"Case {matter.pk} has been reported again"
    assert "What it is about: a threat, or somebody in danger." in body
    assert f"/o/{matter.branch.org.slug}/desk/cases/{matter.pk}/" in body
    for secret in (THREAT, cast.WORDS, cast.REPORTER_NAME, cast.REPORTER_ADDRESS, "Rowan"):
        assert secret not in body


def test_report_and_letters_are_one_step(matter):
    receipt = report_again(matter)
    event = matter.case.events.order_by("seq").last()
    notices = [paper for paper in matter.papers(Paper.Kind.NOTICE) if paper.facts["letter"] == "reported_again"]
    assert [paper.answers for paper in notices] == [receipt.paper] * 2
    assert event.paper == receipt.paper
    assert event.facts["bookmark"]["filed"] == notices[-1].number
    assert cast.lay_open(matter.branch.org) == []


@pytest.mark.parametrize("build", [cast.decided, cast.appealed, cast.reconsidered, cast.before_executive, cast.minuted])
def test_so_it_is_in_every_stage_after_the_first(build):
    matter = build()
    report_again(matter)
    assert len(told(matter)) == 2


def test_a_report_that_has_its_own_clock_needs_no_such_letter():
    matter = cast.reported()
    report_again(matter, at=cast.day(1))
    assert told(matter) == []


@pytest.mark.parametrize("kind", ReportKind)
def test_each_kind_is_said_in_words(matter, kind):
    report_again(matter, kind=kind)
    body = matter.letters(matter.branch.operator.email)[-1].paper.words["body"]
    assert "What it is about: " in body
    assert "_" not in body.partition("What it is about: ")[2].partition(".")[0]
    assert ("something else" in body) is (kind is ReportKind.OTHER)


def test_who_is_part_of_the_matter_is_passed_by(matter):
    declare_interest(matter.pk, interested=True, by=matter.branch.operator, at=cast.day(2))
    report_again(matter)
    assert told(matter) == [matter.branch.moderator.email]


def test_a_moderator_who_reports_it_themselves_leaves_it_to_the_others(matter):
    report_again(matter, by=matter.branch.moderator)
    assert told(matter) == [matter.branch.operator.email]


def test_with_no_moderator_free_the_administrators_are_told(matter):
    for person in matter.branch.deciders:
        end_role(person, Role.MODERATOR, by=cast.SYSTEM, at=cast.day(3))
    report_again(matter)
    assert (told(matter), told(matter, "nobody_free")) == ([], [matter.branch.administrator.email])
    assert "waits for the moderators. Nobody who may act" in matter.letters()[-1].paper.words["body"]


def test_many_reports_of_one_kind_write_once_a_day_and_another_kind_at_once(matter):
    for minute in range(3):
        report_again(matter, kind=ReportKind.SPAM, at=cast.day(9, minute=minute))
    assert len(told(matter)) == 2
    report_again(matter, at=cast.day(9, minute=5))
    assert len(told(matter)) == 4
    report_again(matter, kind=ReportKind.SPAM, at=cast.day(9) + timedelta(days=1))
    assert len(told(matter)) == 6
