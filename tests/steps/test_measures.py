"""Measures: done to an account or a conversation for a time, with an end and a reverse (Ma)."""

from datetime import date

import pytest

from folkmoot.archive.models import Account, Post
from folkmoot.casefile.models import Measure, Paper
from folkmoot.kernel.errors import BadInput, NotPermitted, StalePage
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import Answer, Clarity, MeasureKind, Outcome, ReportKind, Role, Stage
from folkmoot.steps.decide import decide
from folkmoot.steps.end_measure import end_measure, let_measure_end
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.make_final import make_final
from folkmoot.steps.measures import MeasureWanted, running_against
from folkmoot.steps.propose import propose
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.record_minute import record_minute
from folkmoot.steps.tick_task import tick_task
from folkmoot.steps.vary import Instead
from folkmoot.worker.sweep import sweep
from tests import cast
from tests.cast import refused

APPLY, END = Task.Op.APPLY_MEASURE, Task.Op.END_MEASURE
LAST = cast.day(29).date()  # 1 December
ENOUGH = "They have written to us and mean it, so it has lasted long enough."


def wanted(kind=MeasureKind.BAN, until=LAST):
    return MeasureWanted(kind, until)


@pytest.fixture
def people():
    return cast.branch()


@pytest.fixture
def matter(people):
    matter = cast.reported(people)
    cast.free(matter, *people.deciders, at=cast.day(1))
    return matter


def impose(matter, *measures, outcome=Outcome.MEASURE, at=None, **other):
    decision = cast.a_decision(outcome, measures=measures or (wanted(),), **other)
    return decide(matter.pk, decision, by=matter.branch.operator, at=at or cast.day(1))


def asked(matter):
    return [(Task.Op(task.op), task.measure.kind) for task in matter.tasks() if task.measure]


def put_in_place(matter):
    for task in matter.tasks():
        tick_task(task.pk, done=True, by=matter.branch.operator, at=cast.day(2))


def another(people, *measures, at=None):
    """Return another case, of another post of the same account, with measures of its own."""
    post = cast.post(people.org, people.place, native_id="200", account=people.account)
    matter = cast.reported(people, post=post)
    cast.free(matter, *people.deciders, at=cast.day(1))
    impose(matter, *measures, at=at)
    return matter


# What a decision imposes


def test_a_measure_is_a_row_with_its_end_and_a_task_and_the_post_stays(matter, people):
    paper = impose(matter)
    [measure] = matter.case.measures.all()
    assert (measure.kind, measure.account, measure.thread) == ("ban", people.account, "")
    assert (measure.since, measure.until.isoformat()) == (cast.day(1), "2026-12-01T23:59:59+00:00")
    assert asked(matter) == [(APPLY, "ban")]
    assert len(matter.tasks()) == 1
    until = "2026-12-01T23:59:59.000000+00:00"
    assert paper.facts["imposed"] == [["ban", people.place.pk, people.account.pk, "", until]]


def test_the_author_reads_what_holds_until_when(matter):
    impose(matter, wanted(MeasureKind.HOLD_ACCOUNT), wanted(MeasureKind.CLOSE_THREAD, date(2026, 11, 10)))
    [letter] = matter.letters(cast.AUTHOR_ADDRESS)
    body = letter.paper.words["body"]
    assert "Until Tuesday 1 December 2026, what you post there waits until somebody has looked at it." in body
    assert "Until Tuesday 10 November 2026, nobody can add to this conversation." in body
    assert "This is not a disciplinary matter." in body


def test_a_removal_may_come_with_measures(matter):
    impose(matter, wanted(MeasureKind.SUSPEND), outcome=Outcome.REMOVE)
    assert [task.op for task in matter.tasks()] == [Task.Op.REMOVE, APPLY]
    [letter] = matter.letters(cast.AUTHOR_ADDRESS)
    assert "Until Tuesday 1 December 2026, you cannot post there." in letter.paper.words["body"]


def test_a_conversation_is_known_by_its_first_post(matter, people):
    impose(matter, wanted(MeasureKind.HOLD_THREAD))
    [measure] = matter.case.measures.all()
    assert (measure.account, measure.platform, measure.thread) == (None, people.place, "100")


@pytest.mark.parametrize(
    ("until", "says"),
    [
        (cast.day(1).date(), "a day after today"),
        (cast.day(-1).date(), "a day after today"),
        (cast.day(1 + 367).date(), "a year at most"),
    ],
)
def test_a_measure_ends_on_a_day_that_makes_sense(matter, until, says):
    with refused(BadInput, says, field="measures"):
        impose(matter, wanted(until=until))


def test_a_measure_may_last_for_a_year(matter):
    impose(matter, wanted(until=cast.day(1 + 366).date()))
    assert Measure.objects.get(case=matter.pk).until.date() == cast.day(1 + 366).date()


def test_what_is_proposed_has_an_end_that_makes_sense_too(matter):
    decision = cast.a_decision(Outcome.MEASURE, measures=[wanted(until=cast.day(0).date())], clarity=Clarity.UNCLEAR)
    with refused(BadInput, "a day after today", field="measures"):
        propose(matter.pk, decision, by=matter.branch.operator, at=cast.day(1))


def test_each_measure_is_chosen_once(matter):
    with refused(BadInput, "each measure once", field="measures"):
        impose(matter, wanted(), wanted(until=date(2026, 11, 20)))


def test_a_measure_needs_a_breach_and_a_breach_that_is_answered_by_measures_needs_one(matter):
    with refused(BadInput, "needs a finding", field="measures"):
        impose(matter, outcome=Outcome.WARN)
    with refused(BadInput, "what is to be done, and until when", field="measures"):
        decide(matter.pk, cast.a_decision(Outcome.MEASURE), by=matter.branch.operator, at=cast.day(1))


def test_nobody_is_shut_out_before_somebody_has_said_who_it_is(people):
    nobody = Account.objects.create(org=people.org, platform=people.place, first_seen_at=cast.day(0))
    post = cast.post(people.org, people.place, native_id="9", account=nobody)
    matter = cast.reported(people, post=post)
    cast.free(matter, people.operator, at=cast.day(1))
    with refused(BadInput, "say who it is first", field="measures"):
        impose(matter)
    impose(matter, wanted(MeasureKind.CLOSE_THREAD))


def test_a_conversation_that_nobody_knows_is_not_closed(people):
    matter = cast.Matter(
        people, file_report(people.org, Report(kind=ReportKind.ATTACK, link="https://example.org/x"), at=cast.day(0))
    )
    cast.free(matter, people.operator, at=cast.day(1))
    with refused(BadInput, "which conversation", field="measures"):
        impose(matter, wanted(MeasureKind.CLOSE_THREAD), passage="")


# How it ends


def test_it_ends_by_itself_exactly_once_and_its_author_is_told(matter):
    impose(matter)
    put_in_place(matter)
    end = Measure.objects.get().until
    sweep(at=end)
    assert Measure.objects.get().ended_at is None
    after = cast.day(30, 0, 1)
    sweep(at=after)
    sweep(at=after)
    assert not let_measure_end(Measure.objects.get().pk, at=after)
    [paper] = matter.papers(Paper.Kind.MEASURE_END)
    measure = Measure.objects.get()
    assert (measure.ended_at, measure.ended_by, paper.by) == (after, paper, "system")
    assert asked(matter) == [(END, "ban")]
    [letter] = [letter for letter in matter.letters(cast.AUTHOR_ADDRESS) if letter.kind == "measure_ended"]
    assert "It has ended by itself" in letter.paper.words["body"]


def test_it_ends_by_itself_after_the_case_is_final_too(matter):
    impose(matter, wanted(until=date(2027, 10, 1)))
    cast.served(matter)
    assert make_final(matter.pk, at=cast.day(200))
    at = cast.day(340)
    sweep(at=at)
    assert (matter.case.stage, Measure.objects.get().ended_at) == (Stage.FINAL, at)
    assert asked(matter) == [(END, "ban")]


def test_what_nobody_had_put_in_place_is_no_longer_asked_for_once_it_is_over(matter):
    impose(matter)
    [task] = matter.tasks()
    sweep(at=cast.day(31))
    with refused(NotPermitted, "no longer wanted"):
        tick_task(task.pk, done=True, by=matter.branch.operator, at=cast.day(31))
    assert asked(matter) == [(END, "ban")]  # somebody may have done it without telling


def test_somebody_ends_it_sooner_with_a_reason_that_its_author_reads(matter):
    impose(matter)
    measure = Measure.objects.get()
    paper = end_measure(measure.pk, reasons=ENOUGH, by=matter.branch.moderator, at=cast.day(5), seen=matter.case.seq)
    measure.refresh_from_db()
    assert (measure.ended_at, measure.ended_by, paper.words) == (cast.day(5), paper, {"reasons": ENOUGH})
    letter = matter.letters(cast.AUTHOR_ADDRESS)[-1]
    assert letter.kind == "measure_lifted"
    assert ENOUGH in letter.paper.words["body"]
    with refused(NotPermitted, "has ended already"):
        end_measure(measure.pk, reasons=ENOUGH, by=matter.branch.moderator, at=cast.day(5))


def test_ending_it_sooner_needs_a_reason_and_a_page_that_is_up_to_date(matter):
    impose(matter)
    number = Measure.objects.get().pk
    with refused(BadInput, "Please write why", field="reasons"):
        end_measure(number, reasons="Enough.", by=matter.branch.moderator, at=cast.day(5))
    with refused(StalePage, "since you opened the page"):
        end_measure(number, reasons=ENOUGH, by=matter.branch.moderator, at=cast.day(5), seen=matter.case.seq - 1)


@pytest.mark.parametrize("who", ["administrator", "secretary"])
def test_only_those_who_decide_end_it_sooner(matter, who):
    impose(matter)
    with refused(NotPermitted, "Only the moderators"):
        end_measure(Measure.objects.get().pk, reasons=ENOUGH, by=getattr(matter.branch, who), at=cast.day(5))


def test_nobody_eases_a_measure_against_themselves(matter):
    impose(matter)
    cast.own(matter.branch, matter.branch.moderator)
    with refused(NotPermitted, "somebody else has to act"):
        end_measure(Measure.objects.get().pk, reasons=ENOUGH, by=matter.branch.moderator, at=cast.day(5))


def test_what_the_executive_let_stand_is_eased_by_the_executive_or_the_secretary_only(matter, people):
    impose(matter, wanted(until=date(2027, 10, 1)))
    reconsider(appealed(matter).pk, answer=Answer.STANDS, reasons=cast.REASONS, by=people.moderator, at=cast.day(3))
    put_to_executive(matter.pk, words=cast.SUBMISSION, by=matter.grant, at=cast.day(4))
    record_minute(matter.pk, cast.a_minute(matter, overturned=False), by=people.secretary, at=cast.day(7))
    cast.confirm(matter, *people.panel[:3])
    number = Measure.objects.get().pk
    with refused(NotPermitted, "The Executive has let this stand"):
        end_measure(number, reasons=ENOUGH, by=people.operator, at=cast.day(20))
    end_measure(number, reasons=ENOUGH, by=people.secretary, at=cast.day(20))
    assert matter.case.events.order_by("seq").last().facts["role"] == Role.SECRETARY


# Several decisions that want the same


def test_what_another_decision_wants_too_is_not_lifted(matter, people):
    impose(matter)
    other = another(people, wanted(until=date(2027, 1, 1)))
    put_in_place(matter)
    sweep(at=cast.day(31))
    assert (asked(matter), asked(other)) == ([], [(APPLY, "ban")])
    sweep(at=cast.day(70))
    assert asked(other) == [(END, "ban")]


def test_a_measure_that_starts_anew_takes_the_place_of_the_task_to_lift_the_old_one(matter, people):
    impose(matter)
    put_in_place(matter)
    sweep(at=cast.day(31))
    assert asked(matter) == [(END, "ban")]
    other = another(people, wanted(until=date(2027, 1, 1)), at=cast.day(32))
    assert (asked(matter), asked(other)) == ([], [(APPLY, "ban")])


def test_what_runs_against_the_same_account_or_conversation_elsewhere_is_found(matter, people):
    other = another(people, wanted(), wanted(MeasureKind.CLOSE_THREAD))
    assert [(one.kind, one.case_id) for one in running_against(matter.case)] == [("ban", other.pk)]


def test_who_writes_in_a_conversation_that_another_case_has_closed_is_told_of_it(matter, people):
    impose(matter, wanted(), wanted(MeasureKind.CLOSE_THREAD))
    answer = cast.post(people.org, people.place, native_id="300")
    Post.objects.filter(pk=answer.pk).update(thread="100")
    answer.refresh_from_db()
    found = running_against(cast.reported(people, post=answer).case)
    assert [(one.kind, one.case_id) for one in found] == [("close_thread", matter.pk)]


# On appeal


def appealed(matter):
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=cast.day(2))
    return matter


def test_an_overturned_decision_ends_all_its_measures(matter):
    impose(matter, wanted(), wanted(MeasureKind.CLOSE_THREAD), outcome=Outcome.REMOVE)
    paper = reconsider(
        appealed(matter).pk, answer=Answer.OVERTURNED, reasons=cast.REASONS, by=matter.branch.moderator, at=cast.day(3)
    )
    assert {(one.ended_at, one.ended_by) for one in Measure.objects.all()} == {(cast.day(3), paper)}
    assert [task.op for task in matter.tasks()] == [Task.Op.RESTORE, END, END]


def test_a_varied_decision_shortens_one_measure_and_ends_another(matter):
    impose(matter, wanted(), wanted(MeasureKind.CLOSE_THREAD), outcome=Outcome.REMOVE)
    put_in_place(matter)
    sooner = date(2026, 11, 15)
    reconsider(
        appealed(matter).pk,
        answer=Answer.VARIED,
        reasons=cast.REASONS,
        instead=Instead(Outcome.MEASURE, [wanted(until=sooner)]),
        by=matter.branch.moderator,
        at=cast.day(3),
    )
    ban, thread = Measure.objects.order_by("pk")
    assert (ban.ended_at, ban.until.date()) == (None, sooner)
    assert thread.ended_at == cast.day(3)
    assert asked(matter) == [(APPLY, "ban"), (END, "close_thread")]
    assert Task.Op.RESTORE in [task.op for task in matter.tasks()]


def test_a_varied_decision_eases_one_measure_into_another(matter):
    impose(matter)
    put_in_place(matter)
    reconsider(
        appealed(matter).pk,
        answer=Answer.VARIED,
        reasons=cast.REASONS,
        instead=Instead(Outcome.MEASURE, [wanted(MeasureKind.SUSPEND)]),
        by=matter.branch.moderator,
        at=cast.day(3),
    )
    assert [(one.kind, one.ended_at) for one in Measure.objects.order_by("pk")] == [
        ("ban", cast.day(3)),
        ("suspend", None),
    ]
    assert asked(matter) == [(END, "ban"), (APPLY, "suspend")]


def test_everybody_with_a_role_may_say_that_it_is_in_place(matter):
    impose(matter)
    [task] = matter.tasks()
    paper = tick_task(task.pk, done=True, by=matter.branch.secretary, at=cast.day(2))
    assert paper.facts["op"] == "apply_measure"
    assert matter.case.events.order_by("seq").last().facts["role"] == Role.SECRETARY
