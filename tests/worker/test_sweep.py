"""Time alone moves cases on, with mail down and with nobody left, and a killed sweeper loses nothing (D12, D13)."""

from datetime import UTC, datetime, timedelta

import pytest

from folkmoot.casefile.models import Case, Duty
from folkmoot.casefile.record import locked
from folkmoot.editions.models import ProcedureEdition
from folkmoot.kernel.canonical import canonical_bytes
from folkmoot.members.models import User
from folkmoot.procedure.table import STANDARD
from folkmoot.procedure.words import Stage
from folkmoot.steps import make_final as finality
from folkmoot.steps.hand_over import hand_over
from folkmoot.worker import sweep as sweeping
from folkmoot.worker.sweep import sweep
from tests import cast
from tests.steps.reviews import asked
from tests.tampering import guards_down


def steps(matter):
    return [event.step for event in matter.case.events.order_by("seq")]


def test_an_idle_sweep_changes_nothing(db):
    cast.decided()
    before = cast.everything()
    assert sweep(at=cast.day(30)) == 0
    assert cast.everything() == before


def test_a_report_without_an_answer_goes_to_the_secretary_once_and_then_to_the_executive_once(db):
    matter = cast.reported()
    at = datetime(2026, 11, 2, 11, tzinfo=UTC)
    taken = []
    while at < datetime(2027, 1, 1, tzinfo=UTC):
        taken += [at.strftime("%d %b %H:%M")] * sweep(at=at)
        at += timedelta(hours=1)
    late, eves = ["08 Nov 00:00", "14 Nov 00:00", "13 Dec 00:00"], ["06 Nov 08:00", "12 Nov 08:00", "11 Dec 08:00"]
    every_week = ["20 Dec 00:00", "27 Dec 00:00"]
    assert taken == [eves[0], late[0], eves[1], late[1], eves[2], late[2], *every_week]
    assert steps(matter) == ["file_report", *["warn_due", "hand_over"] * 3, "warn_due", "warn_due"]
    assert matter.case.stage == Stage.RECEIVED


def test_a_worker_that_was_away_for_months_hands_over_once_and_gives_each_their_days(db):
    matter = cast.reported()
    late = datetime(2027, 3, 1, 12, tzinfo=UTC)
    assert sweep(at=late) == 1
    assert sweep(at=late) == 0
    assert matter.duties() == [("secretary", "report", datetime(2027, 3, 6, 23, 59, 59, tzinfo=UTC))]


def test_nobody_is_needed_for_time_to_pass(db):
    matter = cast.reported(cast.branch(moderators=1, secretary=False, panel=0))
    User.objects.update(is_active=False)
    assert sweep(at=cast.day(6)) == 1
    assert matter.duties()[0][0] == "secretary"


def test_a_case_that_nobody_can_read_any_more_stops_the_clock_of_no_other(db, caplog):
    broken, sound = cast.reported(), cast.reported(cast.branch("Valley branch"), at=cast.day(1))
    with guards_down():
        ProcedureEdition.objects.filter(org=broken.branch.org).update(facts=b"gone")
        assert sweep(at=cast.day(20)) == 1
        ProcedureEdition.objects.filter(org=broken.branch.org).update(facts=canonical_bytes(STANDARD.to_facts()))
    assert [holder for holder, _owed, _due in sound.duties()] == ["secretary"]
    assert "hand_over did not succeed" in caplog.text


def test_a_minute_that_nobody_objects_to_becomes_final_after_48_hours(db):
    matter = cast.minuted()
    cast.told(matter)
    assert sweep(at=cast.day(7) + timedelta(hours=48, seconds=-1)) == 0
    assert sweep(at=cast.day(7) + timedelta(hours=48)) == 1
    assert sweep(at=cast.day(7) + timedelta(hours=49)) == 0
    assert matter.case.stage == Stage.FINAL


def test_a_minute_whose_letters_never_left_waits_without_a_lock_and_holds_nobody_up(db, monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 1)
    waiting = cast.minuted()
    contested = cast.served(cast.decided(cast.branch("Valley branch")))
    locks = []
    monkeypatch.setattr(finality, "locked", lambda case_id: locks.append(case_id) or locked(case_id))
    sweep(at=datetime(2027, 6, 1, tzinfo=UTC))
    assert locks == [contested.pk]
    assert (waiting.case.stage, contested.case.stage) == (Stage.MINUTED, Stage.FINAL)


def test_a_case_that_waits_for_a_review_holds_nobody_up(db, monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 1)
    waiting = asked()
    contested = cast.served(cast.decided(cast.branch("Valley branch"), at=cast.day(3)))
    assert waiting.case.settles_at < contested.case.settles_at
    sweep(at=datetime(2027, 6, 1, tzinfo=UTC))
    assert (waiting.case.stage, contested.case.stage) == (Stage.DECIDED, Stage.FINAL)


def test_a_decision_that_nobody_appeals_becomes_final_after_six_months(db):
    matter = cast.served(cast.decided())
    assert sweep(at=datetime(2027, 5, 3, 22, 59, 58, tzinfo=UTC)) == 0
    assert sweep(at=datetime(2027, 5, 3, 23, 0, tzinfo=UTC)) == 1
    assert matter.case.stage == Stage.FINAL


def test_cases_of_every_organisation_are_swept_in_one_round(db):
    matters = [cast.reported(cast.branch(name=name)) for name in ("Harbour branch", "Valley branch")]
    settled = cast.minuted(cast.branch(name="Hill branch"))
    cast.told(settled)
    assert sweep(at=cast.day(9)) == 3
    assert {matter.duties()[0][0] for matter in matters} == {"secretary"}
    assert settled.case.stage == Stage.FINAL


def test_what_one_round_does_not_reach_the_next_one_does(db, monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 2)
    people = cast.branch()
    for number in range(5):
        cast.reported(people, post=cast.post(people.org, people.place, text=f"Post {number}", native_id=f"n{number}"))
    assert [sweep(at=cast.day(6)) for _ in range(4)] == [2, 2, 1, 0]
    assert Duty.objects.filter(holder="secretary").count() == 5


def test_a_sweeper_killed_in_the_middle_leaves_whole_steps(db, monkeypatch):
    people = cast.branch()
    for number in range(3):
        cast.reported(people, post=cast.post(people.org, people.place, text=f"Post {number}", native_id=f"n{number}"))

    def killed_at_the_second(duty_id, *, at, done=[]):  # noqa: B006
        if done:
            raise KeyboardInterrupt
        done.append(duty_id)
        return hand_over(duty_id, at=at)

    monkeypatch.setattr(sweeping, "hand_over", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        sweep(at=cast.day(6))
    monkeypatch.undo()
    assert sweep(at=cast.day(6)) == 2
    assert sorted(Case.objects.values_list("duty", flat=True)) == ["secretary"] * 3
    assert Duty.objects.filter(holder="secretary").count() == 3
