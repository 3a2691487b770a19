"""A time limit passes: the next in turn is added, once, and told; silence never decides (Sh)."""

from datetime import UTC, datetime, timedelta

import pytest

from folkmoot.casefile.models import Duty, Paper
from folkmoot.casefile.record import NewDuty, advance, file_paper, locked
from folkmoot.members.models import User
from folkmoot.procedure.duties import Owed, first_turn
from folkmoot.procedure.table import Limits
from folkmoot.procedure.words import Outcome, Role, Stage, Step
from folkmoot.steps.ask_clarification import ask_clarification
from folkmoot.steps.claim import claim
from folkmoot.steps.decide import decide
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.end_role import end_role
from folkmoot.steps.file_report import file_report
from folkmoot.steps.hand_over import hand_over
from folkmoot.steps.object_to_minute import object_to_minute
from folkmoot.steps.record_minute import record_minute
from tests import cast

SECOND = timedelta(seconds=1)


@pytest.fixture
def people():
    return cast.branch()


def pass_by(matter, at):
    """Let every duty that is overdue at `at` lapse; return how many were handed over."""
    rows = Duty.objects.filter(case=matter.pk, met_at=None, lapsed_at=None)
    return sum(hand_over(duty.pk, at=at) for duty in rows)


def added(matter, kind="handed_over"):
    return [letter.to for letter in matter.letters() if letter.kind == kind]


def test_the_secretary_is_added_when_the_local_day_five_is_over_and_not_a_second_before(people):
    matter = cast.reported(people, at=datetime(2026, 11, 2, 23, 59, 59, tzinfo=UTC))
    midnight = datetime(2026, 11, 8, 0, 0, 0, tzinfo=UTC)
    before = cast.everything()
    assert pass_by(matter, midnight - SECOND) == 0
    assert cast.everything() == before
    assert pass_by(matter, midnight) == 1
    assert matter.duties() == [("secretary", "report", datetime(2026, 11, 13, 23, 59, 59, tzinfo=UTC))]
    assert added(matter) == [people.secretary.email]


def test_a_report_a_second_after_midnight_has_a_day_more(people):
    matter = cast.reported(people, at=datetime(2026, 11, 3, 0, 0, 1, tzinfo=UTC))
    assert pass_by(matter, datetime(2026, 11, 8, 23, 59, 59, tzinfo=UTC)) == 0
    assert pass_by(matter, datetime(2026, 11, 9, 0, 0, 0, tzinfo=UTC)) == 1


def test_midnight_is_london_s_in_summer(people):
    matter = cast.reported(people, at=datetime(2027, 6, 30, 23, 30, tzinfo=UTC))  # half past midnight on 1 July
    midnight = datetime(2027, 7, 6, 23, 0, tzinfo=UTC)  # the end of 6 July
    assert pass_by(matter, midnight - SECOND) == 0
    assert pass_by(matter, midnight) == 1


def test_midnight_keeps_its_place_when_summer_time_ends(people):
    matter = cast.reported(people, at=datetime(2026, 10, 21, 9, 0, tzinfo=UTC))
    midnight = datetime(2026, 10, 27, 0, 0, tzinfo=UTC)
    assert pass_by(matter, midnight - SECOND) == 0
    assert pass_by(matter, midnight) == 1


def test_the_executive_comes_after_the_secretary_and_nobody_after_the_executive(people):
    matter = cast.reported(people)
    for due in (datetime(2026, 11, 8, tzinfo=UTC), datetime(2026, 11, 14, tzinfo=UTC)):
        assert pass_by(matter, due) == 1
        assert pass_by(matter, due) == 0
    assert matter.duties() == [("executive", "report", datetime(2026, 12, 12, 23, 59, 59, tzinfo=UTC))]
    assert added(matter) == [people.secretary.email, *(person.email for person in people.panel)]
    assert pass_by(matter, datetime(2026, 12, 13, tzinfo=UTC)) == 1
    assert pass_by(matter, datetime(2027, 12, 13, tzinfo=UTC)) == 0
    case = matter.case
    assert case.stage == Stage.RECEIVED, "silence never decides"
    assert (case.duty, case.due_at) == (Role.EXECUTIVE, datetime(2026, 12, 12, 23, 59, 59, tzinfo=UTC))


def test_each_hand_over_happens_once_whoever_sweeps(people):
    matter = cast.reported(people)
    duty = Duty.objects.get(case=matter.pk)
    assert hand_over(duty.pk, at=cast.day(6))
    before = cast.everything()
    assert not hand_over(duty.pk, at=cast.day(6))
    assert cast.everything() == before


def test_who_had_the_duty_can_still_answer(people):
    matter = cast.reported(people)
    pass_by(matter, cast.day(6))
    cast.free(matter, people.operator, at=cast.day(6))
    decide(matter.pk, cast.a_decision(), by=people.operator, at=cast.day(6))
    assert matter.duties() == []
    assert not Duty.objects.filter(case=matter.pk, met_at=None).exists()


def test_an_answer_in_time_leaves_nothing_to_hand_over(people):
    matter = cast.decided(people)
    duty = Duty.objects.get(case=matter.pk)
    assert not hand_over(duty.pk, at=cast.day(30))


def test_a_claim_a_question_or_a_receipt_stops_no_clock(people):
    matter = cast.reported(people)
    claim(matter.pk, by=people.operator, at=cast.day(1))
    cast.free(matter, people.operator, at=cast.day(1))
    ask_clarification(matter.pk, question="Whom did you mean by that?", by=people.operator, at=cast.day(1))
    assert pass_by(matter, cast.day(6)) == 1


def test_each_report_has_its_own_clock(people):
    matter = cast.reported(people)
    file_report(people.org, cast.a_report(people, email=""), at=cast.day(2))
    assert pass_by(matter, cast.day(6)) == 1
    assert [(holder, due.day) for holder, _, due in matter.duties()] == [("moderator", 9), ("secretary", 13)]
    assert (matter.case.duty, matter.case.due_at.day) == (Role.MODERATOR, 9)
    assert pass_by(matter, cast.day(8)) == 1


def test_an_appeal_goes_the_same_way(people):
    matter = cast.appealed(people)
    assert pass_by(matter, cast.day(7, hour=23)) == 0
    assert pass_by(matter, cast.day(8, hour=0)) == 1
    assert matter.duties()[0][:2] == ("secretary", "appeal")
    letter = matter.letters(people.secretary.email)[-1]
    assert "An appeal in case" in letter.paper.words["body"]


def test_the_executive_s_own_time_passes_and_stays_on_show(people):
    matter = cast.before_executive(people)
    assert pass_by(matter, datetime(2026, 12, 5, tzinfo=UTC)) == 1
    assert (matter.case.duty, matter.case.due_at.day) == (Role.EXECUTIVE, 4)
    assert matter.case.stage == Stage.BEFORE_EXECUTIVE


def test_a_limit_that_passes_while_a_minute_is_confirmed_changes_nothing(people):
    matter = cast.before_executive(people)
    late = datetime(2026, 12, 5, 9, tzinfo=UTC)
    record_minute(matter.pk, cast.a_minute(matter), by=people.secretary, at=late - timedelta(hours=10))
    assert pass_by(matter, late) == 1
    object_to_minute(matter.pk, words="Wrong.", by=people.panel[0], at=late)
    assert matter.case.stage == Stage.BEFORE_EXECUTIVE
    record_minute(matter.pk, cast.a_minute(matter), by=people.secretary, at=late)
    cast.confirm(matter, *people.panel[:3], at=late)
    assert matter.case.stage == Stage.FINAL
    assert not Duty.objects.filter(case=matter.pk, met_at=None).exists()


def test_without_a_secretary_the_executive_is_added_at_once():
    people = cast.branch(secretary=False)
    matter = cast.reported(people)
    assert pass_by(matter, cast.day(6)) == 1
    assert sorted(added(matter)) == sorted(person.email for person in people.panel)
    assert [duty[:2] for duty in matter.duties()] == [("executive", "report")]
    assert matter.case.events.get(step="hand_over").facts["passed_by"] == ["secretary"]
    assert pass_by(matter, cast.day(12)) == 0


def test_where_nobody_holds_the_next_role_the_administrators_are_told():
    people = cast.branch(secretary=False, panel=0)
    matter = cast.reported(people)
    for at, role in ((cast.day(6), "the Secretary"), (cast.day(12), "the Executive")):
        assert pass_by(matter, at) == 1
        letter = matter.letters(people.administrator.email)[-1]
        assert letter.kind == "nobody_free"
        assert f"Case {matter.pk} waits for {role}, and an answer is due by" in letter.paper.words["body"]
    assert len(matter.letters(people.administrator.email)) == 2


def test_a_secretary_who_is_part_of_the_matter_is_passed_by(people):
    matter = cast.reported(people)
    declare_interest(matter.pk, interested=True, by=people.secretary, at=cast.day(1))
    assert pass_by(matter, cast.day(6)) == 1
    assert sorted(added(matter)) == sorted(person.email for person in people.panel)
    assert added(matter, "nobody_free") == []
    assert matter.duties() == [("executive", "report", datetime(2026, 12, 6, 23, 59, 59, tzinfo=UTC))]


def test_where_the_whole_executive_is_part_of_the_matter_the_administrators_are_told(people):
    matter = cast.reported(people)
    pass_by(matter, cast.day(6))
    for person in people.panel:
        declare_interest(matter.pk, interested=True, by=person, at=cast.day(7))
    assert pass_by(matter, cast.day(12)) == 1
    assert added(matter, "nobody_free") == [people.administrator.email]
    assert matter.duties()[0][:2] == ("executive", "report")


def test_with_nobody_left_at_all_the_record_still_says_that_the_time_passed():
    people = cast.branch(moderators=1, secretary=False, panel=0)
    end_role(people.operator, Role.MODERATOR, by=cast.SYSTEM, at=cast.day(-1))
    matter = cast.reported(people)
    assert pass_by(matter, cast.day(6)) == 1
    assert pass_by(matter, cast.day(12)) == 1
    assert pass_by(matter, cast.day(60)) == 1
    assert [event.facts["to"] for event in matter.case.events.filter(step="hand_over")] == [
        "secretary",
        "executive",
        None,
    ]


def test_an_officer_who_is_involved_is_passed_by(people):
    declared = cast.reported(people)
    declare_interest(declared.pk, interested=True, by=people.secretary, at=cast.day(1))
    cast.own(people, people.panel[0])
    pass_by(declared, cast.day(6))
    pass_by(declared, cast.day(12))
    assert sorted(added(declared)) == sorted(person.email for person in people.panel[1:])


CHAINS = {
    Owed.REPORT: ["moderator", "secretary", "executive", None],
    Owed.EMERGENCY: ["moderator", "secretary", "executive", None],
    Owed.LEGAL: ["moderator", "secretary", "executive", None],
    Owed.REVIEW: ["secretary", "executive", None],
    Owed.LOOK_AFTER: ["secretary", "executive", None],
}


@pytest.mark.parametrize("owed", CHAINS)
@pytest.mark.parametrize("nobody", [False, True], ids=["all there", "nobody there"])
def test_whatever_is_owed_goes_to_each_in_turn_once_and_then_to_nobody(owed, nobody):
    """Nobody there: no moderator any more, their sign-ins closed, and no letter leaves (D13)."""
    people = cast.branch()
    matter = cast.decided(people, outcome=Outcome.WARN) if owed in {Owed.REVIEW, Owed.LOOK_AFTER} else None
    matter = matter or cast.reported(people)
    _owe(matter, owed)
    if nobody:
        User.objects.update(is_active=False)
    for months in range(6):
        pass_by(matter, datetime(2027, 1 + months, 1, tzinfo=UTC))
    events = [event.facts for event in matter.case.events.filter(step="hand_over").order_by("seq")]
    assert [CHAINS[owed][0], *(facts["to"] for facts in events)] == CHAINS[owed]
    assert matter.case.stage == (Stage.DECIDED if owed in {Owed.REVIEW, Owed.LOOK_AFTER} else Stage.RECEIVED)
    assert Duty.objects.filter(case=matter.pk, met_at=None, lapsed_at=None).count() == 0


def _owe(matter, owed):
    """Let the case owe an answer of this kind to its first paper, and nothing else."""
    case = locked(matter.pk)
    paper = matter.papers(Paper.Kind.REPORT)[0]
    turn = first_turn(owed, Limits(), at=cast.day(2), zone="Europe/London")
    running = list(Duty.objects.filter(case=case, met_at=None).select_related("paper"))
    other = file_paper(case, Paper.Kind.NOTE, by=matter.branch.operator, at=cast.day(2), answers=paper)
    role = Role.MODERATOR
    owes = [NewDuty(other, owed, turn)]
    advance(
        case,
        Step.WRITE_NOTE,
        by=matter.branch.operator,
        role=role,
        at=cast.day(2),
        papers=[other],
        new_duties=owes,
        met=running,
    )


def test_the_letter_says_by_when_and_names_no_party(people):
    matter = cast.reported(people)
    pass_by(matter, cast.day(6))
    letter = matter.letters(people.secretary.email)[0]
    body = letter.paper.words["body"]
    assert letter.subject == f"Case {matter.pk} has waited too long: you have been added"
    assert "by Friday 13 November 2026" in body
    assert f"/o/{people.org.slug}/desk/cases/{matter.pk}/" in body
    for secret in (cast.REPORTER_NAME, cast.WORDS, "Rowan"):
        assert secret not in body
