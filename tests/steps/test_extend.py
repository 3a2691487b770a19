"""An answer can be put off once, with a reason, and whoever waits for it is told (D14)."""

from datetime import UTC, datetime

import pytest

from folkmoot.casefile.models import Duty, Paper
from folkmoot.kernel.errors import BadInput, NotPermitted, StalePage
from folkmoot.outbox.models import Task
from folkmoot.procedure.editing import edited
from folkmoot.procedure.table import Limits
from folkmoot.procedure.words import ReportKind, Role
from folkmoot.steps.extend import extend, extension_of
from folkmoot.steps.file_report import file_report
from folkmoot.steps.give_role import give_role
from folkmoot.steps.publish_procedure import publish_procedure
from folkmoot.worker.sweep import sweep
from tests import cast

WHY = "We wait for the place to send us the rest of the conversation."
LATER = datetime(2026, 11, 12, 23, 59, 59, tzinfo=UTC)  # five days after the story's 7 November


@pytest.fixture
def people():
    return cast.branch()


def letters(matter, kind):
    return [(letter.to, letter.paper.words["body"]) for letter in matter.letters() if letter.kind == kind]


def test_the_answer_is_due_five_days_later_and_the_reporter_hears_until_when(people):
    matter = cast.reported(people)
    paper = extend(matter.pk, reason=WHY, by=people.operator, at=cast.day(4))
    assert matter.duties() == [("moderator", "report", LATER)]
    assert (matter.case.due_at, matter.case.duty) == (LATER, Role.MODERATOR)
    [(to, body)] = letters(matter, "extended")
    assert to == cast.REPORTER_ADDRESS
    assert "by Thursday 12 November 2026" in body
    assert WHY not in body, "an address that nobody has proven learns no reasons"
    assert extension_of(matter.papers(Paper.Kind.REPORT)[0]) == paper
    assert paper.words == {"reason": WHY}


def test_nothing_is_handed_over_before_the_new_time_and_the_day_before_it_is_warned_of_again(people):
    matter = cast.reported(people)
    sweep(at=cast.day(4))
    extend(matter.pk, reason=WHY, by=people.operator, at=cast.day(4, 11))
    assert sweep(at=cast.day(6)) == 0
    assert sweep(at=cast.day(9)) == 1
    assert [event.step for event in matter.case.events.order_by("seq")] == [
        "file_report",
        "warn_due",
        "extend",
        "warn_due",
    ]
    assert sweep(at=cast.day(11, 0)) == 1
    assert matter.duties()[0][0] == "secretary"


def test_once_and_no_more(people):
    matter = cast.reported(people)
    extend(matter.pk, reason=WHY, by=people.operator, at=cast.day(4))
    with cast.refused(NotPermitted, "put off once already"):
        extend(matter.pk, reason=WHY, by=people.moderator, at=cast.day(9))


def test_not_after_its_time_is_up_swept_or_not(people):
    matter = cast.reported(people)
    with cast.refused(NotPermitted, "The time for this answer is up"):
        extend(matter.pk, reason=WHY, by=people.operator, at=cast.day(6))
    sweep(at=cast.day(6))
    with cast.refused(NotPermitted, "You owe no answer here"):
        extend(matter.pk, reason=WHY, by=people.operator, at=cast.day(6))


def test_a_reason_is_needed(people):
    matter = cast.reported(people)
    for words in ("", "  ", "Busy."):
        with cast.refused(BadInput, "Please write why", field="reason"):
            extend(matter.pk, reason=words, by=people.operator, at=cast.day(1))


def test_each_puts_off_what_they_owe_themselves(people):
    matter = cast.reported(people)
    with cast.refused(NotPermitted, "those who have been added"):
        extend(matter.pk, reason=WHY, by=people.secretary, at=cast.day(1))
    sweep(at=cast.day(6))
    extend(matter.pk, reason=WHY, by=people.secretary, at=cast.day(7))
    assert matter.duties() == [("secretary", "report", datetime(2026, 11, 18, 23, 59, 59, tzinfo=UTC))]


def test_every_reporter_who_waits_is_told_and_each_has_their_own_time(people):
    matter = cast.reported(people)
    file_report(people.org, cast.a_report(people, email="second@example.org"), at=cast.day(2))
    file_report(people.org, cast.a_report(people, email=""), at=cast.day(2))
    paper = extend(matter.pk, reason=WHY, by=people.operator, at=cast.day(3))
    assert [(to, body.split("by ")[1].split(".")[0]) for to, body in letters(matter, "extended")] == [
        (cast.REPORTER_ADDRESS, "Thursday 12 November 2026"),
        ("second@example.org", "Saturday 14 November 2026"),
    ]
    assert len(paper.facts["extended"]) == 3
    third = file_report(people.org, cast.a_report(people, email="third@example.org"), at=cast.day(4)).paper
    assert extension_of(third) is None
    later = extend(matter.pk, reason=WHY, by=people.moderator, at=cast.day(5))
    assert extension_of(third) == later
    assert [to for to, _ in letters(matter, "extended")][2:] == ["third@example.org"]


def test_an_appeal_is_put_off_and_the_author_reads_why(people):
    matter = cast.appealed(people)
    extend(matter.pk, reason=WHY, by=people.moderator, at=cast.day(3))
    [(to, body)] = letters(matter, "appeal_extended")
    assert to == cast.AUTHOR_ADDRESS
    assert WHY in body
    assert "by Saturday 14 November 2026" in body
    assert matter.duties() == [("moderator", "appeal", datetime(2026, 11, 14, 23, 59, 59, tzinfo=UTC))]


def test_an_author_without_an_address_is_told_by_hand():
    matter = cast.appealed(cast.branch(contact=False))
    before = len(matter.tasks())
    extend(matter.pk, reason=WHY, by=matter.branch.moderator, at=cast.day(3))
    assert [task.op for task in matter.tasks()][before:] == [Task.Op.HAND_OVER_NOTICE]


def test_an_extension_is_as_long_as_the_organisation_says_and_counts_its_days(people):
    limits = Limits(extension_days=3, working_days=True)
    publish_procedure(people.org, edited(limits, {}), by=people.administrator, at=cast.day(-1))
    matter = cast.reported(people)  # due on Monday the 9th
    extend(matter.pk, reason=WHY, by=people.operator, at=cast.day(4))
    assert matter.case.due_at == LATER


@pytest.mark.parametrize("kind", [ReportKind.THREAT, ReportKind.LEGAL])
def test_what_cannot_wait_is_not_put_off(kind, people):
    matter = cast.reported(people, kind=kind)
    with cast.refused(NotPermitted, "You owe no answer here that could be put off."):
        extend(matter.pk, reason=WHY, by=people.operator, at=cast.day(0, 11))


def test_nobody_puts_off_their_own_matter(people):
    matter = cast.reported(people)
    cast.own(people, people.operator)
    with cast.refused(NotPermitted, "from an account of yours"):
        extend(matter.pk, reason=WHY, by=people.operator, at=cast.day(1))


def test_a_form_that_is_sent_twice_puts_off_once(people):
    matter = cast.reported(people)
    once = extend(matter.pk, reason=WHY, by=people.operator, at=cast.day(1), form_key="a" * 32)
    before = cast.everything()
    assert extend(matter.pk, reason=WHY, by=people.operator, at=cast.day(1), form_key="a" * 32) == once
    assert cast.everything() == before
    assert Duty.objects.get(case=matter.pk).extended_at == cast.day(1)


def test_a_page_that_is_out_of_date_puts_nothing_off(people):
    matter = cast.reported(people)
    seen = matter.case.seq
    file_report(people.org, cast.a_report(people, email=""), at=cast.day(1))
    with cast.refused(StalePage, "since you opened the page"):
        extend(matter.pk, reason=WHY, by=people.operator, at=cast.day(1), seen=seen)


def test_who_holds_two_roles_that_may_not_put_off_reads_of_the_one_that_was_added_first(people):
    only_moderators = {"extend": frozenset({Role.MODERATOR})}
    publish_procedure(people.org, edited(Limits(), only_moderators), by=people.administrator, at=cast.day(-1))
    member = people.panel[0]
    give_role(member, Role.SECRETARY, by=people.administrator, at=cast.day(-1))
    matter = cast.reported(people)
    sweep(at=cast.day(6))
    sweep(at=cast.day(12))
    assert matter.duties()[-1][0] == "executive"
    with cast.refused(NotPermitted, "The secretary may not do this"):
        extend(matter.pk, reason=WHY, by=member, at=cast.day(12))
