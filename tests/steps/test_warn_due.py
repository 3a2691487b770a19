"""Whoever owes an answer is told the local day before it is due, once; whoever let all time pass, once a week (Sh)."""

from datetime import UTC, datetime, timedelta

import pytest

from folkmoot.casefile.models import Duty
from folkmoot.members.models import User
from folkmoot.procedure.editing import edited
from folkmoot.procedure.table import STANDARD, Limits, Procedure
from folkmoot.procedure.words import ReportKind, Stage, Step
from folkmoot.steps import publish_procedure as publishing
from folkmoot.steps.claim import claim
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.end_operator import end_operator
from folkmoot.steps.publish_procedure import publish_procedure
from folkmoot.steps.remind_overdue import EVERY, past_everybody, remind_overdue, to_remind
from folkmoot.steps.warn_due import to_warn, warn_due
from folkmoot.worker.sweep import sweep
from tests import cast

EVE = datetime(2026, 11, 6, 8, tzinfo=UTC)  # the story's report is due on Saturday 7 November


@pytest.fixture
def people():
    return cast.branch()


def nobody_looks_after_it(people):
    """Let the place be nobody's in particular: then every moderator is told."""
    end_operator(people.place, people.operator, by=people.administrator, at=cast.day(-1))


def warned(matter, kind="due_tomorrow"):
    return [letter.to for letter in matter.letters() if letter.kind == kind]


def sweep_through(begin, end, *, every=timedelta(hours=1)):
    """Sweep again and again; return when anything was done."""
    found = []
    while begin < end:
        found += [begin.strftime("%d %b %H:%M")] * sweep(at=begin)
        begin += every
    return found


def test_whoever_looks_after_the_place_is_told_on_the_morning_before_and_once(people):
    matter = cast.reported(people)
    assert sweep_through(cast.day(3), cast.day(5, 9)) == ["06 Nov 08:00"]
    assert warned(matter) == [people.operator.email]


def test_where_nobody_looks_after_it_every_moderator_is_told(people):
    nobody_looks_after_it(people)
    matter = cast.reported(people)
    assert sweep_through(cast.day(0, 11), datetime(2026, 11, 8, tzinfo=UTC)) == ["06 Nov 08:00"]
    assert warned(matter) == [people.operator.email, people.moderator.email]
    body = matter.letters(people.operator.email)[-1].paper.words["body"]
    assert f"A report in case {matter.pk} waits for your answer. It is due by Saturday 7 November 2026." in body
    assert matter.case.events.filter(step="warn_due").count() == 1


def test_morning_is_morning_at_the_organisation_s_place(people):
    matter = cast.reported(people, at=datetime(2027, 6, 1, 9, tzinfo=UTC))
    assert sweep(at=datetime(2027, 6, 5, 6, 59, tzinfo=UTC)) == 0
    assert sweep(at=datetime(2027, 6, 5, 7, 0, tzinfo=UTC)) == 1  # 8 o'clock in London
    assert warned(matter) == [people.operator.email]


def test_a_worker_that_was_away_warns_late_rather_than_never_and_not_once_the_time_is_up(people):
    late, over = cast.reported(people), cast.reported(cast.branch("Valley branch"), at=cast.day(-1))
    assert sweep(at=datetime(2026, 11, 7, 22, tzinfo=UTC)) == 2  # one warning, one hand-over
    assert (len(warned(late)), warned(over)) == (1, [])


def test_who_took_the_case_is_told_and_not_the_others(people):
    matter = cast.reported(people)
    claim(matter.pk, by=people.moderator, at=cast.day(1))
    sweep(at=EVE)
    assert warned(matter) == [people.moderator.email]


def test_who_took_the_case_and_cannot_act_any_more_leaves_the_warning_to_the_others(people):
    matter = cast.reported(people)
    claim(matter.pk, by=people.moderator, at=cast.day(1))
    declare_interest(matter.pk, interested=True, by=people.moderator, at=cast.day(2))
    sweep(at=EVE)
    assert warned(matter) == [people.operator.email]


def test_where_nobody_may_act_the_administrators_are_told():
    people = cast.branch(moderators=1)
    matter = cast.reported(people)
    User.objects.filter(email=people.operator.email).update(is_active=False)
    sweep(at=EVE)
    assert (warned(matter), warned(matter, "nobody_free")) == ([], [people.administrator.email])


def test_whoever_was_added_is_warned_too_and_nobody_of_what_is_answered(people):
    matter, answered = cast.reported(people), cast.decided(cast.branch("Valley branch"))
    assert sweep_through(cast.day(5), cast.day(12, 0)) == [
        "07 Nov 10:00",
        "08 Nov 00:00",
        "12 Nov 08:00",
    ]
    assert warned(matter) == [people.operator.email, people.secretary.email]
    assert warned(answered) == []


def test_an_appeal_and_the_executive_s_own_time_are_warned_of(people):
    appealed = cast.appealed(people)
    before = cast.before_executive(cast.branch("Valley branch"))
    sweep(at=datetime(2026, 11, 8, 9, tzinfo=UTC))
    assert warned(appealed) == [people.moderator.email], "who decided first does not look again"
    sweep(at=datetime(2026, 12, 3, 9, tzinfo=UTC))
    assert warned(before) == sorted(person.email for person in before.branch.panel)


def test_a_clock_of_a_day_or_less_has_no_warning(people):
    limits = Limits(report_days=1)
    publish_procedure(people.org, edited(limits, {}), by=people.administrator, at=cast.day(-1))
    urgent = cast.reported(people, kind=ReportKind.THREAT)
    other = cast.post(people.org, people.place, text="Another.", native_id="200")
    short = cast.reported(people, post=other)
    sweep_through(cast.day(0, 11), cast.day(1, 9))
    assert (warned(urgent), warned(short)) == ([], [])


def test_what_is_due_sooner_and_has_no_warning_holds_nobody_up(people):
    cast.reported(people, kind=ReportKind.THREAT, at=EVE - timedelta(hours=7))
    near = cast.reported(cast.branch("Valley branch"))
    assert to_warn(at=EVE, limit=1) == [Duty.objects.get(case=near.pk).pk]


def test_a_legal_complaint_says_the_hour(people):
    matter = cast.reported(people, kind=ReportKind.LEGAL)
    sweep(at=cast.day(1, 9))
    assert "due by 10:00 on Wednesday 4 November 2026" in matter.letters(people.operator.email)[-1].paper.words["body"]


def test_a_minute_that_is_being_confirmed_is_the_answer(people):
    matter = cast.minuted(people)
    assert sweep(at=datetime(2026, 12, 3, 9, tzinfo=UTC)) == 0
    assert warned(matter) == []


def test_a_case_from_before_there_were_warnings_is_left_alone(people):
    older = Procedure(tuple(way for way in STANDARD.ways if way.step is not Step.WARN_DUE), Limits())
    _publish_without_the_check(people, older)
    matter = cast.reported(people)
    assert sweep(at=EVE) == 0
    assert not warn_due(Duty.objects.get(case=matter.pk).pk, at=EVE)
    assert sweep_through(cast.day(5), datetime(2027, 1, 20, tzinfo=UTC), every=timedelta(hours=6)) == [
        "08 Nov 04:00",
        "14 Nov 04:00",
        "13 Dec 04:00",
    ]


def test_once_everybody_let_their_time_pass_the_executive_and_the_administrators_hear_so_every_week(people):
    matter = cast.reported(people)
    sweep_through(cast.day(5), datetime(2027, 1, 5, tzinfo=UTC), every=timedelta(hours=6))
    letters = [letter for letter in matter.letters() if letter.kind == "still_overdue"]
    told = {}
    for letter in letters:
        told.setdefault(letter.made_at.strftime("%d %b"), []).append(letter.to)
    everybody = [*sorted(person.email for person in people.panel), people.administrator.email]
    assert told == {"13 Dec": everybody, "20 Dec": everybody, "27 Dec": everybody, "03 Jan": everybody}
    assert "was due by Saturday 12 December 2026" in letters[0].paper.words["body"]
    assert (matter.case.stage, matter.case.duty) == (Stage.RECEIVED, "executive"), "silence never decides"


def test_nobody_is_reminded_before_the_week_is_over(people):
    matter = cast.reported(people)
    sweep_through(cast.day(5), datetime(2026, 12, 14, tzinfo=UTC), every=timedelta(hours=12))
    last = matter.letters(people.administrator.email)[-1].made_at
    assert to_remind(at=last + EVERY - timedelta(seconds=1), limit=9) == []
    assert not remind_overdue(matter.pk, at=last + EVERY - timedelta(seconds=1))
    assert to_remind(at=last + EVERY, limit=9) == [matter.pk]
    assert remind_overdue(matter.pk, at=last + EVERY)


def test_only_a_case_for_which_nobody_is_left_to_add_is_reminded_of(people):
    matter = cast.reported(people)
    sweep_through(cast.day(5), cast.day(9), every=timedelta(hours=12))
    assert matter.case.duty == "secretary", "the moderators' time has passed, and the Executive can still be added"
    assert past_everybody(matter.case) == []
    assert not remind_overdue(matter.pk, at=cast.day(9))


def test_the_answer_ends_the_reminders(people):
    matter = cast.reported(people)
    sweep_through(cast.day(5), datetime(2026, 12, 14, tzinfo=UTC), every=timedelta(hours=12))
    before = len(warned(matter, "still_overdue"))
    at = datetime(2026, 12, 15, 9, tzinfo=UTC)
    cast.free(matter, people.operator, at=at)
    cast.decide(matter.pk, cast.a_decision(), by=people.operator, at=at)
    sweep_through(at, datetime(2027, 1, 15, tzinfo=UTC), every=timedelta(hours=12))
    assert len(warned(matter, "still_overdue")) == before == 5


def test_with_five_late_reports_a_case_is_reminded_of_once_a_week(people):
    matter = cast.reported(people)
    for day in (1, 2, 3):
        cast.file_report(people.org, cast.a_report(people, email=""), at=cast.day(day))
    sweep_through(cast.day(5), datetime(2027, 1, 1, tzinfo=UTC), every=timedelta(hours=6))
    to_ada = [letter.made_at for letter in matter.letters(people.administrator.email)]
    assert len(to_ada) == 4 + 2  # each report as its last time passes, then all of them together
    assert to_ada[-1] - to_ada[-2] == timedelta(days=7)


def _publish_without_the_check(people, procedure):
    """Publish a table as an older Folkmoot did."""
    newest = people.org.procedure_editions.latest("number")
    publishing._publish(people.org, procedure, newest, by=cast.SYSTEM, at=cast.day(-1))
